// Package knowledge answers questions with sentences quoted from articles.
//
// [NewArticle] cuts a text into paragraphs and sentences. [Build] makes an index of articles, and
// [Index.Ask] answers a question with the sentences that answer it, best first, or says that none does.
//
// A quote is never rewritten: it is the article's text between two byte offsets, checked against its
// source before it leaves the package.
package knowledge
