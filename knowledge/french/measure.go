package french

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

// The words that both a question counts in and a number is followed by. All lists are written by hand, of general French.
const (
	shares = `% pourcent tiers quart moitie `
	moneys = `euro euros € dollar dollars $ franc francs livre livres £ yen yens ¥ `
	people = `habitants personnes hommes femmes membres soldats `
)

// The words that a number is followed by.
const (
	lengths = `m km cm mm metre metres kilometre kilometres centimetre centimetres `
	areas   = `km2 m2 ha hectare hectares carres `
	masses  = `kg g mg tonne tonnes gramme grammes kilogramme kilogrammes kilo kilos `
	heats   = `degre degres ° `
)

var (
	// measureAsked gives what the words of a question ask to be counted.
	measureAsked = byWord(map[string]Measure{
		shares + `pourcentage part proportion taux fraction`: Share,
		moneys + `cout prix budget montant somme salaire valeur coute coutent coutait couter paye payee payer depense depenses
			depenser vendu vendue investi investit investissement fortune benefice benefices revenu revenus recettes tarif dette
			capital financement`: Money,
		`distance hauteur altitude longueur largeur profondeur diametre taille mesure haut haute long longue metres
			kilometres km`: Length,
		`superficie surface etendue hectares`:                     Area,
		`poids masse pese pesait pesent tonnes kilos kilogrammes`: Mass,
		people + `population effectif effectifs`:                  People,
		`temperature temperatures degres`:                         Heat,
		`jour`:                                                    Day,
		`annee`:                                                   InYear,
		`date`:                                                    Day | InYear,
		`siecle`:                                                  Century,
	})
	// measureOf gives what the words behind a number, or a number in letters, count.
	measureOf = byWord(map[string]Measure{
		shares + `‰ pourcents`:   Share,
		moneys:                   Money,
		lengths:                  Length,
		areas:                    Area,
		masses:                   Mass,
		people + `habitant ames`: People,
		heats:                    Heat,
		`siecle siecles`:         Century,
	})
)

// MeasureOf returns what a word behind a number says that the number counts.
func MeasureOf(term string) Measure { return measureOf[term] }

// measure returns what the number or date that a question asks for counts, where it says.
func (q *Query) measure() (m Measure) {
	var fits Measure // the kind of the question
	switch q.Kind {
	case Quantity:
		fits = ^ofDates
	case Date:
		fits = ofDates
	default:
		return 0
	}
	for _, t := range q.Tokens {
		m |= measureAsked[t.Term]
	}
	for _, t := range q.Terms {
		for _, f := range t.Forms {
			m |= measureAsked[f]
		}
	}
	return m & fits
}
