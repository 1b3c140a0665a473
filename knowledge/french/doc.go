// Package french is what the bot knows of the French language, and nothing else: where a sentence
// ends ([Sentences]), which terms a text is indexed and asked under ([Terms]), and what kind of
// answer a question wants ([Parse]). It knows nothing of articles, of the index, nor of Discord.
//
// Its one promise: every span it returns points into the text it was given, on rune boundaries, so
// that what is quoted is never rewritten.
package french
