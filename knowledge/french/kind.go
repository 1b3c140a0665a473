package french

import (
	"slices"
	"strings"
)

// A Kind says what kind of answer a question wants.
type Kind int

// The kinds of question.
const (
	Keywords   Kind = iota // no question, words to find: « budget IA Meta »
	Thing                  // something else than below: « que produit », « à quoi sert »
	Which                  // one of what a noun names: « quelle université »
	List                   // several: « quels sont », « quelles entreprises »
	Person                 // « qui »
	Name                   // « comment s’appelle », « quel est le nom »
	Quantity               // « combien », « quel prix »
	Age                    // « quel âge »
	Date                   // « quand », « en quelle année »
	Duration               // « combien de temps »
	Place                  // « où », « dans quelle ville »
	Cause                  // « pourquoi »
	Manner                 // « comment »
	Definition             // « qu’est-ce que la superintelligence »
	Quotation              // « qu’a déclaré »
	YesNo                  // « est-ce que », « existe-t-il »
	Kinds                  // how many kinds there are
)

var kindNames = [Kinds]string{"keywords", "thing", "which", "list", "person", "name", "quantity", "age", "date",
	"duration", "place", "cause", "manner", "definition", "quotation", "yesno"}

// String returns the kind's name in English, for logs and measurements.
func (k Kind) String() string { return kindNames[k] }

// A kindRule recognises a kind by a run of words.
type kindRule struct {
	words string // parted by spaces; each word is alternatives parted by |
	kind  Kind
	later string // words, parted by |, of which one stands further on: « say » in « what did he say »; "" asks for none
	noun  bool   // the noun that follows is what is asked for
	keeps bool   // the words are searched for too
	last  int    // how many words follow at most; 0 sets no limit

	length int // number of words
	alts   []map[string]bool
	after  map[string]bool // the words of later
}

// Nouns that say what a « quel » asks for.
const (
	dateNouns     = `annee|annees|date|dates|jour|jours|mois|siecle|epoque|periode|moment|heure|decennie|saison`
	quantityNouns = `nombre|montant|prix|cout|taux|pourcentage|part|superficie|surface|population|distance|hauteur|
		altitude|longueur|largeur|profondeur|poids|masse|temperature|vitesse|budget|salaire|taille|quantite|proportion|
		capacite|puissance|valeur|diametre|volume|densite|score|chiffre|somme|effectif|debit|frequence|note|rang`
	placeNouns  = `ville|pays|region|endroit|lieu|continent|village|quartier|commune|departement|etat|capitale|ile|rue|province|site`
	personNouns = `personne|personnes|homme|femme|auteur|roi|reine|president|acteur|actrice|joueur|ecrivain|
		scientifique|philosophe|empereur|general|ministre|artiste|chanteur|directeur|fondateur|realisateur|personnalite`
	causeNouns  = `raison|raisons|cause|causes|motif|motifs|but|objectif`
	mannerNouns = `maniere|facon|moyen|methode`
	nameNouns   = `nom|prenom|surnom|titre|pseudonyme|nationalite`
	said        = `dit|declare|affirme|ecrit|pense|repondu|annonce|explique|ajoute|estime|raconte|assure|promis|admis|reconnu|
		conclu|rappele|souligne|precise|indique|confie|denonce|regrette`
	says = `dit|pense|declare|affirme|repond|explique|estime|annonce|assure|promet|raconte|ecrit|croit|disent|pensent|
		declarent|affirment|repondent|expliquent|estiment|annoncent|promettent|ecrivent|croient`
	wh = `quel|quelle|quels|quelles`
	be = `est|etait|sont|etaient|fut|furent|sera|seront|serait`
)

// What English asks for by « what » and « which ».
const (
	which  = `what|which `
	whatIs = `what is|s|are|was|were the `

	dateThings     = `year|date|day|month|century|time|period|era|decade|season`
	durations      = `years|months|weeks|days|hours|minutes|time`
	quantityThings = `number|amount|price|cost|rate|percentage|share|proportion|area|population|distance|height|length|width|
		depth|weight|temperature|speed|budget|salary|size|capacity|value|score|sum|frequency|rank`
	placeThings  = `city|town|country|region|place|continent|village|district|state|capital|island|street|province|site`
	personThings = `person|man|woman|author|king|queen|president|actor|actress|player|writer|scientist|philosopher|emperor|general|
		minister|artist|singer|director|founder`
	causeThings    = `reason|reasons|cause|causes|purpose|goal|aim`
	englishSayings = `say|says|said|think|thinks|thought|declare|declared|announce|announced|write|claim|claimed|reply|answer|explain`
)

// kindRules gives, by their first word, the rules that are tried in order at each token, the leftmost match of a question
// deciding. The longer and surer come first.
var kindRules = compile([]kindRule{
	{words: wh + " age", kind: Age},
	{words: "how old", kind: Age},
	{words: "what age", kind: Age},
	{words: "combien de|d temps|annees|ans|jours|mois|semaines|heures|minutes", kind: Duration},
	{words: wh + " " + be + " la duree", kind: Duration},
	{words: wh + " duree", kind: Duration},
	{words: "how long ago", kind: Date},
	{words: "how long", kind: Duration},
	{words: "how many|much " + durations, kind: Duration},
	{words: "combien de|d", kind: Quantity, noun: true},
	{words: "combien", kind: Quantity},
	{words: "how many", kind: Quantity, noun: true},
	{words: "how much", kind: Quantity},
	{words: "how big|far|high|tall|large|fast|heavy", kind: Quantity},
	{words: "quand", kind: Date},
	{words: "when", kind: Date},
	{words: which + dateThings, kind: Date},
	{words: "what is|s|was the " + dateThings, kind: Date},
	{words: which + quantityThings, kind: Quantity, noun: true, keeps: true},
	{words: whatIs + quantityThings, kind: Quantity, noun: true, keeps: true},
	{words: which + causeThings, kind: Cause},
	{words: whatIs + causeThings, kind: Cause},
	{words: which + placeThings, kind: Place, noun: true, keeps: true},
	{words: whatIs + placeThings, kind: Place, noun: true, keeps: true},
	{words: which + personThings, kind: Person, noun: true, keeps: true},
	{words: whatIs + "name|names|title|nickname", kind: Name},
	{words: wh + " " + be + " la|le|l|les " + dateNouns, kind: Date},
	{words: wh + " " + dateNouns, kind: Date},
	{words: wh + " " + be + " la|le|l|les|son|sa|leur " + quantityNouns, kind: Quantity, noun: true, keeps: true},
	{words: wh + " " + quantityNouns, kind: Quantity, noun: true, keeps: true},
	{words: wh + " " + be + " la|le|l|les " + causeNouns, kind: Cause},
	{words: wh + " " + causeNouns, kind: Cause},
	{words: wh + " " + mannerNouns, kind: Manner},
	{words: wh + " " + be + " le|son|leur|les " + nameNouns, kind: Name},
	{words: wh + " " + nameNouns, kind: Name},
	{words: wh + " " + be + " la|le|l|les " + placeNouns, kind: Place, noun: true, keeps: true},
	{words: wh + " " + placeNouns, kind: Place, noun: true, keeps: true},
	{words: wh + " " + be + " la|le|l " + personNouns, kind: Person, noun: true, keeps: true},
	{words: wh + " " + personNouns, kind: Person, noun: true, keeps: true},
	{words: "quels|quelles sont|etaient|furent", kind: List, noun: true},
	{words: "quels|quelles", kind: List, noun: true},
	{words: "quel|quelle " + be, kind: Which, noun: true},
	{words: "quel|quelle", kind: Which, noun: true},
	{words: "comment s|se appelle|appelait|nomme|nommait|intitule", kind: Name},
	{words: "comment appelle|nomme", kind: Name},
	{words: "pourquoi", kind: Cause},
	{words: "why", kind: Cause},
	{words: "comment", kind: Manner},
	{words: "how come", kind: Cause},
	{words: "how", kind: Manner},
	{words: "ou est|se|sont|etait|a|ont|etaient|peut|va|vit|trouve|habite|fut|nait|vivent|vivait", kind: Place},
	{words: "d|vers|par ou", kind: Place},
	{words: "ou", kind: Place}, // at the start; elsewhere it is « or »
	{words: "where", kind: Place},
	{words: "qu|que est ce que c|ce est", kind: Definition},
	{words: "qu|que est ce qu|que un|une|le|la|l|les", kind: Definition},
	{words: "ce|c est quoi", kind: Definition},
	{words: "what is|s|are|was|were a|an", kind: Definition},
	{words: "what does|do", later: "mean", kind: Definition},
	{words: "what is meant by", kind: Definition},
	{words: "what do|does|did|has|have|had", later: englishSayings, kind: Quotation},
	{words: "what do|does|did|has|have|had", kind: Thing},
	{words: "what are|were the", kind: List, noun: true},
	{words: "what is|s|was the", kind: Which, noun: true},
	{words: "what is|s|are", last: 2, kind: Definition},
	{words: "what are|were", kind: List, noun: true},
	{words: "what is|s|was", kind: Which, noun: true},
	{words: "que|qu signifie|designe|represente", kind: Definition},
	{words: "que|qu veut dire", kind: Definition},
	{words: "definition|definir|definis de|d|du", kind: Definition},
	{words: "definition|definir|definis", kind: Definition},
	{words: "signification", kind: Definition},
	{words: "qu|que est ce qu|que", kind: Thing},
	{words: "qu|que est ce qui", kind: Thing},
	{words: "qui est ce qui", kind: Person},
	{words: "qu|que a t il|elle|on " + said, kind: Quotation, keeps: true},
	{words: "qu|que ont|avait|avaient il|elle|on|ils|elles " + said, kind: Quotation, keeps: true},
	{words: "qu|que a|ont|avait|avaient " + said, kind: Quotation, keeps: true},
	{words: "que|qu " + says, kind: Quotation, keeps: true},
	{words: "qui", kind: Person},
	{words: "who|whom|whose", kind: Person},
	{words: "lequel|laquelle|lesquels|lesquelles", kind: Which},
	{words: "which", kind: Which, noun: true},
	{words: "what", kind: Thing, noun: true},
	{words: "quoi", kind: Thing},
	{words: "que|qu", kind: Thing},
	{words: "est ce que|qu", kind: YesNo},
})

func compile(rules []kindRule) map[string][]kindRule {
	byFirst := map[string][]kindRule{}
	for _, r := range rules {
		for w := range strings.FieldsSeq(strings.ReplaceAll(r.words, "|\n\t\t", "|")) {
			r.alts = append(r.alts, alternatives(w))
		}
		r.length = len(r.alts)
		if r.later != "" {
			r.after = alternatives(r.later)
		}
		for first := range r.alts[0] {
			byFirst[first] = append(byFirst[first], r)
		}
	}
	return byFirst
}

func alternatives(words string) map[string]bool { return Words(strings.ReplaceAll(words, "|", " ")) }

// match returns the rule that says what a question wants, and the token that it begins at. A
// question that no rule knows is a yes-or-no one when its verb comes before its pronoun, and words to
// find otherwise.
func match(tokens []Token) (kindRule, int) {
	for at, t := range tokens {
		for _, r := range kindRules[t.Term] {
			if r.matches(tokens, at) {
				return r, at
			}
		}
	}
	for i, t := range tokens {
		if t.Has(Joined) && inverted[t.Term] || i == 0 && english0[t.Term] {
			return kindRule{kind: YesNo}, 0
		}
	}
	return kindRule{kind: Keywords}, 0
}

func (r kindRule) matches(tokens []Token, at int) bool {
	if at+r.length > len(tokens) || r.kind == YesNo && at > 0 {
		return false
	}
	rest := tokens[at+r.length:]
	if r.last > 0 && len(rest) > r.last || r.after != nil && !slices.ContainsFunc(rest, func(t Token) bool { return r.after[t.Term] }) {
		return false
	}
	for j, alts := range r.alts {
		if !alts[tokens[at+j].Term] {
			return false
		}
	}
	// « que » and « ou » without its accent ask at the start or after a preposition; elsewhere they join.
	first := tokens[at].Term
	return at == 0 || first != "que" && first != "qu" && first != "ou" || tokens[at].Has(Locative) || tokens[at-1].Has(Locative)
}

// inverted are the pronouns that come after the verb of a question: « existe-t-il »; english0, the
// words that begin a question answered by yes or no in English.
var (
	inverted = Words(`t il elle on ils elles tu vous nous je ce`)
	english0 = Words(`is are was were did does do has have had can could will would should`)
)
