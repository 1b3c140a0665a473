package french

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

var tokenCases = []struct{ name, text, want string }{
	{"case and accents", "L’Été ÉTAIT chaud", "l ete etait chaud"},
	{"decomposed accents", "e\u0301te\u0301 a\u0300 Noe\u0308l", "ete a noel"},
	{"capitals without accents", "A L'EPOQUE", "a l epoque"},
	{"every apostrophe", "l'un l’un lʼun l‘un", "l un l un l un l un"},
	{"one word with an apostrophe", "aujourd’hui aujourd'hui prud’hommes presqu’île", "aujourdhui aujourdhui prudhommes presquile"},
	{"ligatures", "Œuvre cœur œdème Ægypte", "oeuvre coeur oedeme aegypte"},
	{"inversion", "Quelle part a-t-elle acquise ?", "quelle part a t elle acquise"},
	{"compound", "la co-fondation de Saint-Denis", "la co fondation de saint denis"},
	{"decimal", "14,3 milliards ou 14.3", "14,3 milliards ou 14,3"},
	{"thousands", "20\u202f000 élèves, 20 000 et 1.250.000", "20000 eleves 20000 et 1250000"},
	{"a year is no group", "en 2019 300 personnes", "en 2019 300 personnes"},
	{"percent and money", "49\u00a0% de 3 €", "49 % de 3 €"},
	{"mixed", "le 19e siècle, la 3D, 14h30", "le 19e siecle la 3d 14h30"},
	{"guillemets and dashes", "« Oui », dit-il — non…", "oui dit il non"},
	{"soft hyphen and zero width", "para\u00adgraphe\u200b entier", "paragraphe entier"},
	{"nothing", " … — « » ", ""},
}

func TestTokens(t *testing.T) {
	for _, tt := range tokenCases {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, token := range Tokens(tt.text) {
				got = append(got, token.Term)
			}
			if got := strings.Join(got, " "); got != tt.want {
				t.Errorf("Tokens(%q)\n got %q\nwant %q", tt.text, got, tt.want)
			}
		})
	}
}

// TestTokenClasses checks what tokens are taken for.
func TestTokenClasses(t *testing.T) {
	for _, tt := range []struct {
		text, word string
		has, lacks Class
	}{
		{"Il vit à Paris.", "paris", Capital, Initial | Function},
		{"Paris s’éveille.", "paris", Capital | Initial, Function},
		{"Il dit : « Paris s’éveille. »", "paris", Capital | Initial, 0},
		{"« L’eau n’attend personne », dit-il.", "l", Quoted, 0},
		{"« L’eau n’attend personne. Il faut…", "l", Quoted, 0},
		{"Elle répond : \"Je n’ai vu personne entrer.\"", "je", Quoted, 0},
		{"un « semi-échec » au cinéma, ce qui surprend", "semi", 0, Quoted},
		{"« Ne dites pas “oui” », a-t-il répondu", "oui", 0, Quoted},
		{"la maire l’a reconnu", "reconnu", Saying, 0},
		{"sur la rive gauche", "rive", Somewhere, 0},
		{"Le PDG part.", "pdg", Capital | Acronym, Number},
		{"une IRMf", "irmf", Capital | Acronym, 0},
		{"PAr qui ?", "par", Function, Acronym},
		{"le club du CAR", "car", Function | Acronym, 0},
		{"324 mètres", "metres", Unit, Number},
		{"dix tonnes", "tonnes", Unit, Time},
		{"8 000 habitants", "habitants", Unit, Time},
		{"Le XIXe siècle", "xixe", Number, 0},
		{"LE XIXE SIÈCLE", "xixe", Number, 0},
		{"au xxeme siecle", "xxeme", Number, 0},
		{"LA VIE", "vie", 0, Number},
		{"un axe", "axe", 0, Number},
		{"En 2014, il part.", "2014", Number | Year, 0},
		{"Le 12 juin", "juin", Month, Number},
		{"Wang, 28 ans,", "ans", Unit | Time, Number},
		{"49 % des parts", "%", Unit | Sign, 0},
		{"vingt personnes", "vingt", Number, Capital},
		{"Existe-t-il ?", "il", Joined | Pronoun | Function, 0},
		{"l’homme", "l", Elided | Function, 0},
	} {
		found := false
		for _, token := range Tokens(tt.text) {
			if token.Term != tt.word {
				continue
			}
			found = true
			if !token.Has(tt.has) || token.Class&tt.lacks != 0 {
				t.Errorf("%q in %q: got class %b, want all of %b and none of %b", tt.word, tt.text, token.Class, tt.has, tt.lacks)
			}
		}
		if !found {
			t.Errorf("Tokens(%q): no %q", tt.text, tt.word)
		}
	}
}

// FuzzTokens checks what holds of any text: tokens in order, on rune boundaries, none empty, and the
// same terms whether the text is composed or not.
func FuzzTokens(f *testing.F) {
	for _, tt := range tokenCases {
		f.Add(tt.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip("an article is UTF-8")
		}
		end := 0
		for _, token := range Tokens(text) {
			if token.Start < end || token.End <= token.Start || token.End > len(text) || token.Term == "" {
				t.Fatalf("Tokens(%q): %+v after %d", text, token, end)
			}
			if !utf8.ValidString(text[token.Start:token.End]) {
				t.Fatalf("Tokens(%q): %+v is not on rune boundaries", text, token)
			}
			end = token.End
		}
	})
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"Été": "ete", "E\u0301te\u0301": "ete", "ÇA": "ca", "cœur": "coeur", "L’été": "l'ete", "ÿ Ÿ": "y y", "naïve": "naive", "Straße": "strasse",
	} {
		if got := Fold(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestStemWithoutAccents checks that a word typed without its accents has the stem it has with them.
func TestStemWithoutAccents(t *testing.T) {
	for with, without := range map[string]string{"employés": "employes", "acquise": "ACQUISE", "société": "societe", "à": "a"} {
		if got, want := Stem(Fold(without)), Stem(Fold(with)); got != want {
			t.Errorf("Stem of %q is %q, of %q %q", without, got, with, want)
		}
	}
}

func TestParagraphs(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"a line each", "Un.\nDeux.\n", []string{"Un.", "Deux."}},
		{"parted by empty lines", "Un\nencore.\n\nDeux.", []string{"Un\nencore.", "Deux."}},
		{"a line of spaces is empty", "Un\nencore.\n \u00a0\nDeux.", []string{"Un\nencore.", "Deux."}},
		{"empty lines around do not count", "\n\nUn.\nDeux.\n\n", []string{"Un.", "Deux."}},
		{"Windows line ends", "Un.\r\nDeux.\r\n", []string{"Un.", "Deux."}},
		{"nothing", " \n ", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, s := range Paragraphs(tt.text) {
				got = append(got, tt.text[s.Start:s.End])
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}
