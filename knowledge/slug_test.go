package knowledge

import (
	"strings"
	"testing"
)

// Titles that say different things make different IDs, whatever an ID leaves out of them: it is by its ID that a
// text without a source takes the place of an older one.
func TestSlugsOfDifferentTitlesDiffer(t *testing.T) {
	minutes := "Compte rendu de la réunion du conseil municipal du "
	titles := []string{minutes + "12 mars 2026", minutes + "9 avril 2026", "Глава 1", "Урок 1", "1", "第一章", "第二章", "Article",
		"C", "C++", "C#", "Tarifs", "Tarifs en €", "Tarifs en $", "Tarifs en ¥", "Tarifs en ¢", "🏊", "🎉"}
	of := map[string]string{}
	for _, title := range titles {
		id := Slug(title)
		if other, taken := of[id]; taken {
			t.Errorf("%q and %q are both %q", other, title, id)
		}
		of[id] = title
		if len(id) > maxID || strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || Slug(id) != id {
			t.Errorf("%q is %q", title, id)
		}
	}
}

func TestSlugs(t *testing.T) {
	for title, want := range map[string]string{
		"L’été à Nice": "l-ete-a-nice", "  Œuvres & « cie » ": "oeuvres-cie", "Nº 5": "n-5", "": "article", "…": "article",
		"Titre | Site": "titre-site", "« 20 °C »": "20-c",
	} {
		if got := Slug(title); got != want {
			t.Errorf("%q: got %q, want %q", title, got, want)
		}
	}
}
