package bot

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/knowledge"
	"verbatim/knowledge/french"
)

// A draft is a question made from a sentence of an article, to be tried.
type draft struct {
	text string
	key  string // what a quote that answers holds
}

// The makers of drafts, each for one kind of question. A maker gets a sentence and gives the questions
// that it may answer. The last one asks about names.
var makers = []func(*sentence) []draft{
	(*sentence).subjects, (*sentence).people, (*sentence).figures, (*sentence).definitions,
	(*sentence).dates, (*sentence).quotations, (*sentence).names,
}

// drafts returns questions that an article may answer, the kinds in turn, at most [maxDrafts]. They
// are in French, as articles are, and short enough for a button.
func drafts(a *knowledge.Article) []draft {
	read := beginningOf(a)
	names := properNames(a, read)
	const most = 4 * maxDrafts // of which one in four may be answered
	byKind := make([][]draft, len(makers))
	seen := map[string]bool{}
reading:
	for _, p := range read {
		for _, span := range p.Sentences {
			s := &sentence{text: a.Quote(span), known: names}
			s.tokens = french.Tokens(s.text)
			for kind, make := range makers {
				for _, d := range make(s) {
					if len(seen) > most {
						break reading
					}
					if folded := french.Fold(d.text); !seen[folded] && size(d.text) <= maxLabel && oneLine(d.text) == d.text {
						seen[folded] = true
						byKind[kind] = append(byKind[kind], d)
					}
				}
			}
		}
	}
	ofNames := byKind[len(byKind)-1]
	byKind[len(byKind)-1] = slices.DeleteFunc(slices.Clone(ofNames), func(d draft) bool { return partOfAnother(d, ofNames) })
	return inTurn(byKind, maxDrafts)
}

// maxRead is how much of an article drafts are made of, in bytes. It is ours: some thousand sentences, read in 10 ms.
const maxRead = 200_000

// beginningOf returns the first paragraphs of an article, as long as they are [maxRead] together, the last of them with the
// sentences that fit.
func beginningOf(a *knowledge.Article) []knowledge.Paragraph {
	for i, p := range a.Paragraphs {
		if p.End <= maxRead {
			continue
		}
		read := slices.Clone(a.Paragraphs[:i])
		if n := slices.IndexFunc(p.Sentences, func(s knowledge.Span) bool { return s.End > maxRead }); n > 0 {
			p.Sentences = p.Sentences[:n]
			p.End = p.Sentences[n-1].End
			read = append(read, p)
		}
		return read
	}
	return a.Paragraphs
}

// partOfAnother reports whether the name that d asks about is a part of a longer one among drafts, « Scale » where there is
// « Scale AI », or stands there with an article: « la Chine ».
func partOfAnother(d draft, drafts []draft) bool {
	return slices.ContainsFunc(drafts, func(other draft) bool {
		return strings.HasPrefix(other.key, d.key+" ") || strings.HasSuffix(other.key, " "+d.key) ||
			other.key == d.key && other.text != d.text && d == ofName(d.key)
	})
}

// inTurn takes one draft of each kind, then the next of each, until n are taken.
func inTurn(byKind [][]draft, n int) (taken []draft) {
	for i := 0; len(taken) < n; i++ {
		before := len(taken)
		for _, kind := range byKind {
			if i < len(kind) && len(taken) < n {
				taken = append(taken, kind[i])
			}
		}
		if len(taken) == before {
			break
		}
	}
	return taken
}

// properNames returns the words that paragraphs of an article write with a capital within a sentence, so that they
// are known as names where they begin one.
func properNames(a *knowledge.Article, paragraphs []knowledge.Paragraph) map[string]bool {
	known := map[string]bool{}
	for _, p := range paragraphs {
		for _, t := range french.Tokens(a.Quote(p.Span)) {
			if t.Has(french.Capital) && !t.Has(french.Initial) && !t.Has(french.Function) {
				known[t.Term] = true
			}
		}
	}
	return known
}

// A sentence is a sentence of an article, cut into tokens.
type sentence struct {
	text   string
	tokens []french.Token
	known  map[string]bool // the article's proper names
}

// word returns token i as it is written, "" when there is none.
func (s *sentence) word(i int) string {
	if i < 0 || i >= len(s.tokens) {
		return ""
	}
	return s.text[s.tokens[i].Start:s.tokens[i].End]
}

// is reports whether token i is one of the folded words.
func (s *sentence) is(i int, terms ...string) bool {
	return i >= 0 && i < len(s.tokens) && slices.Contains(terms, s.tokens[i].Term)
}

func (s *sentence) has(i int, c french.Class) bool {
	return i >= 0 && i < len(s.tokens) && s.tokens[i].Has(c)
}

// between returns what is written between token i-1 and token i.
func (s *sentence) between(i int) string {
	if i <= 0 || i >= len(s.tokens) {
		return ""
	}
	return s.text[s.tokens[i-1].End:s.tokens[i].Start]
}

// span returns the text from token i to token j, without j.
func (s *sentence) span(i, j int) string { return s.text[s.tokens[i].Start:s.tokens[j-1].End] }

// name returns the end of the proper name that begins at token i, i when none does: words with a
// capital, a space apart.
func (s *sentence) name(i int) int {
	j := i
	for j < len(s.tokens) && s.proper(j) {
		if j > i && s.between(j) != " " {
			break
		}
		if s.has(j, french.Initial) && !s.known[s.tokens[j].Term] && !s.firstName(j) {
			return i
		}
		j++
	}
	return j
}

// proper reports whether token i may be a part of a proper name. « AI » may, though « ai » is a verb.
func (s *sentence) proper(i int) bool {
	return s.has(i, french.Capital) && (!s.has(i, french.Function) || s.has(i, french.Acronym)) && !s.has(i, french.Number)
}

// firstName reports whether token i, which begins a sentence, is a name because another one follows:
// « Jason Droege », not « Depuis Paris ».
func (s *sentence) firstName(i int) bool {
	other := s.tokens[i].Class &^ (french.Capital | french.Acronym | french.Initial)
	return other == 0 && s.has(i+1, french.Capital) && !s.has(i+1, french.Function) && s.between(i+1) == " "
}

// eachName calls f with each proper name of the sentence.
func (s *sentence) eachName(f func(i, j int)) {
	for i := 0; i < len(s.tokens); i++ {
		if j := s.name(i); j > i {
			f(i, j)
			i = j
		}
	}
}

// fill writes a question from its template.
func fill(template string, parts ...any) string { return fmt.Sprintf(template, parts...) }

// elide puts « que » or « de » before what follows: « qu’a », « d’Anthropic », « d’Yves », but « de YouTube ».
func elide(word, next string) string {
	const vowels = "aeiouy"
	folded := french.Fold(next)
	if strings.IndexAny(folded, vowels) != 0 || folded[0] == 'y' && strings.IndexAny(folded[1:], vowels) == 0 {
		return word + " " + next
	}
	return strings.TrimSuffix(word, "e") + "’" + next
}

// lowerFirst returns text with its first letter in lower case.
func lowerFirst(text string) string {
	r, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToLower(r)) + text[n:]
}
