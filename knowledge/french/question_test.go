package french

import (
	"slices"
	"strings"
	"testing"
)

// questionCases give the kind of a question and the words that are looked for. None of them is a
// question of the data that ranking is measured on.
var questionCases = []struct {
	text  string
	kind  Kind
	terms string
}{
	{"Qui a écrit ce roman ?", Person, "ecrit roman"},
	{"Par qui l’usine fut-elle fondée ?", Person, "usine fondee"},
	{"Comment s’appelle la reine ?", Name, "reine"},
	{"Quel est le nom du port ?", Name, "port"},
	{"Combien d’ouvriers emploie l’usine ?", Quantity, "ouvriers emploie usine"},
	{"Combien coûte le billet ?", Quantity, "coute billet"},
	{"Quel est le prix du billet ?", Quantity, "prix billet"},
	{"Quel âge a la reine ?", Age, "reine"},
	{"Quand la gare a-t-elle ouvert ?", Date, "gare ouvert"},
	{"En quelle année ouvre la gare ?", Date, "ouvre gare"},
	{"Depuis quand pleut-il ?", Date, "pleut"},
	{"Combien de temps dure le trajet ?", Duration, "dure trajet"},
	{"Où se trouve la gare ?", Place, "trouve gare"},
	{"ou est la gare", Place, "gare"},
	{"Où est né le maire ?", Place, "ne maire"},
	{"ou est ne le maire", Place, "ne maire"},
	{"Est-il sûr de gagner ?", YesNo, "sur gagner"},
	{"D’où vient ce mot ?", Place, "vient mot"},
	{"Dans quelle ville se trouve la gare ?", Place, "ville trouve gare"},
	{"Pourquoi la gare ferme-t-elle ?", Cause, "gare ferme"},
	{"Pour quelle raison ferme-t-elle ?", Cause, "ferme"},
	{"Comment la gare est-elle chauffée ?", Manner, "gare chauffee"},
	{"Qu’est-ce qu’une écluse ?", Definition, "ecluse"},
	{"c’est quoi une écluse", Definition, "ecluse"},
	{"c'est quoi une écluse", Definition, "ecluse"},
	{"C'EST QUOI UNE ECLUSE", Definition, "ecluse"},
	{"définition écluse", Definition, "ecluse"},
	{"Que signifie « écluse » ?", Definition, "ecluse"},
	{"Qu’a déclaré le maire ?", Quotation, "declare maire"},
	{"Qu’a-t-il promis aux élèves ?", Quotation, "promis eleves"},
	{"Que disent les médecins ?", Quotation, "disent medecins"},
	{"Est-ce que la gare ferme ?", YesNo, "gare ferme"},
	{"La gare ferme-t-elle ?", YesNo, "gare ferme"},
	{"Quelles villes dessert la ligne ?", List, "villes dessert ligne"},
	{"Quelle ligne dessert la gare ?", Which, "ligne dessert gare"},
	{"Que transporte la ligne ?", Thing, "transporte ligne"},
	{"budget gare", Keywords, "budget gare"},
	{"QUEL ÂGE A LA REINE ?", Age, "reine"},
	{"QUEL AGE A LA REINE", Age, "reine"},
	{"que\u0301l a\u0302ge a la reine", Age, "reine"},

	{"c koi une ecluse", Definition, "ecluse"},
	{"la reine kel age", Age, "reine"},
	{"pk la gare ferme", Cause, "gare ferme"},
	{"qd ouvre la gare", Date, "ouvre gare"},
	{"cb coute le billet", Quantity, "coute billet"},
	{"c ki le maire", Person, "maire"},
	{"PK LA GARE FERME", Cause, "gare ferme"},
	{"C KI LE MAIRE ?", Person, "maire"},
	{"Bonjour, pouvez-vous me dire où est la gare svp ?", Place, "gare"},

	{"Who wrote the book?", Person, "wrote book"},
	{"Who founded the company?", Person, "founded company"},
	{"How old is the queen?", Age, "queen"},
	{"How much does the ticket cost?", Quantity, "ticket cost"},
	{"How many workers are there?", Quantity, "workers"},
	{"When did the station open?", Date, "station open"},
	{"Where is the station?", Place, "station"},
	{"Why does it close?", Cause, "close"},
	{"How long does the trip take?", Duration, "trip take"},
	{"How long ago did it close?", Date, "close"},
	{"How many years did she live there?", Duration, "live"},
	{"What year did the station open?", Date, "station open"},
	{"What is the price of the ticket?", Quantity, "price ticket"},
	{"In which city is the station?", Place, "city station"},
	{"Which king built the castle?", Person, "king built castle"},
	{"What is the queen's name?", Which, "queen name"},
	{"What is the name of the queen?", Name, "queen"},
	{"For what reason did it close?", Cause, "close"},
	{"What is a lock?", Definition, "lock"},
	{"what's a lock", Definition, "lock"},
	{"What’s the price of the lock?", Quantity, "price lock"},
	{"What is electricity?", Definition, "electricity"},
	{"What does “lock” mean?", Definition, "lock mean"},
	{"What did the mayor say?", Quotation, "mayor say"},
	{"What does the line carry?", Thing, "line carry"},
	{"What are the cities of the line?", List, "cities line"},
	{"Which line serves the station?", Which, "line serves station"},
	{"Did the station close?", YesNo, "station close"},

	{"le la les de du", Keywords, ""},
	{"… ?", Thing, ""},
}

func TestParse(t *testing.T) {
	for _, tt := range questionCases {
		t.Run(tt.text, func(t *testing.T) {
			q := Parse(tt.text)
			var terms []string
			for _, term := range q.Terms {
				terms = append(terms, term.Term)
			}
			if got := strings.Join(terms, " "); q.Kind != tt.kind || got != tt.terms {
				t.Errorf("got %v %q, want %v %q", q.Kind, got, tt.kind, tt.terms)
			}
		})
	}
}

// TestSeason checks that « été » is looked for where it is a season, and not where it is a verb.
func TestSeason(t *testing.T) {
	for text, want := range map[string]bool{
		"Que fait-on l’été ?": true, "Que fait-on en été ?": true, "Où a été construit le pont ?": false,
	} {
		got := false
		for _, term := range Parse(text).Terms {
			got = got || term.Term == "ete"
		}
		if got != want {
			t.Errorf("Parse(%q) looks for « été »: %v, want %v", text, got, want)
		}
	}
}

// TestEnglishTerms checks that the words of an English question carry their French, however they are inflected.
func TestEnglishTerms(t *testing.T) {
	for _, tt := range []struct{ text, term, french string }{
		{"Who founded the company?", "company", "entreprise"},
		{"Which cities does the line serve?", "cities", "ville"},
		{"Who replaces the mayor?", "replaces", "remplacer"},
		{"Why has the train stopped?", "stopped", "arreter"},
		{"Who was hired first?", "hired", "recruter"},
		{"Who married the queen?", "married", "epouse"},
		{"What is the bridge crossing?", "crossing", "traversee"}, // a word of its own
		{"Who painted the ceiling?", "painted", "peindre"},
		{"When did Zadkine arrive?", "zadkine", ""},
	} {
		q := Parse(tt.text)
		if !q.English {
			t.Errorf("%q is not taken for English", tt.text)
		}
		i := slices.IndexFunc(q.Terms, func(term Term) bool { return term.Term == tt.term })
		if i < 0 {
			t.Errorf("%q is not searched for %q", tt.text, tt.term)
			continue
		}
		first := "" // the usual one
		if forms := q.Terms[i].Forms; len(forms) > 0 {
			first = forms[0]
		}
		if first != tt.french {
			t.Errorf("%q in %q is %q first, want %q", tt.term, tt.text, q.Terms[i].Forms, tt.french)
		}
	}
}

// TestEnglish checks which questions are taken for English: names tell nothing.
func TestEnglish(t *testing.T) {
	for text, want := range map[string]bool{
		"Qui a fondé la compagnie ?":                        false,
		"Whose son is Charles de La Tour?":                  true,
		"Why did d’Aulnay and de la Tour quarrel?":          true,
		"Qui chante « The Sound of Silence » ?":             false,
		"Quel est le sens de « The Winner Takes It All » ?": false,
		"château de la Tour":                                false,
	} {
		if got := Parse(text).English; got != want {
			t.Errorf("Parse(%q) is English: %v, want %v", text, got, want)
		}
	}
}

// TestBilingual checks the form of the list: words without accents, each once, in order, with their French.
func TestBilingual(t *testing.T) {
	before := ""
	for line := range strings.Lines(bilingualData) {
		word, french, _ := strings.Cut(strings.TrimSpace(line), ": ")
		if word <= before || Fold(word) != word || Fold(french) != french || french == "" {
			t.Errorf("%q after %q: want a folded word, in order, and its French", line, before)
		}
		before = word
	}
}

// FuzzParse checks that the terms of any question are words of it, in order.
func FuzzParse(f *testing.F) {
	for _, tt := range questionCases {
		f.Add(tt.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, term := range Parse(text).Terms {
			if term.Start < end || term.End > len(text) || term.Stem == "" {
				t.Fatalf("Parse(%q): %+v after %d", text, term, end)
			}
			end = term.Start
		}
	})
}
