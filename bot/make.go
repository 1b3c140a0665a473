package bot

import (
	"slices"
	"strings"

	"verbatim/knowledge/french"
)

// Words that the makers of drafts look for, folded. They are ours: common in news and encyclopedias.
var (
	determiners = strings.Fields("le la l les un une")
	auxiliaries = strings.Fields("est etait fut sera a avait aura va doit devrait peut pourrait dirige possede detient")
	roles       = strings.Fields(`pdg directeur directrice fondateur fondatrice cofondateur cofondatrice president presidente
		ministre maire ecrivain ecrivaine auteur autrice chanteur chanteuse acteur actrice roi reine empereur general
		professeur professeure chercheur chercheuse avocat avocate cadre patron patronne joueur joueuse entraineur
		scientifique philosophe peintre compositeur compositrice journaliste depute deputee senateur senatrice`)
	currencies = strings.Fields("% € $ £ dollars euros francs livres yens yuans")
	months     = strings.Fields(`janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre`)
)

// subjects asks who does what a sentence says of its subject: « Qui occupera le poste de PDG ? ».
func (s *sentence) subjects() []draft {
	end := s.name(0)
	if end == 0 {
		return nil
	}
	verb := s.afterApposition(end)
	if verb == 0 || !s.verb(verb) || slices.ContainsFunc([]int{verb, verb + 1, verb + 2}, func(i int) bool { return s.has(i, french.Saying) }) {
		return nil
	}
	clause := s.clause(s.tokens[verb].Start, maxLabel-size(fill(inquiries.who, "")))
	if said := words(clause); len(said) < 4 || slices.ContainsFunc(said, speaking) {
		return nil
	}
	return []draft{{fill(inquiries.who, clause), s.span(0, end)}}
}

// speaking reports whether a folded word is said by whom a sentence quotes, and means nothing outside.
func speaking(word string) bool {
	return slices.Contains([]string{"je", "j", "me", "mon", "ma", "mes", "nous", "notre", "nos", "vous", "votre", "vos"}, word)
}

// afterApposition returns the token after a subject that ends before token i, and after what two
// commas set apart behind it; 0 when there is none.
func (s *sentence) afterApposition(i int) int {
	if strings.TrimSpace(s.between(i)) == "" {
		return i % max(len(s.tokens), 1)
	}
	if s.between(i) != ", " {
		return 0
	}
	for i++; i < len(s.tokens); i++ {
		if strings.HasPrefix(s.between(i), ",") {
			return i
		}
	}
	return 0
}

// verb reports whether token i is a verb in the third person of the singular, as far as its form tells.
func (s *sentence) verb(i int) bool {
	word := s.word(i)
	if s.has(i, french.Capital) || word == "à" {
		return false
	}
	folded := french.Fold(word)
	return slices.Contains(auxiliaries, folded) || len(folded) > 4 && (strings.HasSuffix(folded, "era") || strings.HasSuffix(folded, "ira"))
}

// clause returns the text from start to where a clause ends, or to an earlier preposition when it
// is longer than n UTF-16 units; "" when nothing reads well.
func (s *sentence) clause(start, n int) string {
	text := s.text[start:]
	if i := strings.IndexAny(text, ",;:.!?«»()"); i >= 0 {
		text = text[:i]
	}
	if i := strings.Index(text, " et "); i > 0 {
		text = text[:i]
	}
	for _, stop := range []string{" pour ", " en ", " dans ", " avec ", " après ", " avant ", " par ", " sur "} {
		if i := strings.LastIndex(text, stop); i > 0 && size(strings.TrimSpace(text)) > n {
			text = text[:i]
		}
	}
	if text = strings.TrimSpace(text); size(text) > n {
		return ""
	}
	return text
}

// definitions asks what a sentence defines, and what the letters between its parentheses stand for.
func (s *sentence) definitions() (found []draft) {
	for i := range s.tokens {
		if s.has(i, french.Acronym) && strings.HasSuffix(s.between(i), "(") && strings.HasPrefix(s.text[s.tokens[i].End:], ")") {
			found = append(found, draft{fill(inquiries.meaning, s.word(i)), s.word(i)})
		}
	}
	if !s.is(0, determiners...) {
		return found
	}
	for i := 2; i < min(len(s.tokens), 7) && strings.Trim(s.between(i), " ’") == ""; i++ {
		if s.is(i, "designe", "signifie", "consiste") || s.is(i, "fait") && s.is(i+1, "reference") || s.is(i, "est") && s.is(i+1, "un", "une") {
			subject := lowerFirst(s.span(0, i))
			return append(found, draft{fill(inquiries.definition, elideArticle(subject)), s.span(1, i)})
		}
	}
	return found
}

// elideArticle puts « que » before an article: « que la », « qu’une ».
func elideArticle(subject string) string {
	if strings.HasPrefix(subject, "l’") || strings.HasPrefix(subject, "l'") {
		return "que " + subject
	}
	return elide("que", subject)
}

// people asks who somebody is whom a sentence gives a role or an age.
func (s *sentence) people() (found []draft) {
	s.eachName(func(i, j int) {
		if j-i < 2 || j-i > 3 || slices.ContainsFunc(s.tokens[i:j], func(t french.Token) bool { return t.Has(french.Acronym) }) {
			return
		}
		after := s.between(j) == ", " && (s.is(j, roles...) || s.is(j+1, roles...) || s.is(j+2, roles...) || s.is(j+1, "ans"))
		if after || s.is(i-1, roles...) || s.is(i-1, "de") && s.is(i-2, "direction", "presidence") {
			found = append(found, draft{fill(inquiries.person, s.span(i, j)), s.span(i, j)})
		}
	})
	return found
}

// names asks what is known of whoever or whatever a sentence names, with the article that it has there. Behind « en » it has
// none where it needs one: « en Chine ». Half a name, before or behind a hyphen, is none.
func (s *sentence) names() (found []draft) {
	s.eachName(func(i, j int) {
		name := s.span(i, j)
		if j-i > 3 || size(name) <= 2 || s.is(i, roles...) || s.is(i-1, "en") || hyphen(s.between(i)) || hyphen(s.between(j)) {
			return
		}
		found = append(found, s.withArticle(i, j, name))
	})
	return found
}

// hyphen reports whether what parts two words binds them.
func hyphen(between string) bool { return between != "" && strings.Trim(between, "-‑–") == "" }

// withArticle asks what is known of the name from token i to token j: « de la Chine », « du Sénat », « de La Rochelle ».
func (s *sentence) withArticle(i, j int, name string) draft {
	if strings.Trim(s.between(i), " ’'") != "" {
		return ofName(name)
	}
	var of string
	switch {
	case s.is(i-1, "la"):
		of = "de la "
	case s.is(i-1, "l"):
		of = "de l’"
	case s.is(i-1, "le", "du", "au"):
		of = "du "
	case s.is(i-1, "les", "des", "aux"):
		of = "des "
	default:
		return ofName(name)
	}
	if s.is(i-1, "la", "l") && s.has(i-1, french.Capital) && !s.has(i-1, french.Initial) { // it is a part of the name
		whole := s.span(i-1, j)
		return draft{fill(inquiries.name, "de "+whole), whole}
	}
	return draft{fill(inquiries.name, of+name), name}
}

// ofName asks what is known of a name without an article.
func ofName(name string) draft { return draft{fill(inquiries.name, elide("de", name)), name} }

// figures asks what an amount stands for.
func (s *sentence) figures() (found []draft) {
	for i := range s.tokens {
		if !s.has(i, french.Number) || !isDigit(rune(s.word(i)[0])) || s.is(i, "1") {
			continue
		}
		end := i + 1
		for s.has(end, french.Unit) || s.has(end, french.Number) || s.is(end, "de", "d") && s.has(end+1, french.Unit) {
			end++
		}
		amount := s.span(i, end)
		switch {
		case end == i+1 || !s.has(end-1, french.Unit):
		case s.is(end-1, "ans") && i > 0 && s.between(i) == ", " && s.has(i-1, french.Capital):
			found = append(found, draft{fill(inquiries.age, amount), amount})
		case s.is(end-1, currencies...):
			found = append(found, draft{fill(inquiries.figure, amount), amount})
		}
	}
	return found
}

// dates asks what happened on a day or in a year.
func (s *sentence) dates() (found []draft) {
	for i := range s.tokens {
		switch {
		case s.has(i, french.Year) && s.is(i-1, "en"):
			found = append(found, draft{fill(inquiries.when, "en "+s.word(i)), s.word(i)})
		case s.has(i, french.Number) && s.is(i+1, months...) && isDigit(rune(s.word(i)[0])):
			end := i + 2
			if s.has(end, french.Year) {
				end++
			}
			found = append(found, draft{fill(inquiries.when, "le "+s.span(i, end)), s.span(i, end)})
		}
	}
	return found
}

// quotations asks what somebody said whom a sentence quotes: « a déclaré Droege », « Wang a ajouté ».
func (s *sentence) quotations() (found []draft) {
	s.eachName(func(i, j int) {
		switch {
		case s.between(i) == " " && s.has(i-1, french.Saying) && s.word(i-2) == "a":
			found = append(found, draft{fill(inquiries.said, "a "+s.word(i-1), s.span(i, j)), s.span(i, j)})
		case s.between(j) == " " && s.word(j) == "a" && s.has(j+1, french.Saying):
			found = append(found, draft{fill(inquiries.said, "a "+s.word(j+1), s.span(i, j)), s.span(i, j)})
		}
	})
	return found
}
