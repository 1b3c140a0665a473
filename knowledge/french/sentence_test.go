package french

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// sentenceCases part their sentences with a bar.
var sentenceCases = []struct{ name, text string }{
	{"two", "Il part. | Elle reste."},
	{"no stop at the end", "Il part. | Elle reste"},
	{"exclamation and question", "Vraiment ?! | Oui ! | Bien."},
	{"titles", "M. Dupont et Mme Curie ont vu le Dr House. | Mgr X. Martin aussi."},
	{"before Christ", "Rome est fondée en 753 av. J.-C. selon Varron. | Elle grandit."},
	{"before Christ ends the sentence", "Rome est fondée en 753 av. J.-C. | Elle grandit."},
	{"references", "Voir p. 12 et fig. 3, n° 4, vol. II. | Fin."},
	{"etc. goes on", "Des pommes, etc. et des poires. | Fin."},
	{"etc. ends", "Des pommes, des poires, etc. | Les prix montent."},
	{"initials", "John F. Kennedy et J. R. R. Tolkien. | Fin."},
	{"a letter that is no initial", "Il manque de vitamine C. | Le scorbut menace."},
	{"acronym with dots", "L’U.R.S.S. était vaste. | Elle tomba."},
	{"acronym with dots ends", "Il vécut en U.R.S.S. | Il revint."},
	{"decimals", "Cela vaut 14,3 milliards, soit 14.3 md. | Fin."},
	{"thousands", "Il y a 20\u202f000 élèves et 1.250.000 livres. | Fin."},
	{"year at the end", "Il naît en 1802. | Il meurt en 1885."},
	{"number begins a sentence", "Ils étaient nombreux. | 300 sont morts."},
	{"quotation over two sentences", "« Les occasions ont un coût. | Ce coût est mon départ », a-t-il écrit. | Fin."},
	{"stop inside guillemets", "« C’était un moment unique. » | Wang a ajouté ceci."},
	{"stop after guillemets", "Il dit « oui ». | Elle dit non."},
	{"question inside, verb after", "« Où ? » demanda-t-il. | « Là ! » | Il partit."},
	{"straight quotes", "Il dit \"non.\" | Elle part."},
	{"narrow spaces", "«\u202fVraiment\u202f?\u202f» | Oui\u202f!"},
	{"ellipsis goes on", "Il hésite… puis part. | Fin."},
	{"ellipsis ends", "Il hésite... | Elle part… | Fin."},
	{"brackets", "Il part (voir p. 3. Ibid.) demain. | Elle reste."},
	{"a sentence in brackets", "Il part. | (Elle reste. | Il pleut.) | Fin."},
	{"bracket that never closes", "Il part (demain. | Elle reste."},
	{"address", "Lire https://exemple.org/a.b?c=1. | Fin."},
	{"file name", "Le site exemple.com grandit. | Fin."},
	{"dialogue", "— Tu viens ? | — Non. | — Pourquoi ?"},
	{"capital without accent", "Il part. | A Paris, il pleut. | Etre ou ne pas être ?"},
	{"typographic apostrophes", "L’été arrive. | L'hiver part."},
	{"decomposed accents", "L’e\u0301te\u0301 arrive. | E\u0301tienne part."},
	{"inversion", "Que dit-il ? | A-t-elle raison ?"},
	{"list", "Il faut :\n| - du pain\n| - du vin.\n| Fin"},
	{"numbered list", "1. Introduction générale\n| 2. Méthode"},
	{"heading", "Une vie brève\n| Il naît en 1802."},
	{"hard wrap", "Il naît en 1802 dans une ville de l’est de la France, d’un père militaire, et passe\nson enfance à Paris."},
	{"hard wrap before a name", "Le nouveau bâtiment a été dessiné à partir de 2019 par l’architecte\nJeanne Morel, lauréate de plusieurs prix, et il a été payé par la ville\nde Clamecy."},
	{"hard wrap after a stop", "Le musée du canal a rouvert ses portes samedi après deux ans de travaux.\n| Le nouveau bâtiment a été dessiné à partir de 2019 par l’architecte\nJeanne Morel."},
	{"heading above a wrapped text", "Horaires d’été\n| Le musée du canal ouvre ses portes tous les jours de dix heures à midi\nsauf le lundi."},
	{"a full heading", "Règlement intérieur de la médiathèque municipale de Clamecy-sur-Yonne\n| Le prêt est gratuit pour les enfants et les étudiants\nde la commune."},
	{"metres", "La plage est à 200 m. | La gare est à 300\u00a0m. | Le trou fait 5 mm. | M. Petit le voit."},
	{"short words", "Le Tour arrive au sommet du col. | Les coureurs y passent à 15 h. | Il aime la BD. | Elle admire son prof. | Les élèves aussi."},
	{"a list of long lines", "Lundi de neuf heures à midi et de quatorze heures à dix-huit heures\n| Mardi de neuf heures à midi et de quatorze heures à dix-huit heures\n| Jeudi de neuf heures à midi et de quatorze heures à dix-neuf heures"},
	{"measures of two units", "Le sauteur a franchi 2 m. 30 au concours. | Il court en 12 s. 5. | Fin."},
	{"titles before an initial", "Le prof. L. Martin et le col. M. Petit habitent 12 bd. La Fayette. | Fin."},
	{"units", "Le concert commence à 20 h. | Réservation au guichet. | Il dure 90 min. | Entrée libre."},
	{"words that are abbreviations too", "Elle étudie l’histoire de l’art. | Picasso la fascine. | Ils sont sept. | Blanche-Neige arrive."},
	{"abbreviations that are words too", "Voir l’art. 3, l’art. L. 123-4 et le vol. II, du sam. 8 mars au 3 sept. 2025. | Fin."},
	{"articles of codes", "Selon l’art. L123-4, l’art. R.\u00a0123-4, l’art. D. 211-1 et l’art. LO 119. | Fin."},
	{"the sea", "Ils vivent au bord de la mer. | 300 personnes y viennent."},
	{"a short sentence above a heading", "Il habite Paris.\n| Horaires d’ouverture de la bibliothèque municipale de la ville de Clamecy\n| Lundi 9 h"},
	{"months", "Il ouvre le 12 fév. 2024 et ferme le 3 juill. 2025. | Fin."},
	{"kings", "Il règne sous le nom de Charles X. | Il abdique en 1830."},
	{"companies", "Elle travaille chez Dupont et Cie. | Elle y reste."},
	{"articles of rules", "Article 3. – Le président est élu pour deux ans. | Art. 4. – Il peut être réélu."},
	{"initials before a name", "Edgar A. C. Poe et Roe v. Wade. | Fin."},
	{"short titles", "Le col. Moutarde habite bd. Voltaire avec le prof. Violet."},
	{"mark alone", "Il part. !"},
	{"lower case after a stop", "Il vit aux éd. du Seuil. | Fin."},
}

func TestSentences(t *testing.T) {
	for _, tt := range sentenceCases {
		t.Run(tt.name, func(t *testing.T) {
			var want []string
			for s := range strings.SplitSeq(tt.text, "|") {
				want = append(want, strings.TrimFunc(s, isSpace))
			}
			text := strings.ReplaceAll(tt.text, "| ", "")
			var got []string
			for _, s := range Sentences(text) {
				got = append(got, text[s.Start:s.End])
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("Sentences(%q), -want +got:\n%s", text, diff)
			}
		})
	}
}

// FuzzSentences checks what holds of any text: spans in order, on rune boundaries, and nothing but
// white space outside them.
func FuzzSentences(f *testing.F) {
	for _, tt := range sentenceCases {
		f.Add(strings.ReplaceAll(tt.text, "| ", ""))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip("an article is UTF-8")
		}
		spans := Sentences(text)
		if len(spans) == 0 {
			if strings.IndexFunc(text, isWordRune) >= 0 {
				t.Fatalf("Sentences(%q) is empty", text)
			}
			return
		}
		end := 0
		for _, s := range spans {
			if s.Start < end || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("Sentences(%q): span %v after %d", text, s, end)
			}
			if gap := text[end:s.Start]; strings.TrimFunc(gap, isSpace) != "" {
				t.Fatalf("Sentences(%q): %q is in no sentence", text, gap)
			}
			if !utf8.ValidString(text[s.Start:s.End]) {
				t.Fatalf("Sentences(%q): %v is not on rune boundaries", text, s)
			}
			end = s.End
		}
		if gap := text[end:]; strings.TrimFunc(gap, isSpace) != "" {
			t.Fatalf("Sentences(%q): %q is in no sentence", text, gap)
		}
	})
}
