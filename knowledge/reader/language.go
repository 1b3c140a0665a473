package reader

import (
	"strings"
	"unicode"

	"golang.org/x/text/language"
)

// functionWords are the words that bind sentences, in the languages that articles of a French-speaking server are
// found in. Words that several of them share say nothing, and are counted for each.
var functionWords = map[string][]string{
	"fr": strings.Fields("le la les l un une des du de d au aux et est sont dans pour par sur avec que qu qui ce cette ces il elle ils elles ne n pas plus se s sa son ses leur en a été était mais ou où comme nous vous je j c"),
	"en": strings.Fields("the of and to in is was for that on with as by at from are this be it his her an or which were have has had not but they their you we he she its will would can there"),
	"es": strings.Fields("el la los las un una de del al y en es que por con para se su sus lo como más pero fue son este esta no ha sobre entre también muy"),
	"it": strings.Fields("il lo la i gli le un una di del della dei delle al alla e è in che per con si non da nel nella sono come più ma anche questo l d ha suo"),
	"de": strings.Fields("der die das den dem des ein eine einer und ist in zu von mit für auf im nicht sich auch als an es wird bei nach aus sind war hat werden oder"),
	"pt": strings.Fields("o a os as um uma de do da dos das ao e é em no na que por com para se seu sua não mais como mas foi são este esta também pelo pela"),
	"nl": strings.Fields("de het een van en in is dat op te met voor zijn die niet aan er om ook als maar bij uit door wordt was hij naar heeft"),
}

// minEvidence is how many function words a text must hold before its language is told: a line or two.
const minEvidence = 8

// languageOf returns the language of a text as a BCP 47 tag, "" when it cannot be told, and whether it may be French.
// What the text is written in counts more than what is stated of it; a stated region is kept where both agree.
func languageOf(text, stated string) (tag string, french bool) {
	said, err := language.Parse(stated)
	if err != nil {
		said = language.Und
	}
	base, _ := said.Base()
	seen, latin := guess(text)
	switch {
	case !latin:
		if said != language.Und && base.String() != "fr" {
			return said.String(), false
		}
		return "", false
	case seen != "" && (said == language.Und || base.String() != seen):
		return seen, seen == "fr"
	case said != language.Und:
		return said.String(), base.String() == "fr"
	default:
		return "", true
	}
}

// guess returns the language whose function words are the largest part of a text, "" when they are too few or two
// languages are too close, and whether it is written in Latin letters at all.
func guess(text string) (seen string, latin bool) {
	words := strings.FieldsFunc(strings.ToLower(sample(text)), func(r rune) bool { return !unicode.IsLetter(r) })
	count := map[string]int{}
	for _, w := range words {
		count[w]++
	}
	best, second := 0, 0
	for tag, list := range functionWords {
		n := 0
		for _, w := range list {
			n += count[w]
		}
		if n > best || n == best && tag < seen {
			best, second, seen = n, best, tag
		} else if n > second {
			second = n
		}
	}
	if best < minEvidence || best*4 < second*5 || best*8 < len(words) {
		seen = ""
	}
	return seen, isLatin(text)
}

// sampled is how much of a text its language is told from, in bytes.
const sampled = 64 << 10

func sample(text string) string {
	if len(text) <= sampled {
		return text
	}
	return strings.ToValidUTF8(text[:sampled], "")
}

// isLatin reports whether most letters of a text are Latin.
func isLatin(text string) bool {
	latin, other := 0, 0
	for _, r := range sample(text) {
		switch {
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.IsLetter(r):
			other++
		}
	}
	return latin >= other
}
