package french

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences returns the sentences of a paragraph, in order: all of it but the white space between
// them. A stop ends a sentence unless it belongs to an abbreviation, an initial or a number, or what
// follows goes on in lower case (« Où ? » demanda-t-il). A closing guillemet or bracket stays with the
// sentence before it. In a paragraph of several lines a list item is a sentence, and so is a heading.
func Sentences(paragraph string) []Span {
	var spans []Span
	start, width := 0, widest(paragraph)
	cut := func(end int) {
		if s := trim(paragraph, Span{start, end}); s.Start < s.End {
			spans = append(spans, s)
		}
		start = end
	}
	for i := 0; i < len(paragraph); {
		r, size := utf8.DecodeRuneInString(paragraph[i:])
		switch {
		case isStop(r):
			end := closing(paragraph, stops(paragraph, i))
			if endsSentence(paragraph, start, i, end) {
				cut(end)
			}
			i = max(end, i+size)
		case r == '(' && strings.TrimSpace(paragraph[start:i]) != "":
			i = skipBracket(paragraph, i)
		case r == '\n':
			next := strings.TrimLeftFunc(paragraph[i:], isSpace)
			if endsLine(paragraph[start:i], next, width) {
				cut(i)
			}
			i = len(paragraph) - len(next)
		default:
			i += size
		}
	}
	cut(len(paragraph))
	return joinWordless(paragraph, spans)
}

func isStop(r rune) bool { return r == '.' || r == '!' || r == '?' || r == '…' || r == '‽' }

// stops returns the end of the run of stops that begins at i: « ?! », « ... ».
func stops(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !isStop(r) {
			break
		}
		i += size
	}
	return i
}

// closing returns the end of what closes after a stop that ends at i: guillemets, quotes, brackets,
// with the spaces that French puts before them, and a stop after those. A straight quote closes only
// where it touches the stop.
func closing(text string, i int) int {
	end := i
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case strings.ContainsRune("»”’)]}", r):
			end = i + size
		case (r == '"' || r == '\'') && i == end:
			end = i + size
		case isStop(r) && i == end && end > 0 && !isStop(before(text, i)):
			end = i + size
		case isSpace(r) && r != '\n' && i == end:
		default:
			return end
		}
		i += size
	}
	return end
}

// maxBracket is the longest bracket, in bytes, that is kept in one sentence whatever stops it holds.
// A longer one, or one that never closes, is read as running text.
const maxBracket = 300

// skipBracket returns the place of the bracket that closes the one at i, or the byte after i when
// none does within reach.
func skipBracket(text string, i int) int {
	depth := 0
	for j := i; j < len(text) && j < i+maxBracket; j++ {
		switch text[j] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return j
			}
		}
	}
	return i + 1
}

// endsSentence reports whether the stop at i, with what closes after it up to end, ends the sentence
// that begins at start.
func endsSentence(text string, start, i, end int) bool {
	rest := text[end:]
	next := strings.TrimLeftFunc(rest, isSpace)
	if next == "" {
		return true
	}
	if len(next) == len(rest) { // no white space: « 14.3 », « exemple.org », « !, »
		return false
	}
	first, size := utf8.DecodeRuneInString(next)
	for opens(first) { // « – dit-il »: what the dash opens decides
		next = strings.TrimLeftFunc(next[size:], isSpace)
		first, size = utf8.DecodeRuneInString(next)
	}
	switch {
	case unicode.IsLower(first), strings.ContainsRune(",;:»)", first):
		return false
	case text[i] == '.' && stops(text, i) == i+1 && end == i+1:
		return !abbreviates(text[start:i], next)
	}
	return true
}

func opens(r rune) bool { return r != 0 && strings.ContainsRune("«“\"‘'([–—-•", r) }

// abbreviates reports whether the full stop after head is part of its last word, not the end of a
// sentence, given what comes next.
func abbreviates(head, next string) bool {
	w := lastWord(head)
	folded := Fold(w)
	lead := strings.TrimRightFunc(head[:len(head)-len(w)], isSpace)
	starts := startsSentence(next)
	switch {
	case counted[w] && digits(next, 0) == 0 && unicode.IsDigit(before(lead, len(lead))):
		return false // « 25 m. », and not « M. »; « 20 h. », but « 2 m. 30 »
	case works[folded]:
		return ofWork.MatchString(next)
	case days[folded]:
		return ofDay.MatchString(next)
	case titles[folded] && w != "BD":
		return true
	case references[folded]:
		return !starts
	case folded == "etc":
		return false // before a lower-case word it was decided above
	case isOrdinal(head, w):
		return true
	case strings.Contains(w, ".") && isInitials(w): // « J.-C. », « U.R.S.S. »
		return !starts
	case utf8.RuneCountInString(w) == 1 && isUpperWord(w): // « Jean F. Kennedy », but « la vitamine C. »
		prev := lastWord(lead)
		return prev == "" || isUpperWord(prev) && !subjects[Fold(next[:word(next, 0)])] || !starts
	}
	return false
}

// Words that a full stop may follow either way, listed by hand. Units end a sentence where a number counts them. Words that
// are also abbreviations (« l’histoire de l’art. », « la mer. ») end one unless a number of theirs follows, of an article of
// a code (« art. L. 123-4 ») or a date. Behind a name and a capital one of the subjects begins a sentence: « Charles X. Il ».
var (
	counted  = Words(`m mm h min s t l g`)
	works    = Words(`art vol`)
	ofWork   = regexp.MustCompile(`^([XVI]+\b|(LO?|[RDA])?\.?[\s\x{a0}\x{202f}]?\d)`)
	days     = Words(`sept lun mar mer jeu ven sam dim`)
	ofDay    = regexp.MustCompile(`^(\d{4}\b|\d{1,2}([\s\x{a0}\x{202f}]*h\b|er\b|[\s\x{a0}\x{202f}]+(jan|f[ée]v|mars|avr|mai|juin|juil|ao[ûu]t|sept|oct|nov|d[ée]c)))`)
	subjects = Words(`il elle ils elles on ce cela ses son sa`)
)

// titles stand before a name, references before a number or a work: a full stop after them ends no
// sentence. They are the abbreviations that French prose uses, listed by hand.
var (
	titles = Words(`m mm mr mme mmes mlle mlles dr drs pr me mgr st ste sts capt cdt gal
		gen lt adj sgt amb av bd boul ave`)
	references = Words(`bd col prof p pp chap fig al n no nos num t ch cf ed env ex hab id ibid op cit
		par ref sect suiv tel trad v vs approx apr anc auj c circa dep dir doc fr h jr sr ltd inc corp co
		janv jan fevr fev avr juil juill coll reed rens th ph cie oct nov dec min max moy obs pl po prov qq sc s suppl`)
)

// isOrdinal reports whether w is a number that begins its sentence, as in « 1. Introduction » or « Article 3. – ».
func isOrdinal(head, w string) bool {
	lead := strings.TrimFunc(head[:len(head)-len(w)], isSpace)
	if len(lead) <= len("article") {
		lead = strings.TrimSuffix(Fold(lead), ".")
	}
	return w != "" && len(w) <= 3 && digits(w, 0) == len(w) && (lead == "" || lead == "art" || lead == "article")
}

// isInitials reports whether w is single letters with dots or hyphens between: « J.-C », « U.S.A ».
func isInitials(w string) bool {
	for _, part := range strings.FieldsFunc(w, func(r rune) bool { return r == '.' || r == '-' }) {
		if utf8.RuneCountInString(part) > 1 && !strings.EqualFold(part, "ph") {
			return false
		}
	}
	return true
}

func isUpperWord(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}

// lastWord returns the end of text back to a space, an apostrophe or an opening mark.
func lastWord(text string) string {
	i := strings.LastIndexFunc(text, func(r rune) bool { return isSpace(r) || opens(r) && r != '-' || r == '’' })
	if i < 0 {
		return text
	}
	_, size := utf8.DecodeRuneInString(text[i:])
	return text[i+size:]
}

// startsSentence reports whether text begins with a capitalised word that hardly ever stands inside
// a sentence: a function word.
func startsSentence(text string) bool {
	end := word(text, 0)
	if end == 1 && strings.HasPrefix(text[end:], ".") { // « L. Martin »
		return false
	}
	return end > 0 && isUpperWord(text) && lexicon[Fold(text[:end])].Has(Function)
}

// shortLine is the longest line, in bytes, that is taken for a heading when it ends without a stop
// and the next one begins with a capital.
const shortLine = 80

// wrapped is the least width, in characters, of a text whose lines were broken to fit it: people take 65 to 80.
const wrapped = 60

// widest returns how many characters the longest line has of a paragraph that was broken into lines to fit them: one of
// which a line begins in lower case, or a sentence ends with a line before the last. It is 0 for any other, as a list is,
// and for one that is less than wrapped.
func widest(paragraph string) (width int) {
	broken, ended := false, false
	for line := range strings.Lines(paragraph) {
		line = strings.TrimSpace(line)
		first, _ := utf8.DecodeRuneInString(line)
		broken = broken || ended || width > 0 && unicode.IsLower(first)
		last, _ := utf8.DecodeLastRuneInString(line)
		ended = isStop(last) && utf8.RuneCountInString(line) >= wrapped
		width = max(width, utf8.RuneCountInString(line))
	}
	if !broken || width < wrapped {
		return 0
	}
	return width
}

// endsLine reports whether a line break ends the sentence before it, in a paragraph of this width, see widest: the next
// line is a list item, or the line before is a heading. A line that is full goes on
// (« par l’architecte / Jeanne Morel »), unless that word begins a sentence.
func endsLine(sentence, next string, width int) bool {
	if isItem(next) {
		return true
	}
	line := strings.TrimSpace(sentence[strings.LastIndexByte(sentence, '\n')+1:])
	if width > 0 && !startsSentence(next) && isFull(line, next, width) {
		return false
	}
	return len(line) <= shortLine && isUpperWord(next) && !strings.ContainsAny(line[max(0, len(line)-1):], ",;:")
}

// isFull reports whether the next line's first word would not have fitted into a line.
func isFull(line, next string, width int) bool {
	if end := strings.IndexFunc(next, isSpace); end >= 0 {
		next = next[:end]
	}
	return utf8.RuneCountInString(line)+1+utf8.RuneCountInString(next) > width
}

// isItem reports whether a line is an item of a list: « - », « • », « 1. », « a) ».
func isItem(line string) bool {
	r, size := utf8.DecodeRuneInString(line)
	if size > 0 && strings.ContainsRune("-–—•*·‣▪", r) {
		next, _ := utf8.DecodeRuneInString(line[size:])
		return isSpace(next)
	}
	n := digits(line, 0)
	if n == 0 && unicode.IsLower(r) {
		n = size
		return strings.HasPrefix(line[n:], ") ")
	}
	return n > 0 && n <= 3 && (strings.HasPrefix(line[n:], ". ") || strings.HasPrefix(line[n:], ") "))
}

// before returns the rune that ends at i.
func before(text string, i int) rune {
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return r
}

// joinWordless joins each span without letter or digit (« ! », « * * * ») to the one before, or to the one
// after when it comes first: nobody is answered with a mark.
func joinWordless(text string, spans []Span) []Span {
	out := spans[:0]
	for _, s := range spans {
		wordless := strings.IndexFunc(text[s.Start:s.End], isWordRune) < 0
		if n := len(out); n > 0 && (wordless || strings.IndexFunc(text[out[n-1].Start:out[n-1].End], isWordRune) < 0) {
			out[n-1].End = s.End
			continue
		}
		out = append(out, s)
	}
	if len(out) == 1 && strings.IndexFunc(text, isWordRune) < 0 {
		return nil
	}
	return out
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
