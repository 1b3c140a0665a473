package reader

import (
	"math"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	// bullet begins an item of a list, each of which is a paragraph.
	bullet     = regexp.MustCompile(`^([•◦▪■●○‣–—-]\s|(\d{1,3}|[a-z])[.)]\s)`)
	bulletMark = regexp.MustCompile(`^[•◦▪■●○‣]\s`) // which is no text
	// caption begins the text that explains a figure.
	caption = regexp.MustCompile(`^(?i)(figure|fig\.|tableau|table|photo|graphique|carte|illustration|schéma)[\s\x{a0}\x{202f}]*(n[o°][\s\x{a0}\x{202f}]*)?[\dIVX]+[\s\x{a0}\x{202f}]*([.:–—-]|$)`)
	// leaders are the dots that lead to a page's number in a table of contents.
	leaders = regexp.MustCompile(`(\.\s?){5,}\s*\d*$`)
)

// continues reports whether a line goes on with the paragraph, or the heading, that lines are.
func (l *layout) continues(lines []pageLine, next pageLine) bool {
	last := lines[len(lines)-1]
	if l.tagged && (last.Tag.Part > 0 || next.Tag.Part > 0) {
		return last.Tag == next.Tag
	}
	switch {
	case rounded(last.Size) != rounded(next.Size) && math.Abs(last.Size-next.Size) > l.body*0.08,
		bullet.MatchString(next.text), last.Bold != next.Bold && (lines[0].Bold || next.Bold) && l.apart(last, next):
		return false
	case last.page != next.page || next.Y > last.Y:
		return goesOver(last.text, next.text)
	}
	if (last.Y-next.Y)/next.Size > l.leading*1.25+0.1 {
		return false
	}
	if l.isLarge(last) {
		return true // of a heading each line may be as short as it wants
	}
	if next.X > l.left(lines)+next.Size*0.8 && next.X > last.X+next.Size*0.8 && !bullet.MatchString(lines[0].text) {
		return false // an indent
	}
	return !l.endsShort(last, next)
}

// apart reports whether a line that differs from the one before in weight begins something else: a bold heading
// above its text does, a bold word that fills a line does not.
func (l *layout) apart(last, next pageLine) bool {
	return !goesOver(last.text, next.text) || l.endsShort(last, next)
}

func (l *layout) isLarge(line pageLine) bool { return rounded(line.Size) > l.body*largerBy }

// left is where the lines of a paragraph begin, but for its first.
func (l *layout) left(lines []pageLine) float64 {
	if len(lines) > 1 {
		return lines[1].X
	}
	return lines[0].X
}

// endsShort reports whether a line ends where the next one's first word would have fitted: then its end was meant.
func (l *layout) endsShort(last, next pageLine) bool {
	right := max(l.right[edgeOf(next)], l.right[edgeOf(last)])
	room := right - last.Right - 0.35*last.Size
	return room > next.First && room > 2*last.Size && (endsSentence(last.text) || room > (right-last.X)/4)
}

// goesOver reports whether a sentence goes on over the end of a column or a page.
func goesOver(last, next string) bool {
	first, _ := utf8.DecodeRuneInString(next)
	if endsInHyphen(last) {
		return unicode.IsLetter(first)
	}
	return !endsSentence(last) && (unicode.IsLower(first) || strings.HasSuffix(last, ",") || first == '«')
}

func endsSentence(text string) bool {
	text = strings.TrimRight(text, "»”\")’ \u00a0\u202f")
	return text != "" && strings.ContainsRune(".!?…:;", lastRune(text))
}

func lastRune(s string) rune { r, _ := utf8.DecodeLastRuneInString(s); return r }

func hasLetter(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }

// join makes one text of lines, and undoes what divided words at their ends.
func (l *layout) join(lines []pageLine) string {
	text := lines[0].text
	for _, next := range lines[1:] {
		if !endsInHyphen(text) {
			text += " " + next.text
			continue
		}
		text = l.rejoin(text, next.text)
	}
	return text
}

func endsInHyphen(text string) bool {
	r, size := utf8.DecodeLastRuneInString(text)
	if r != '-' && r != '\u2010' && r != '\u00ad' {
		return false
	}
	return unicode.IsLetter(lastRune(text[:len(text)-size]))
}

// Words that French binds by a hyphen to what stands before or after them: verb and pronoun, demonstratives, compounds,
// numbers below a hundred, and what stands between two hyphens (« arc-en-ciel »).
var (
	boundAfter   = words("dessus dessous delà il elle on ils elles je tu nous vous ce ci là même mêmes t le la les lui leur y en moi toi soi eux être midi jour ville")
	tens         = words("dix vingt trente quarante cinquante soixante quatre vingts")
	units        = words("deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts")
	boundBetween = words("à en de et au aux d du sur sous par")
	beforeOf     = words("chef hors main") // « chef-d’œuvre », but « aujour-d’hui »
	boundBefore  = words("peut grand grande mi demi semi non ex vice quasi sous outre avant arrière après contre entre nord sud vis lui elle eux moi celui celle ceux celles cet cette")
)

func words(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

// bound reports whether French binds two words by a hyphen.
func bound(before, after string) bool {
	first, _, compound := strings.Cut(after, "-") // « t-il », « à-dire », « en-ciel »
	switch {
	case boundBefore[before], strings.Contains(before, "-"), boundAfter[first]:
		return true
	case compound && boundBetween[first], first == "d" && beforeOf[before]:
		return true
	}
	return tens[before] && units[after]
}

// rejoin joins a line that ends in a hyphen and the next. The hyphen goes where it divided a word: where the file has
// the whole word elsewhere, or nothing speaks for a compound.
func (l *layout) rejoin(text, next string) string {
	_, size := utf8.DecodeLastRuneInString(text)
	soft := lastRune(text) == '\u00ad'
	head := text[:len(text)-size]
	before, after := strings.ToLower(lastWord(head)), strings.ToLower(firstWordOf(next))
	first, _ := utf8.DecodeRuneInString(next)
	switch {
	case soft, l.words[before+after]:
		return head + next
	case !unicode.IsLower(first), l.words[before+"-"+after], bound(before, after):
		return head + "-" + next
	default:
		return head + next
	}
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || r == '-' }

func lastWord(s string) string {
	i := strings.LastIndexFunc(s, func(r rune) bool { return !isWordRune(r) })
	if i < 0 {
		return s
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	return s[i+size:]
}

func firstWordOf(s string) string {
	if i := strings.IndexFunc(s, func(r rune) bool { return !isWordRune(r) }); i >= 0 {
		return s[:i]
	}
	return s
}

// wholeWords are the words that stand in the lines, those at their ends left out.
func wholeWords(lines []pageLine) map[string]bool {
	set := map[string]bool{}
	for _, line := range lines {
		for _, w := range strings.FieldsFunc(line.text, func(r rune) bool { return !isWordRune(r) }) {
			if !strings.HasSuffix(w, "-") {
				set[strings.ToLower(w)] = true
			}
		}
	}
	return set
}
