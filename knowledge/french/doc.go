// Package french is what the bot knows of the French language, and nothing else: where a sentence
// ends ([Sentences]), which words a text is made of and what they are compared as ([Tokens], [Fold],
// [Stem], [Family]), and what a question asks for ([Parse]). It knows nothing of articles, of the index, nor of Discord.
//
// Its one promise: every span it returns points into the text it was given, on rune boundaries, so
// that what is quoted is never rewritten.
package french
