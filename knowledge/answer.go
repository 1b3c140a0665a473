package knowledge

import "verbatim/knowledge/french"

// A Question is what a member asks, and of what. Its zero value but for Text is an ordinary question.
type Question struct {
	Text    string  // as typed: French or English, with or without accents
	Article string  // the ID of the only article to quote; "" means all of them
	Top     int     // how many quotes to return at most; 0 means 3
	Caution Caution // how sure an answer must be to be given
}

// Caution says how sure an answer must be to be given. The zero value is Balanced.
type Caution int

// The settings of [Question.Caution], and what a server's moderators call them.
const (
	Balanced Caution = iota // « équilibré »
	Prudent                 // « prudent »: fewer answers, fewer wrong ones
	Bold                    // « audacieux »: more answers, more wrong ones
)

// limits is the least confidence that an answer is given with, by caution: silence is preferred to a wrong
// answer. The usual one gives up one in five of the questions that are answered. What each costs is in docs/retrieval.md.
var limits = map[Caution]float64{Bold: 0.35, Balanced: 0.6, Prudent: 0.7}

// Limit returns the least confidence, from 0 to 1, that an answer is given with.
func (c Caution) Limit() float64 { return limits[c] }

// An Outcome says what became of a question.
type Outcome int

// The outcomes. Only Answered comes with quotes that answer.
const (
	NoTerms    Outcome = iota // the question holds no word to search for
	Foreign                   // the question is about something else than the articles
	Unanswered                // the question is about the articles' subject, but no sentence surely answers
	Answered                  // the first quote answers
)

// An Answer is the outcome of one question.
type Answer struct {
	Question string
	Outcome  Outcome
	Kind     french.Kind // what kind of answer the question wants

	// Confidence estimates the probability, from 0 to 1, that the first quote answers the question.
	Confidence float64

	// Quotes are best first and never overlap. When the outcome is not Answered they are the nearest
	// passages, kept so that a caller may offer them; there are none when the outcome is NoTerms.
	Quotes []Quote
}

// Found reports whether the answer is given: whether its first quote answers the question.
func (a Answer) Found() bool { return a.Outcome == Answered }

// A Quote is a part of an article, word for word: one sentence, or two where one alone does not read.
type Quote struct {
	Article   *Article
	Span            // into Article.Text
	Paragraph int   // its number, from 1
	Sentences []int // their numbers in the paragraph, from 1

	// Score orders the quotes of one answer: the logarithm of how likely each holds the answer, beside the others.
	Score float64

	// Matches are the words that the question has too; Answers those that answer it (« 28 ans » for an
	// age), none when that is not known. Each list is in order, within the quote, without overlap.
	Matches, Answers []Span
}

// Text returns the quote, byte for byte as it stands in the article.
func (q Quote) Text() string { return q.Article.Text[q.Start:q.End] }
