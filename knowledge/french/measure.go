package french

import "strings"

// A Measure says what numbers count: a set. Zero is no measure.
type Measure uint16

// What numbers count, and the parts of dates.
const (
	Share   Measure = 1 << iota // a part of a whole: « 49 % », « un tiers »
	Money                       // « 14 milliards d’euros »
	Length                      // « 324 mètres »
	Area                        // « 42 hectares »
	Mass                        // « 12 tonnes »
	People                      // « 3 000 habitants »
	Heat                        // « 20 degrés »
	Day                         // « 17 septembre »
	InYear                      // « 1935 »
	Century                     // « XIXe siècle »
)

const ofDates = Day | InYear | Century

// Both lists are written by hand, of general French.
var (
	// measureAsked gives what the words of a question ask to be counted.
	measureAsked = measures(map[Measure]string{
		Share: `pourcentage pourcent part proportion taux fraction % tiers quart moitie`,
		Money: `cout prix budget montant somme salaire valeur coute coutent coutait couter paye payee payer depense depenses
			depenser vendu vendue investi investit investissement fortune benefice benefices revenu revenus recettes tarif dette
			capital financement euro euros € dollar dollars $ franc francs livre livres £ yen yens ¥`,
		Length: `distance hauteur altitude longueur largeur profondeur diametre taille mesure haut haute long longue metres
			kilometres km`,
		Area:    `superficie surface etendue hectares`,
		Mass:    `poids masse pese pesait pesent tonnes kilos kilogrammes`,
		People:  `population habitants personnes effectif effectifs hommes femmes membres soldats`,
		Heat:    `temperature temperatures degres`,
		Day:     `jour date`,
		InYear:  `annee date`,
		Century: `siecle`,
	})
	// measureOf gives what the words behind a number, or a number in letters, count.
	measureOf = measures(map[Measure]string{
		Share:   `% ‰ pourcent pourcents tiers quart moitie`,
		Money:   `euro euros € dollar dollars $ franc francs livre livres £ yen yens ¥`,
		Length:  `m km cm mm metre metres kilometre kilometres centimetre centimetres`,
		Area:    `km2 m2 ha hectare hectares carres`,
		Mass:    `kg g mg tonne tonnes gramme grammes kilogramme kilogrammes kilo kilos`,
		People:  `habitant habitants ames personnes hommes femmes membres soldats`,
		Heat:    `degre degres °`,
		Century: `siecle siecles`,
	})
)

func measures(lists map[Measure]string) map[string]Measure {
	of := map[string]Measure{}
	for m, words := range lists {
		for w := range strings.FieldsSeq(words) {
			of[w] |= m
		}
	}
	return of
}

// MeasureOf returns what a word behind a number says that the number counts.
func MeasureOf(term string) Measure { return measureOf[term] }

// measure returns what the number or date that a question asks for counts, where it says.
func (q *Query) measure() (m Measure) {
	for _, t := range q.Tokens {
		m |= measureAsked[t.Term]
	}
	for _, t := range q.Terms {
		for _, f := range t.Forms {
			m |= measureAsked[f]
		}
	}
	switch q.Kind {
	case Quantity:
		return m &^ ofDates
	case Date:
		return m & ofDates
	}
	return 0
}
