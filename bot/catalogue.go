package bot

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
)

// A catalogue holds everything that a member reads, in one language. [inFrench] and [inEnglish] are the
// two; a test checks that both are complete, that their verbs agree, and the French typography.
type catalogue struct {
	management

	// The commands, as members see them.
	ask, askQuestion, askArticle, askPrivate label
	read, readName, help                     label
	search                                   string // the menu of a message

	// An answer.
	sure, likely, unsure           string // how much it can be trusted
	placeOne, placeTwo, placeRange string // paragraph, sentence, last sentence
	tooLong                        string // place, length: a quote that no message holds
	notAnswer                      string // the passage is the nearest, but does not answer
	passages                       string // first, last, how many: of the passages on a page
	onePassage                     string // number, how many: of the only one

	// The buttons of an answer, and what pressing them says.
	context, previous, next, share, readArticle, source, seeNearest string
	thanksHelpful, thanksUnhelpful                                  string
	instead                                                         string // introduces questions that can be answered

	// A quote in its paragraph, and an article page by page.
	paragraph                       string // its number
	paragraphs                      string // the first and the last of several
	partly                          string // first and last sentence, how many: not the whole paragraph is shown
	partlyOne                       string // sentence, how many: one of the paragraph is shown
	longSentence                    string // place, length
	pageNumber                      string // page, how many
	pageBefore, pageAfter, contents string
	chooseArticle                   string

	// No answer. Of each pair, the first is for one article and names it.
	noQuestion, noTerms, noText string
	foreign, foreignAll         string // title
	unanswered, unansweredAll   string // title
	noArticle                   string // name, as typed: no article is called that
	knownArticles               string // titles
	others                      string // how many other articles
	noArticles                  string

	// Help.
	helpAsk, helpMarks, helpElse, helpKnows, helpExamples, helpStores string
	helpArticle, helpArticleDated                                     string // title, number of paragraphs, date

	// What goes wrong.
	unknown, malformed, failed, tooSlow string
	stale, changed, removed             string // a button
	wait                                string // seconds

	// The terminal, where Markdown is not read.
	invite, inviteAll string // title: above the prompt for questions
	nearest           string // before what comes near to an answer

	// Typography.
	and, thousands string // « A et B », « 20 000 »
	dayFirst       string // day, month, year
	firstOfMonth   string // what follows the number 1
	months         [12]string
}

// A label names something that Discord shows, and describes it.
type label struct{ name, description string }

// speak returns the catalogue for a member: French for every French locale and when none is known,
// else English.
func speak(i *discordgo.Interaction) *catalogue {
	locale := discordgo.Locale("")
	switch {
	case i == nil:
	case i.Locale != "":
		locale = i.Locale
	case i.GuildLocale != nil:
		locale = *i.GuildLocale
	}
	if locale == "" || strings.HasPrefix(string(locale), "fr") {
		return inFrench
	}
	return inEnglish
}

// place says where sentences of a paragraph stand: « § 9, phrases 1 et 2 ».
func (c *catalogue) place(paragraph int, sentences []int) string {
	if len(sentences) == 0 {
		return ""
	}
	first, last := sentences[0], sentences[len(sentences)-1]
	switch last - first {
	case 0:
		return fmt.Sprintf(c.placeOne, paragraph, first)
	case 1:
		return fmt.Sprintf(c.placeTwo, paragraph, first, last)
	}
	return fmt.Sprintf(c.placeRange, paragraph, first, last)
}

// span says which passages a page shows, of how many.
func (c *catalogue) span(first, last, all int) string {
	if first == last {
		return fmt.Sprintf(c.onePassage, first, all)
	}
	return fmt.Sprintf(c.passages, first, last, all)
}

// part says which sentences of a paragraph are shown, of how many.
func (c *catalogue) part(first, last, all int) string {
	if first == last {
		return fmt.Sprintf(c.partlyOne, first, c.number(all))
	}
	return fmt.Sprintf(c.partly, first, last, c.number(all))
}

// The least confidence of a sure and of a likely answer. The first is ours: confidence is calibrated, so of ten sure
// answers nine are right or more. An unsure answer is given only where a server chose to hear more than is usual.
const sureFrom = 0.9

var likelyFrom = knowledge.Balanced.Limit()

// confidence says in words how much an answer can be trusted.
func (c *catalogue) confidence(p float64) string {
	switch {
	case p >= sureFrom:
		return c.sure
	case p >= likelyFrom:
		return c.likely
	}
	return c.unsure
}

// number writes n with its thousands apart.
func (c *catalogue) number(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + c.thousands + digits[i:]
	}
	return digits
}

// bytes writes a size.
func (c *catalogue) bytes(n int) string {
	switch {
	case n < 1<<10:
		return c.number(n) + "\u00a0" + c.units[0]
	case n < 1<<20:
		return c.number((n+1<<9)>>10) + "\u00a0" + c.units[1]
	}
	tenths := (n*10 + 1<<19) >> 20
	return c.number(tenths/10) + c.decimal + strconv.Itoa(tenths%10) + "\u00a0" + c.units[2]
}

// date writes the day of t, "" for the zero time.
func (c *catalogue) date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	day := strconv.Itoa(t.Day())
	if t.Day() == 1 {
		day += c.firstOfMonth
	}
	return fmt.Sprintf(c.dayFirst, day, c.months[t.Month()-1], t.Year())
}

// list writes « A, B et C ».
func (c *catalogue) list(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return strings.Join(items[:last], ", ") + c.and + items[last]
}
