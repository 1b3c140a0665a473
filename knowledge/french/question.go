package french

import (
	"strings"
	"unicode"
)

// A Query is a question as it is searched for.
type Query struct {
	Tokens  []Token // the question without the chatter before it, spans into its text; chat spelling is written out in their terms
	Terms   []Term  // the words to search for, in the question's order
	Kind    Kind
	Units   []string // stems of what is counted or chosen: « personnes » in « combien de personnes »
	Measure Measure  // what the number or date that is asked for counts, where the question says
	// English is whether the question is in English: its terms then carry their French forms.
	English bool
}

// A Term is a word to search for.
type Term struct {
	Token
	Stem  string
	Forms []string // other folded words that say the same: what an English word is in French
	Focus bool     // names what is asked for: « année » in « en quelle année »
}

// Parse reads a question, in French or in English, however it is typed: question words and politeness
// go, the rest is what to search for. A question that holds function words only has no terms.
func Parse(text string) Query {
	tokens := Tokens(text)
	if strings.IndexFunc(text, unicode.IsLower) < 0 { // in capitals throughout, they tell nothing
		for i := range tokens {
			tokens[i].Class &^= Capital | Acronym
		}
	}
	q := Query{Tokens: withoutChatter(text, unchat(tokens))}
	q.English = isEnglish(q.Tokens)
	rule, at := match(q.Tokens)
	q.Kind = rule.kind
	if rule.kind == Keywords && strings.ContainsRune(text, '?') {
		q.Kind = Thing
	}
	asked := at + rule.length // the first token after the words that ask
	for i, t := range q.Tokens {
		if skip(q, i) || i >= at && i < asked && !rule.keeps {
			continue
		}
		term := Term{Token: t, Stem: Stem(t.Term)}
		if q.English {
			term.Forms = inFrench(t.Term)
		}
		q.Terms = append(q.Terms, term)
	}
	q.focus(rule, at, asked)
	q.Measure = q.measure()
	return q
}

// skip reports whether the token at i is not to be searched for.
func skip(q Query, i int) bool {
	t := q.Tokens[i]
	if polite[t.Term] || q.English && englishFunction[t.Term] {
		return true
	}
	if t.Term == "ete" { // « l’été » is a season, « a été » an auxiliary
		return i == 0 || !q.Tokens[i-1].Has(Elided) && !seasonal[q.Tokens[i-1].Term]
	}
	if t.Term == "ne" && i > 0 && toBe[q.Tokens[i-1].Term] { // « est né », typed without its accent
		return false
	}
	if t.Has(Function) {
		return !t.Has(Acronym)
	}
	return t.Has(Joined) && lexicon[t.Term].Has(Function) || len(t.Term) == 1 && !t.Has(Number) && !t.Has(Sign)
}

var toBe = Words(`est sont etait etaient fut furent`)

var seasonal = Words(`en un chaque cet`)

// maxUnit is how far behind the question word, in tokens, the noun that it asks for may stand:
// « combien de grandes villes », « quelle est la principale raison ».
const maxUnit = 4

// focus marks the noun that follows the question word.
func (q *Query) focus(rule kindRule, at, asked int) {
	if !rule.noun {
		return
	}
	for i := range q.Terms {
		t := &q.Terms[i]
		n := place(q.Tokens, t.Start)
		if n < at || n >= asked+maxUnit {
			continue
		}
		t.Focus = true
		q.Units = append(q.Units, t.Stem)
		for _, f := range t.Forms {
			q.Units = append(q.Units, Stem(f))
		}
		return
	}
}

// place returns the number of the first token that begins at an offset or after it.
func place(tokens []Token, offset int) int {
	for i, t := range tokens {
		if t.Start >= offset {
			return i
		}
	}
	return len(tokens)
}

// unchat writes out the spellings of chat: « c koi » is « c’est quoi ».
func unchat(tokens []Token) []Token {
	out := make([]Token, 0, len(tokens)+2)
	for i, t := range tokens {
		if t.Has(Elided) && i+1 < len(tokens) && tokens[i+1].Start > t.End && tokens[i+1].Start <= t.End+len("’") {
			out = append(out, t)
			continue
		}
		written, ok := chat[t.Term]
		if !ok || t.Has(Acronym) {
			out = append(out, t)
			continue
		}
		for w := range strings.FieldsSeq(written) {
			out = append(out, Token{t.Span, w, t.Class&^Elided | lexicon[w]})
		}
	}
	return out
}

// chat lists the spellings of French chat that stand for function and question words, by hand.
var chat = map[string]string{
	"c": "ce est", "cest": "ce est", "ki": "qui", "ke": "que", "koi": "quoi", "kwa": "quoi", "kel": "quel",
	"kelle": "quelle", "kels": "quels", "kelles": "quelles", "qel": "quel", "pk": "pourquoi", "pq": "pourquoi",
	"pkoi": "pourquoi", "pourkoi": "pourquoi", "prkoi": "pourquoi", "qd": "quand", "kan": "quand",
	"kand": "quand", "koman": "comment", "komen": "comment", "coment": "comment", "cmt": "comment",
	"cb": "combien", "kombien": "combien", "combi1": "combien", "cmb": "combien", "dc": "donc", "ds": "dans",
	"ac": "avec", "avc": "avec", "pr": "pour", "tt": "tout", "qq": "quelque", "qqun": "quelque un", "ya": "il y a",
	"g": "je ai", "keske": "que est ce que", "keskil": "que est ce que il",
	"kesk": "que est ce que", "qesq": "que est ce que", "kil": "que il", "kelk": "quelque",
	"jusk": "jusque", "depui": "depuis", "aujourdhuit": "aujourdhui", "aujourdui": "aujourdhui",
}

// polite are the words of asking that say nothing of what is asked, in French and in English.
var polite = Words(greeting + know + `merci svp stp please thanks svpl
	dis dites moi peux peut pouvez peuxtu pourrais pourriez savoir saurais voudrais voulez aimerais
	veux explique expliquez expliquer dire question bot quelqu anyone anybody everyone`)
