package french

import "strings"

// englishFunction are the words of English that ask or bind and name nothing. None of them is looked
// for in a French article.
var englishFunction = Words(`the a an of in on at to for from by with about into over after before between as than
	and or but if is are was were be been being am do does did has have had will would can could shall should may
	might must it its he she they them his her their this that these those there here who whom whose what which
	when where why how many much long old not no s t i you we my your our me us please tell any some`)

// isEnglish reports whether a question is in English: it holds more English function words than French ones.
func isEnglish(tokens []Token) bool {
	en, fr := 0, 0
	for _, t := range tokens {
		if englishOnly[t.Term] {
			en++
		} else if t.Has(Function) && !englishFunction[t.Term] {
			fr++
		}
	}
	return en > fr
}

// englishOnly are the words of englishFunction that no French question holds.
var englishOnly = Words(`the of in at to for from by with into is are was were be been do does did has have had will
	would can could it its he she they them his her their this that these those there who whom whose what which
	when where why how many much old not and you my your`)

// bilingual gives the French of common English nouns, verbs and adjectives that articles of any subject are
// asked with, each with its usual translations, folded. It is written by hand; the thesaurus knows more.
var bilingual = parseBilingual(`
	able: capable
	accept: accepter accepte
	accident: accident
	achieve: atteindre realiser
	acquire: acquerir acquis acquise acquisition racheter
	acquisition: acquisition rachat achat
	actor: acteur
	actress: actrice
	add: ajouter ajoute
	age: age ans
	agreement: accord contrat
	aim: but objectif vise
	amount: montant somme
	animal: animal animaux
	announce: annoncer annonce annonça
	answer: repondre reponse
	appoint: nommer nomme
	area: superficie surface zone region
	army: armee
	arrive: arriver arrive
	artificial: artificielle artificiel
	attack: attaque attaquer
	author: auteur
	award: prix recompense
	battle: bataille
	become: devenir devient devenu devenue
	became: devient devenu devenue
	begin: commencer commence debut
	believe: croire croit
	big: grand grande gros grosse
	biggest: plus grand grande gros grosse
	billion: milliard milliards
	birth: naissance
	board: conseil
	body: corps
	book: livre ouvrage
	born: ne nee naissance nait
	bought: achete acheter achat acquis rachete
	brother: frere
	budget: budget
	build: construire construit construction
	built: construit construite construction
	business: entreprise affaires
	buy: acheter achete achat acquerir rachat
	call: appeler appele
	called: appele appelee nomme
	capital: capitale
	car: voiture automobile
	career: carriere
	cause: cause causer
	center: centre
	century: siecle
	ceo: pdg directeur general president
	chairman: president
	change: changer changement
	chief: chef directeur
	child: enfant
	children: enfants
	choose: choisir choisi
	church: eglise
	citizen: citoyen
	city: ville
	color: couleur
	come: venir vient
	company: entreprise societe compagnie
	compare: comparer
	competitor: concurrent concurrents
	composer: compositeur
	contain: contenir contient
	contract: contrat accord
	cost: cout couter coute prix
	country: pays
	create: creer cree creation
	created: cree creee creation
	daughter: fille
	day: jour journee
	deal: accord contrat
	death: mort deces
	decide: decider decision
	decision: decision
	define: definir definition
	definition: definition
	die: mourir mort meurt decede
	died: mort meurt decede mourut
	director: directeur realisateur
	discover: decouvrir decouvert decouverte
	dollar: dollar dollars
	earn: gagner gagne
	earth: terre
	education: education etudes
	emperor: empereur
	employee: employe employes salarie salaries
	employees: employes salaries
	end: fin finir termine
	enemy: ennemi
	energy: energie
	engine: moteur
	event: evenement
	explain: expliquer explique
	family: famille
	famous: celebre
	father: pere
	female: femme femelle
	film: film
	find: trouver trouve
	fire: feu incendie
	first: premier premiere
	fish: poisson
	food: nourriture aliment
	found: fonder fonde trouver
	founded: fonde fondee fondation cree
	founder: fondateur fondatrice cofondateur
	friend: ami
	fund: fonds financer
	future: avenir futur
	game: jeu match
	give: donner donne
	goal: but objectif
	god: dieu
	government: gouvernement
	group: groupe
	grow: croitre croissance
	head: tete chef dirige
	health: sante
	height: hauteur taille
	help: aider aide
	high: haut haute eleve
	hire: recruter recrute embaucher embauche
	hired: recrute embauche
	history: histoire
	home: maison
	hour: heure
	house: maison
	human: humain humaine
	husband: mari epoux
	idea: idee
	important: important importante
	income: revenu
	increase: augmenter augmentation hausse
	industry: industrie
	inhabitant: habitant habitants
	intelligence: intelligence
	interim: interim interimaire
	invent: inventer invention invente
	invest: investir investi investissement investit
	invested: investi investissement investit
	investment: investissement
	island: ile
	join: rejoindre rejoint rejoindra
	kill: tuer tue
	king: roi
	know: connaitre connu savoir
	known: connu connue
	land: terre
	language: langue
	large: grand grande
	largest: plus grand grande
	law: loi droit
	lead: diriger dirige mene
	leader: chef dirigeant
	leave: quitter quitte partir depart
	left: quitte depart parti
	letter: lettre
	life: vie
	live: vivre vit habite
	locate: situer situe
	located: situe situee
	lose: perdre perdu
	love: amour aimer
	machine: machine
	main: principal principale
	make: faire fait fabriquer
	male: homme male
	man: homme
	manager: directeur responsable
	market: marche
	marry: epouser epouse mariage
	married: epouse marie mariage
	mean: signifie signifier
	meaning: sens signification
	member: membre
	men: hommes
	million: million millions
	minister: ministre
	money: argent
	month: mois
	mother: mere
	mountain: montagne
	move: deplacer mouvement
	movie: film
	music: musique
	name: nom
	nationality: nationalite
	nature: nature
	need: besoin
	new: nouveau nouvelle nouvel
	newspaper: journal
	north: nord
	number: nombre numero
	offer: offrir offre propose
	office: bureau poste
	open: ouvrir ouvert
	origin: origine
	own: posseder possede
	owner: proprietaire
	painter: peintre
	painting: peinture tableau
	paper: journal papier
	partner: partenaire
	partnership: partenariat
	party: parti
	pay: payer paye paie
	paid: paye verse
	peace: paix
	people: personnes gens peuple
	percent: pourcent %
	percentage: pourcentage %
	person: personne
	place: lieu endroit
	plan: plan projet prevoit
	planet: planete
	plant: plante
	play: jouer joue
	player: joueur
	poet: poete
	population: population habitants
	position: poste position
	power: pouvoir puissance
	president: president
	price: prix
	prize: prix
	produce: produire produit production
	product: produit
	proceeds: produit
	professor: professeur
	project: projet
	provide: fournir fournit
	publish: publier publie
	published: publie publiee publication
	purchase: achat acquisition acheter
	purpose: but objectif
	queen: reine
	reason: raison cause
	recruit: recruter recrute
	region: region
	religion: religion
	replace: remplacer remplace succeder
	replaces: remplace succede
	report: rapport
	research: recherche
	result: resultat
	revenue: chiffre revenu
	rival: rival rivaux concurrent
	river: fleuve riviere
	role: role
	rule: regle regner
	salary: salaire
	say: dire dit declare
	school: ecole
	science: science
	scientist: scientifique savant
	score: score
	sea: mer
	second: deuxieme second seconde
	sell: vendre vendu vente
	serve: servir sert
	share: part action partager
	shareholder: actionnaire actionnaires
	shareholders: actionnaires
	ship: navire bateau
	sister: soeur
	size: taille
	soldier: soldat
	son: fils
	song: chanson
	source: source
	south: sud
	species: espece
	speed: vitesse
	spend: depenser depense
	stake: participation part
	star: etoile
	start: commencer debut commence
	state: etat
	step: etape
	stop: arreter arret
	strategy: strategie
	street: rue
	student: etudiant eleve
	study: etude etudier
	succeed: succeder reussir
	success: succes
	successor: successeur
	sun: soleil
	surface: surface superficie
	system: systeme
	take: prendre pris
	teacher: professeur enseignant
	team: equipe
	temperature: temperature
	territory: territoire
	think: penser pense
	time: temps fois
	title: titre
	town: ville
	trade: commerce
	train: train former entrainer
	training: formation entrainement
	treaty: traite
	tree: arbre
	type: type genre
	university: universite
	use: utiliser utilise usage
	used: utilise utilisee
	valuation: valorisation valeur
	value: valeur valoriser valorise
	valued: valorise evalue
	victory: victoire
	village: village
	visit: visiter visite
	vote: vote voter
	voting: vote
	war: guerre
	water: eau
	weapon: arme
	weight: poids
	west: ouest
	wife: femme epouse
	win: gagner gagne victoire
	winner: vainqueur
	woman: femme
	women: femmes
	won: gagne remporte
	word: mot
	work: travailler travail oeuvre
	worker: travailleur ouvrier employe
	world: monde
	write: ecrire ecrit
	writer: ecrivain
	written: ecrit ecrite
	year: annee an
	young: jeune
`)

func parseBilingual(table string) map[string][]string {
	m := map[string][]string{}
	for line := range strings.SplitSeq(strings.TrimSpace(table), "\n") {
		word, french, _ := strings.Cut(strings.TrimSpace(line), ": ")
		m[word] = strings.Fields(french)
	}
	return m
}
