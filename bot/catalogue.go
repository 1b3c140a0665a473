package bot

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// A catalogue holds everything that a member reads, in one language. [inFrench] and [inEnglish] are the
// two; a test checks that both are complete, that their verbs agree, and the French typography.
type catalogue struct {
	// The commands, as members see them.
	ask, askQuestion, askArticle, askPrivate label
	help                                     label

	// An answer.
	sure, likely, unsure           string // how much it can be trusted
	placeOne, placeTwo, placeRange string // paragraph, sentence, last sentence
	tooLong                        string // place, length: a quote that no message holds
	source                         string // the button to the article's source

	// No answer. Of each pair, the first is for one article and names it.
	noQuestion, noTerms       string
	foreign, foreignAll       string // title
	unanswered, unansweredAll string // title
	noArticle                 string // name, as typed: no article is called that
	knownArticles             string // titles

	// Help.
	helpAsk, helpMarks, helpKnows, helpStores string
	helpArticle, helpArticleDated             string // title, number of paragraphs, date
	helpMore                                  string // how many other articles

	// What goes wrong.
	unknown, malformed, failed, tooSlow string

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

// The least confidence of a sure and of a likely answer. They are ours: confidence is calibrated, so
// of ten sure answers nine are right or more.
const (
	sureFrom   = 0.9
	likelyFrom = 0.6
)

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
