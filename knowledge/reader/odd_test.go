package reader

import "testing"

// TestOddFiles reads what editors, cuts and people leave in files, and loses nothing of the text.
func TestOddFiles(t *testing.T) {
	for _, tt := range []struct{ what, name, data, title, text string }{
		{"tags that break a line", "a.md", "Lundi 8 h<br>mardi 9 h<br/>mercredi 10 h<BR />fin.", "A", "Lundi 8 h mardi 9 h mercredi 10 h fin."},
		{"other tags", "a.md", "Le <b>club</b> ouvre.", "A", "Le club ouvre."},
		{"a mark before front matter", "a.md", "\ufeff---\ntitle: Règlement\n---\nLe club ouvre.", "Règlement", "Le club ouvre."},
		{"a mark before a heading", "a.md", "\ufeff# Règlement\n\nLe club ouvre.", "Règlement", "Règlement\n\nLe club ouvre."},
		{"a mark before a text", "a.txt", "\ufeffLe club ouvre.", "A", "Le club ouvre."},
		{"a figure space at the edge of a heading", "a.md", "# \u2007Titre\u2007\n\nLe club ouvre.", "Titre", "Titre\n\nLe club ouvre."},
		{"two rules", "a.md", "---\n\n# Règlement\n\nLe club ouvre à 8 h.\n\n---\n\nLa suite.", "Règlement", "Règlement\n\nLe club ouvre à 8 h.\n\nLa suite."},
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
