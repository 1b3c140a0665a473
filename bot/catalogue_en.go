package bot

// inEnglish is the frame around the quotes for members whose Discord is not in French. Quotes stay in
// the language they were written in.
var inEnglish = &catalogue{
	ask:         label{"ask", "Ask a question: the answer is quoted word for word"},
	askQuestion: label{"question", "Your question, preferably in French"},
	askArticle:  label{"article", "The article to ask (all of them, if you choose none)"},
	askPrivate:  label{"private", "Only you can see the answer"},
	help:        label{"help", "What I can do, what I know, what I keep"},

	sure:       "Sure answer",
	likely:     "Likely answer",
	unsure:     "Unsure answer",
	placeOne:   "§ %d, sentence %d",
	placeTwo:   "§ %d, sentences %d and %d",
	placeRange: "§ %d, sentences %d to %d",
	tooLong:    "The sentence that answers (%s) is %s characters long: it does not fit in a Discord message, and I do not cut a quote.",
	source:     "Read the source",

	noQuestion:    "A question is missing: type it after `/ask`.",
	noTerms:       "I find no word to search for in this question. Try a name, a place or a number.",
	foreign:       "This question is about something else than the article “%s”.",
	foreignAll:    "This question is about something else than the articles that I know.",
	unanswered:    "The article “%s” does not answer this question, though it touches on its subject.",
	unansweredAll: "No article that I know answers this question, though they touch on its subject.",
	noArticle:     "I know no article called “%s”.",
	knownArticles: "I know: %s.",

	helpAsk:          "### What I do\nAsk a question with `/ask`: I answer by quoting, word for word, the sentence of an article, and I say where it stands. When no sentence answers, I say so.",
	helpMarks:        "In a quote, the words of your question are **in bold**, those that answer __**in bold and underlined**__.",
	helpKnows:        "### What I know",
	helpArticle:      "%s (%d §)",
	helpArticleDated: "%s (%d §, %s)",
	helpMore:         "… and %s others",
	helpStores:       "### What I keep\nNeither your question nor who asked it.",

	unknown:   "I do not know this command. It may come from another version of me: try again in an hour, or type `/help`.",
	malformed: "Discord sent me a request that I cannot read. Try again.",
	failed:    "An error on my side keeps me from answering. It is noted, and it is not your fault. Try again.",
	tooSlow:   "The answer took too long. Try again in a moment.",

	invite:    "Ask a question about “%s”. Ctrl-D to end.",
	inviteAll: "Ask a question about the articles. Ctrl-D to end.",
	nearest:   "What comes nearest:",

	and:          " and ",
	thousands:    ",",
	dayFirst:     "%s %s %d",
	firstOfMonth: "",
	months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August",
		"September", "October", "November", "December"},
}
