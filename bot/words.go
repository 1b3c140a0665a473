package bot

import (
	"fmt"

	"verbatim/knowledge"
)

// Words are what people read around a quote, in one language, where answers are shown elsewhere than
// on Discord: plain text, without Markdown. Their zero value is of no use; [French] and [English] are
// the two that there are.
type Words struct{ c *catalogue }

// French returns the words of the French catalogue.
func French() Words { return Words{inFrench} }

// English returns the words of the English catalogue.
func English() Words { return Words{inEnglish} }

// Confidence says how much an answer can be trusted. p is [knowledge.Answer.Confidence].
func (w Words) Confidence(p float64) string { return w.c.confidence(p) }

// Place says where a quote stands: paragraph, sentences and article.
func (w Words) Place(q knowledge.Quote) string {
	return w.c.place(q.Paragraph, q.Sentences) + " · " + plainTitle(q.Article)
}

// Abstention says why there is no answer. articles are those that were asked.
func (w Words) Abstention(o knowledge.Outcome, articles []*knowledge.Article) string {
	return unescape(w.c.abstention(o, single(articles)))
}

// Nearest introduces the passages that are offered without an answer.
func (w Words) Nearest() string { return w.c.nearest }

// Invite asks for a question about articles.
func (w Words) Invite(articles []*knowledge.Article) string {
	if a := single(articles); a != nil {
		return fmt.Sprintf(w.c.invite, plainTitle(a))
	}
	return w.c.inviteAll
}

// single returns the article when there is only one, else nil.
func single(articles []*knowledge.Article) *knowledge.Article {
	if len(articles) == 1 {
		return articles[0]
	}
	return nil
}
