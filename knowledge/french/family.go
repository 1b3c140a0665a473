package french

import (
	"strings"
	"sync"
)

// families groups the verbs and nouns that French uses for the same happening: one asks « qui remplace »
// and reads « par intérim ». They are general French, written by hand without a text or a question in
// view but the README's, and measured in docs/retrieval.md. A word may be of several families.
const families = `
	remplacer remplacement remplacant succeder succession successeur interim interimaire releve suppleer
	naitre naissance nait ne nee naquit originaire
	mourir mort morte meurt mourut deces decede decedee tue disparition funerailles
	tuer assassiner assassinat assassin meurtre tue
	epouser mariage marier mari femme epoux epouse noces
	enfant fils fille descendance progeniture
	parent pere mere parents
	diriger direction dirigeant directeur directrice chef patron tete commander commandement mener gouverner
	gouverner gouvernement regner regne pouvoir
	presider president presidente presidence
	pdg directeur patron dirigeant
	fonder fondation fondateur fondatrice creer creation createur cofondateur etablir
	inventer invention inventeur createur concevoir concepteur
	decouvrir decouverte decouvreur
	construire construction batir edifier eriger constructeur
	detruire destruction demolir demolition ravager raser
	acheter achat acquerir acquisition acquis acquise racheter rachat acquereur
	vendre vente vendeur ceder cession
	payer paiement verser versement regler debourser montant somme prix
	couter cout prix tarif valeur
	valoir valeur valoriser valorisation evaluer estimer
	investir investissement investisseur placement
	financer financement fonds subvention
	depenser depense budget
	gagner gain salaire remuneration revenu
	vaincre victoire vainqueur remporter gagner triomphe battre
	perdre perte defaite
	recruter recrutement embaucher embauche engager
	employer employe salarie personnel effectif effectifs travailleur ouvrier
	travailler travail emploi metier profession
	quitter depart partir demission demissionner abandonner
	rejoindre adherer integrer entrer
	nommer nomination designer designation elire election
	elire election vote electeur scrutin
	habiter habitant vivre resider residence domicile
	situer trouver localiser implanter
	peupler population habitant peuple
	mesurer mesure taille hauteur longueur dimension
	peser poids masse
	durer duree pendant
	commencer commencement debut debuter demarrer lancer lancement
	finir fin terminer achever achevement
	annoncer annonce declarer declaration
	dire declarer affirmer expliquer ecrire
	penser avis opinion croire estimer juger
	choisir choix decider decision
	devenir changer transformer transformation
	augmenter augmentation hausse croitre croissance accroitre
	baisser baisse diminuer diminution reduire reduction recul
	produire production producteur fabriquer fabrication
	utiliser utilisation usage servir employer
	enseigner enseignement professeur enseignant ecole
	etudier etudes etudiant universite ecole diplome formation
	ecrire ecriture auteur ecrivain rediger redaction
	publier publication paraitre parution editer edition
	peindre peinture peintre tableau toile
	jouer jeu joueur interpreter role acteur actrice
	realiser realisation realisateur
	composer composition compositeur
	attaquer attaque assaut offensive envahir invasion
	combattre combat bataille guerre
	conquerir conquete prise prendre emparer capturer capture
	signer signature traite accord
	permettre permission autoriser autorisation
	interdire interdiction prohiber
	proteger protection defendre defense
	causer cause provoquer raison origine entrainer
	aider aide soutenir soutien
	croire croyance religion foi
	nourrir nourriture aliment alimentation manger
	voyager voyage traverser
	influencer influence inspirer inspiration
	surnommer surnom appeler nom
	ressembler ressemblance similaire semblable
	concurrent concurrence rival adversaire competiteur
	ennemi adversaire
	ami allie alliance
	symbole symboliser emblème representer
`

// Family returns the stems of the words that French uses for what the word of this stem says, itself
// among them; none when it is of no family.
func Family(stem string) []string { return familyOf()[stem] }

// Warm reads the families and the English words, which take the first question that needs them a millisecond otherwise.
func Warm() {
	familyOf()
	bilingual()
}

var familyOf = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for line := range strings.SplitSeq(strings.TrimSpace(families), "\n") {
		var stems []string
		for w := range strings.FieldsSeq(Fold(line)) {
			stems = append(stems, Stem(w))
		}
		for _, s := range stems {
			m[s] = append(m[s], stems...)
		}
	}
	return m
})
