package bot

// inFrench is what members read whose Discord is in French. Its spaces before ; : ! ? and inside « »
// are no-break ones (U+00A0, U+202F), and its apostrophes ’.
var inFrench = &catalogue{
	ask:         label{"demander", "Pose une question : la réponse est citée mot pour mot"},
	askQuestion: label{"question", "Votre question, en français"},
	askArticle:  label{"article", "L’article à interroger (tous, si vous n’en choisissez pas)"},
	askPrivate:  label{"prive", "La réponse n’est visible que par vous"},
	help:        label{"aide", "Ce que je sais faire, ce que je connais, ce que je retiens"},

	sure:       "Réponse sûre",
	likely:     "Réponse probable",
	unsure:     "Réponse incertaine",
	placeOne:   "§ %d, phrase %d",
	placeTwo:   "§ %d, phrases %d et %d",
	placeRange: "§ %d, phrases %d à %d",
	tooLong:    "La phrase qui répond (%s) compte %s signes : elle ne tient pas dans un message Discord, et je ne coupe pas une citation.",
	source:     "Lire la source",

	noQuestion:    "Il me manque une question : écrivez-la après `/demander`.",
	noTerms:       "Je ne trouve aucun mot à chercher dans cette question. Essayez avec un nom, un lieu ou un chiffre.",
	foreign:       "Cette question porte sur autre chose que l’article « %s ».",
	foreignAll:    "Cette question porte sur autre chose que les articles que je connais.",
	unanswered:    "L’article « %s » ne répond pas à cette question, bien qu’il touche à son sujet.",
	unansweredAll: "Aucun article que je connais ne répond à cette question, bien que son sujet y soit abordé.",
	noArticle:     "Je ne connais aucun article nommé « %s ».",
	knownArticles: "Je connais : %s.",

	helpAsk:          "### Ce que je fais\nPosez une question avec `/demander` : je réponds en citant, mot pour mot, la phrase d’un article, et je dis où elle se trouve. Quand aucune phrase ne répond, je le dis.",
	helpMarks:        "Dans une citation, les mots de votre question sont **en gras**, ceux qui répondent __**en gras et soulignés**__.",
	helpKnows:        "### Ce que je connais",
	helpArticle:      "%s (%d §)",
	helpArticleDated: "%s (%d §, %s)",
	helpMore:         "… et %s autres",
	helpStores:       "### Ce que je retiens\nNi votre question, ni qui l’a posée.",

	unknown:   "Je ne connais pas cette commande. Elle vient peut-être d’une autre version de moi : réessayez dans une heure, ou tapez `/aide`.",
	malformed: "Discord m’a envoyé une demande que je ne sais pas lire. Réessayez.",
	failed:    "Une erreur de mon côté m’empêche de répondre. Elle est notée ; vous n’y êtes pour rien. Réessayez.",
	tooSlow:   "La réponse a pris trop de temps. Réessayez dans un instant.",

	invite:    "Posez une question sur « %s ». Ctrl-D pour finir.",
	inviteAll: "Posez une question sur les articles. Ctrl-D pour finir.",
	nearest:   "Ce qui s’en approche le plus :",

	and:          " et ",
	thousands:    "\u202f",
	dayFirst:     "%s %s %d",
	firstOfMonth: "er",
	months: [12]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
		"septembre", "octobre", "novembre", "décembre"},
}
