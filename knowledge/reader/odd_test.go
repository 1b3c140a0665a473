package reader

import (
	"strings"
	"testing"
)

// TestOddFiles reads what editors, cuts and people leave in files, and loses nothing of the text.
func TestOddFiles(t *testing.T) {
	for _, tt := range []struct{ what, name, data, title, text string }{
		{"tags that break a line", "a.md", "Lundi 8 h<br>mardi 9 h<br/>mercredi 10 h<BR clear=\"all\" />fin.", "A", "Lundi 8 h mardi 9 h mercredi 10 h fin."},
		{"other tags", "a.md", "Le <b>club</b> ouvre.", "A", "Le club ouvre."},
		{"a mark before front matter", "a.md", "\ufeff---\ntitle: Règlement\n---\nLe club ouvre.", "Règlement", "Le club ouvre."},
		{"a mark before a heading", "a.md", "\ufeff# Règlement\n\nLe club ouvre.", "Règlement", "Règlement\n\nLe club ouvre."},
		{"a mark before a text", "a.txt", "\ufeffLe club ouvre.", "A", "Le club ouvre."},
		{"a figure space at the edge of a heading", "a.md", "# \u2007Titre\u2007\n\nLe club ouvre.", "Titre", "Titre\n\nLe club ouvre."},
		{"Markdown that begins with a comment", "a.md", "<!-- version 2 -->\n# Règlement\n\nLe club ouvre le **lundi**.", "Règlement", "Règlement\n\nLe club ouvre le lundi."},
		{"Markdown that is all HTML", "a.md", "<div>\n<p>Le club ouvre lundi.</p>\n</div>", "A", "Le club ouvre lundi."},
		{"a page called Markdown", "a.md", "<!-- saved -->\n<!doctype html><title>Le club</title><p>Le club ouvre lundi.", "Le club", "Le club ouvre lundi."},
		{"two rules", "a.md", "---\n\n# Règlement\n\nLe club ouvre à 8 h.\n\n---\n\nLa suite.", "Règlement", "Règlement\n\nLe club ouvre à 8 h.\n\nLa suite."},
		{"two rules, with a space", "a.md", "---\n \n# Règlement\n\nLe club ouvre.\n\n---\n\nLa suite.", "Règlement", "Règlement\n\nLe club ouvre.\n\nLa suite."},
		{"front matter that begins with an empty line", "a.md", "---\n\ntitle: Règlement\n---\nLe club ouvre.", "Règlement", "Le club ouvre."},
		{"front matter that is no YAML", "a.md", "---\ntitle: un: deux\n---\nLe club ouvre.", "A", "Le club ouvre."},
		{"a text cut within a letter", "a.txt", "Le café déjà été fini.\xe2\x80", "A", "Le café déjà été fini.\ufffd"},
		{"Windows-1252 that ends in a letter with an accent", "a.txt", "Le caf\xe9 est ferm\xe9", "A", "Le café est fermé"},
		{"one accent, at the end, in Windows-1252", "a.txt", "Le club est ferm\xe9", "A", "Le club est fermé"},
	} {
		r, err := Read(t.Context(), File{Name: tt.name, Data: []byte(tt.data)})
		if err != nil {
			t.Errorf("%s: %v", tt.what, err)
			continue
		}
		if a := r.Article; a.Title != tt.title || a.Text != tt.text {
			t.Errorf("%s: got %q, %q, want %q, %q", tt.what, a.Title, a.Text, tt.title, tt.text)
		}
	}
}

// TestOddPages reads pages as programs and people write them: no part is lost, none is glued to another, no number altered.
func TestOddPages(t *testing.T) {
	const long = "Le musée du canal a rouvert samedi après deux ans de travaux, et la ville a voulu que l’entrée soit gratuite pour les enfants, comme le maire l’avait promis pendant la campagne."
	for _, tt := range []struct{ what, body, want string }{
		{"lines in divisions", `<div class="post-body"><div>` + long + `</div><div>` + long + `</div><div>Fin.</div></div>`, long + "\n\n" + long + "\n\nFin."},
		{"broken lines", `<div>` + long + `<br><br>` + long + `</div>`, long + "\n\n" + long},
		{"a section's ID that is its heading's", `<p>` + long + `<p>` + long + `<section id="logement-social"><h2>Logement social</h2><p>La mairie loue dix logements.</p></section>`, "La mairie loue dix logements."},
		{"a heading's ID that is its own", `<h2 id="Partage_de_1772">Partage de 1772</h2><p>` + long, "Partage de 1772"},
		{"comments, whose ID is their heading's", `<p>` + long + `<p>` + long + `<section id="commentaires-3"><h2>Commentaires (3)</h2><p>Jojo : bravo.</p></section>`, long},
		{"raised figures", `<p>Il y en a 10<sup>9</sup>, dit-il en 1990<sup>1</sup>, sur 5 m<sup>2</sup>, au XX<sup>e</sup> siècle.`, "10⁹, dit-il en 1990¹, sur 5 m2, au XXe siècle."},
		{"« élire », which ends in « lire »", `<p>` + long + `<p>Élire un maire, c’est <a href="/a">choisir un programme pour six ans</a>.`, "Élire un maire"},
	} {
		r, err := Read(t.Context(), File{Name: "a.html", Data: []byte(`<!doctype html><html lang=fr><meta charset=utf-8><title>Le canal</title><body>` + tt.body)})
		if err != nil || !strings.Contains(r.Article.Text, tt.want) || strings.Contains(r.Article.Text, "Jojo") {
			t.Errorf("%s: got %v, %q", tt.what, err, r.Article.Text)
		}
	}
}

// TestDates reads dates as French pages and files write them: days come before months.
func TestDates(t *testing.T) {
	for date, want := range map[string]string{
		"2024-03-12": "2024-03-12", "12/03/2024": "2024-03-12", "12/03/2024 10:30": "2024-03-12", "12/03/24": "2024-03-12",
		"12 mars 2024": "2024-03-12", "mardi 12 mars 2024": "2024-03-12", "Vendredi 1er août 2025": "2025-08-01", "hier": "",
	} {
		for name, data := range map[string]string{
			"a.html": `<!doctype html><meta property="article:published_time" content="` + date + `"><title>Le canal</title><p>Le canal a rouvert lundi.`,
			"a.md":   "---\ndate: " + date + "\n---\nLe canal a rouvert lundi.\n",
		} {
			r, err := Read(t.Context(), File{Name: name, Data: []byte(data)})
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if d := r.Article.Date; !d.IsZero() {
				got = d.Format("2006-01-02")
			}
			if got != want {
				t.Errorf("%s, %s: got %q, want %q", name, date, got, want)
			}
		}
	}
}
