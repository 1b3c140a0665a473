package reader

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/knowledge/reader/pdf"
)

// line is a line of a page, as wide as its text is long.
func line(text string, x, y, size float64) pdf.Line {
	width := size / 2 * float64(len([]rune(text)))
	return pdf.Line{Cells: []pdf.Cell{{Text: text, X: x, Right: x + width}}, X: x, Y: y, Right: x + width, Size: size, First: 3 * size}
}

// column is lines of one size, one below another.
func column(x, y, size float64, texts ...string) (lines []pdf.Line) {
	for i, text := range texts {
		lines = append(lines, line(text, x, y-float64(i)*1.2*size, size))
	}
	return lines
}

func join(parts ...[]pdf.Line) (all []pdf.Line) {
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

// TestLayout makes paragraphs and headings of lines that no file says more of.
func TestLayout(t *testing.T) {
	bold := column(50, 700, 10, "Le meunier")
	bold[0].Bold = true
	first, second := "Le canal du Nivernais a rouvert lundi entre Clamecy", "et Auxerre, après trois ans de travaux et de colère."
	for _, tt := range []struct {
		name  string
		pages [][]pdf.Line
		want  []block
	}{
		{"lines are one paragraph", [][]pdf.Line{column(50, 700, 10, first, second)}, []block{{Text: first + " " + second}}},
		{"a gap", [][]pdf.Line{join(column(50, 700, 10, first, second), column(50, 660, 10, "Elle rit."))},
			[]block{{Text: first + " " + second}, {Text: "Elle rit."}}},
		{"an indent", [][]pdf.Line{join(column(50, 700, 10, first, second), column(70, 676, 10, "Elle rit de tout cela et de bien d’autres choses."), column(50, 664, 10, "Lui non."))},
			[]block{{Text: first + " " + second}, {Text: "Elle rit de tout cela et de bien d’autres choses. Lui non."}}},
		{"a line that ends before it must", [][]pdf.Line{column(50, 700, 10, first, "et Auxerre.", "Les plaisanciers sont revenus dès l’aube, lundi.")},
			[]block{{Text: first + " et Auxerre."}, {Text: "Les plaisanciers sont revenus dès l’aube, lundi."}}},
		{"a larger heading on two lines", [][]pdf.Line{join(column(50, 750, 16, "Le canal", "du Nivernais"), column(50, 700, 10, first, second))},
			[]block{{Text: "Le canal du Nivernais", Level: 1}, {Text: first + " " + second}}},
		{"two sizes of headings", [][]pdf.Line{join(column(50, 790, 20, "Le livre"), column(50, 750, 14, "Le chapitre"), column(50, 700, 10, first, second))},
			[]block{{Text: "Le livre", Level: 1}, {Text: "Le chapitre", Level: 2}, {Text: first + " " + second}}},
		{"a bold heading", [][]pdf.Line{join(bold, column(50, 680, 10, first, second))},
			[]block{{Text: "Le meunier", Level: 1}, {Text: first + " " + second}}},
		{"a large sentence is no heading", [][]pdf.Line{join(column(50, 750, 14, "Le canal a rouvert."), column(50, 700, 10, first, second))},
			[]block{{Text: "Le canal a rouvert."}, {Text: first + " " + second}}},
		{"a drop cap", [][]pdf.Line{join(column(50, 700, 30, "L"), column(70, 710, 10, "e canal a rouvert."))}, []block{{Text: "Le canal a rouvert."}}},
		{"bullets", [][]pdf.Line{column(50, 700, 10, "• le lundi ;", "• le mardi.")}, []block{{Text: "le lundi ;", List: 1}, {Text: "le mardi.", List: 1}}},
		{"two columns", [][]pdf.Line{join(column(50, 700, 10, "Le canal a rouvert", "lundi entre Clamecy"), column(300, 700, 10, "et Auxerre, après", "trois ans."))},
			[]block{{Text: "Le canal a rouvert lundi entre Clamecy et Auxerre, après trois ans."}}},
		{"over a page's end", [][]pdf.Line{column(50, 700, 10, first), column(50, 700, 10, second)}, []block{{Text: first + " " + second}}},
		{"a page's end that is one", [][]pdf.Line{column(50, 700, 10, "Le canal a rouvert."), column(50, 700, 10, "Il était temps.")},
			[]block{{Text: "Le canal a rouvert."}, {Text: "Il était temps."}}},
		{"a table", [][]pdf.Line{{
			{Cells: []pdf.Cell{{Text: "Année"}, {Text: "Bateaux"}}, Y: 700, Size: 10}, {Cells: []pdf.Cell{{Text: "2019"}, {Text: "1 240"}}, Y: 688, Size: 10},
			line("Le trafic baisse.", 50, 650, 10),
		}}, []block{{Text: "Le trafic baisse."}}},
		{"a caption and a line of contents", [][]pdf.Line{join(column(50, 700, 10, "Figure 3 – Le canal"), column(50, 650, 10, "Le canal . . . . . . . . 12"), column(50, 600, 10, first, second))},
			[]block{{Text: first + " " + second}}},
		{"notes", [][]pdf.Line{join(column(50, 700, 10, first, second), column(50, 100, 8, "1 Voir le registre.", "2 Ibidem."))}, []block{{Text: first + " " + second}}},
		{"tags", [][]pdf.Line{tagged()}, []block{{Text: "Titre", Level: 2}, {Text: "Un deux."}, {Text: "Trois."}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, newLayout(tt.pages).blocks()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// tagged are lines whose file says what they are, against how they look.
func tagged() []pdf.Line {
	lines := column(50, 700, 10, "Titre", "Un", "deux.", "Trois.", "Un tableau")
	for i, tag := range []pdf.Tag{{Role: pdf.Heading, Level: 2, Part: 1}, {Role: pdf.Paragraph, Part: 2}, {Role: pdf.Paragraph, Part: 2}, {Role: pdf.Paragraph, Part: 3}, {Role: pdf.Aside}} {
		lines[i].Tag = tag
	}
	return lines
}

// TestRunningLines leaves out what runs through the pages, and what numbers them, but no line of the text.
func TestRunningLines(t *testing.T) {
	var pages [][]pdf.Line
	for i := range 4 {
		pages = append(pages, []pdf.Line{
			line(fmt.Sprintf("Bulletin du canal, n° %d", i), 50, 800, 8),
			line(fmt.Sprintf("Le texte de la page %d.", i), 50, 700-float64(i)*20, 10),
			line("Il est le même partout.", 50, 688-float64(i)*20, 10),
			line("1834", 50, 400, 10),
			line(fmt.Sprintf("Page %d sur 4", i+1), 200, 30, 8),
		})
	}
	var got []string
	for _, page := range withoutRunning(pages) {
		for _, l := range page {
			got = append(got, l.text)
		}
	}
	var want []string
	for i := range 4 {
		want = append(want, fmt.Sprintf("Le texte de la page %d.", i), "Il est le même partout.", "1834")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for text, want := range map[string]bool{"12": true, "– 12 –": true, "Page 3 sur 12": true, "3/12": true, "xiv": true, "p. 4": true, "XII": true, "L": false, "1 Le canal": false, "12 km": false, "": false} {
		if got := pageNumber.MatchString(text); got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
}

// TestRejoin joins what was divided at a line's end.
func TestRejoin(t *testing.T) {
	for _, tt := range []struct{ above, below, want string }{
		{"la filature employait des ou-", "vrières", "la filature employait des ouvrières"},
		{"une offi\u00ad", "cine", "une officine"},
		{"Peut-", "être", "Peut-être"},
		{"disait-", "il", "disait-il"},
		{"sa grand-", "mère", "sa grand-mère"},
		{"de Saint-", "Rémi", "de Saint-Rémi"},
		{"le porte-", "parole, dit-on", "le porte-parole, dit-on"}, // as it stands elsewhere
		{"un contre-", "maître", "un contremaître"},                // likewise
		{"le musée existe-", "t-il encore", "le musée existe-t-il encore"},
		{"c’est-", "à-dire lundi", "c’est-à-dire lundi"},
		{"un arc-", "en-ciel", "un arc-en-ciel"},
		{"son chef-", "d’œuvre", "son chef-d’œuvre"},
		{"aujour-", "d’hui", "aujourd’hui"},
		{"quatre-", "vingts ans", "quatre-vingts ans"},
		{"de 1914-", "1918", "de 1914- 1918"},
		{"il dit –", "non", "il dit – non"},
		{"l’au\u2010", "tomne", "l’automne"},
	} {
		l := &layout{words: map[string]bool{"porte-parole": true, "contremaître": true}}
		if got := l.join([]pageLine{{text: tt.above}, {text: tt.below}}); got != tt.want {
			t.Errorf("%q, %q: got %q, want %q", tt.above, tt.below, got, tt.want)
		}
	}
}
