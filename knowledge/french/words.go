package french

import "strings"

// The closed classes of French, folded, as any grammar lists them; and the words that announce a cause, a
// definition or somebody's words. They are written by hand, and none grows with a text.
const (
	articles     = `le la les l un une des du de d au aux`
	demonstrates = `ce cet cette ces ceci cela ca c celui celle ceux celles`
	possessives  = `mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs`
	personal     = `je j me m moi tu te t toi il elle on se s soi nous vous ils elles eux lui y en`
	relatives    = `qui que qu quoi dont ou lequel laquelle lesquels lesquelles auquel auxquels auxquelles duquel desquels desquelles`
	questions    = `quel quelle quels quelles quand comment pourquoi combien`
	prepositions = `a dans par pour sans sous sur vers chez avec contre entre parmi depuis pendant avant apres
		selon malgre envers des lors afin jusque jusqu hors outre via`
	// Those that are articles too, and the words that the compound ones are made with: « au cours de », « grâce à ».
	compounds    = `de d du des au aux en durant cours grace suite`
	conjunctions = `et ni mais or donc car si comme lorsque lorsqu puisque puisqu quoique quoiqu parce tandis
		alors ainsi aussi`
	adverbs = `ne n pas plus tres bien deja encore non oui meme tout tous toute toutes autre autres peu trop
		tel telle tels telles quelque quelques quelqu aucun aucune chaque certain certains certaine certaines plusieurs`
	auxiliaries = `suis es est sommes etes sont etais etait etions etiez etaient fus fut furent fumes futes
		serai seras sera serons serez seront serais serait serions seriez seraient sois soit soyons soyez soient
		fusse fut fussent etre etant ete
		ai as avons avez ont avais avait avions aviez avaient eus eut eurent eumes aurai auras aura aurons aurez
		auront aurais aurait aurions auriez auraient aie aies ait ayons ayez aient avoir ayant eu eue eus eues`
	pronouns = `il elle ils elles celui celle ceux celles lui eux cela ceci y leur`

	locatives = `a au aux en dans pres vers sur depuis`
	causals   = `car parce puisque puisqu grace cause causes raison raisons motif afin pour permet permettre
		permettant suite due du dus dues provoque entraine explique consequence effet resultat faute`
	// What a place is told by, but for its name: « dans le nord du pays », « sur la rive gauche ».
	places = `region regions ville villes quartier quartiers pays nord sud ouest centre bord bords cote cotes ile iles
		province provinces vallee vallees montagne montagnes foret forets mer mers rive rives plaine plaines plateau plateaux
		zone zones district districts commune communes village villages rue rues place chateau chateaux eglise eglises palais
		musee musees ecole ecoles universite universites maison maisons hopital hopitaux prison prisons camp camps frontiere
		frontieres littoral banlieue banlieues campagne salle salles batiment batiments site sites territoire territoires
		continent continents capitale departement departements canton cantons port ports gare gares aeroport usine usines
		bureau bureaux siege parc parcs jardin jardins lac lacs fleuve riviere desert ocean monde etage`
	defines = `est sont designe signifie definit definie defini appele appelee appeles nomme nommee denomme
		consiste represente constitue correspond refere reference terme concept notion sens forme type genre
		cest soit nom synonyme ensemble`
	// Of verbs that are nouns as well (« note », « demande »), those that are mostly verbs.
	sayings = `selon dit disait disent declare declarait declarent affirme affirmait affirment explique expliquait expliquent
		ecrit ecrivait ecrivent ajoute ajoutait ajoutent estime estimait estiment pense pensait pensent raconte racontait
		racontent annonce annoncait annoncent confie confiait confient cite citait juge jugeait jugent considere considerait
		considerent croit croyait croient promet promettait promettent promis assure assurait assurent precise precisait
		precisent souligne soulignait soulignent repond repondait repondent repondu rappelle rappelait rappellent rappele
		indique indiquait indiquent reconnait reconnaissait reconnaissent reconnu admet admettait admettent admis avoue
		avouait avouent conteste contestait contestent dement dementait dementent dementi soutient soutenait soutiennent
		soutenu regrette regrettait regrettent deplore deplorait deplorent denonce denoncait denoncent insiste insistait
		insistent resume resumait conclut concluait concluent conclu replique repliquait retorque retorquait commente
		commentait commentent signale signalait previent prevenait prevenu avertit avertissait averti reproche reprochait
		reprochent plaide plaidait plaident recommande recommandait recommandent suggere suggerait suggerent espere
		esperait esperent craint craignait craignent redoute redoutait salue saluait saluent exclame exclamait temoigne
		temoignait temoignent plaisante plaisantait ironise ironisait jure jurait proclame proclamait martele martelait
		pretend pretendait pretendent maintient maintenait nie niait nient interroge interrogeait`
	links = `cependant toutefois neanmoins pourtant ainsi alors donc ensuite puis enfin dailleurs effet outre
		aussi or mais et car egalement neanmoins parallele consequent finalement`

	numerals = `zero deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize
		vingt trente quarante cinquante soixante cent cents mille million millions milliard milliards millier
		milliers centaine centaines dizaine dizaines douzaine douzaines premier premiere second seconde deuxieme
		troisieme moitie tiers quart`
	calendar = `janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi
		mercredi jeudi vendredi samedi dimanche printemps automne hiver hier demain aujourdhui siecle siecles`
	times = `an ans annee annees mois semaine semaines jour jours heure heures minute minutes seconde secondes
		h min s siecle siecles decennie decennies trimestre semestre`
	multiples = `million millions milliard milliards millier milliers `
	units     = moneys + lengths + areas + masses + people + heats + multiples + `pourcent pourcents m3 litre litres kw mw gw
		watt watts volt volts hertz mhz ghz octet octets go mo personne habitant point points fois`
)

// elisions are the words that lose their vowel before another.
var elisions = Words(`l d j m n s t c qu jusqu lorsqu puisqu quoiqu quelqu presqu`)

// accentTells are the function words that are another word with an accent: « né », « sûr », « dû ».
var accentTells = Words(`ne sur du`)

// lexicon gives the classes of the words of the closed lists.
var lexicon = byWord(map[string]Class{
	articles: Function, demonstrates: Function, possessives: Function, personal: Function,
	relatives: Function, questions: Function, prepositions: Function | Preposition, conjunctions: Function,
	adverbs: Function, auxiliaries: Function, pronouns: Pronoun, compounds: Preposition,
	numerals: Number, calendar: Month, units: Unit, times: Unit | Time,
	locatives: Locative, places: Somewhere, causals: Causal, defines: Defining, sayings: Saying, links: Linking,
})

// byWord gives each word of some lists all that it is by them.
func byWord[C ~uint16 | ~uint32](lists map[string]C) map[string]C {
	of := map[string]C{}
	for list, c := range lists {
		for w := range strings.FieldsSeq(list) {
			of[w] |= c
		}
	}
	return of
}

// Words returns the words of a list, parted by white space.
func Words(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}
