package french

import (
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
	{"définition écluse", Definition, "ecluse"},
	{"Que signifie « écluse » ?", Definition, "ecluse"},
	{"Qu’a déclaré le maire ?", Quotation, "declare maire"},
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
	{"How old is the queen?", Age, "queen"},
	{"How much does the ticket cost?", Quantity, "ticket cost"},
	{"How many workers are there?", Quantity, "workers"},
	{"When did the station open?", Date, "station open"},
	{"Where is the station?", Place, "station"},
	{"Why does it close?", Cause, "close"},

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

// TestEnglishTerms checks that the words of an English question carry their French.
func TestEnglishTerms(t *testing.T) {
	q := Parse("Who founded the company?")
	if !q.English || len(q.Terms) != 2 || len(q.Terms[1].Forms) == 0 || q.Terms[1].Forms[0] != "entreprise" {
		t.Errorf("got %+v", q)
	}
	if Parse("Qui a fondé la compagnie ?").English {
		t.Error("a French question is taken for English")
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
