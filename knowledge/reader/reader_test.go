package reader

import (
	"fmt"
	"testing"
)

func TestTry(t *testing.T) {
	for _, f := range []File{
		{Name: "a.txt", Data: []byte("Bonjour à tous.\nVoici le chat.")},
		{Name: "a.md", Data: []byte("---\ntitle: Été\nauthor: [A, B]\ndate: 2024-05-06\n---\n# Titre\n\nUn *texte* [lien](http://x) & `code`.\n\nLe club ouvre :\n\n- lundi ;\n- mardi.\n\n```\ncode\n```\n")},
		{Name: "a.html", Data: []byte("<!doctype html><html lang=fr><title>Le titre</title><body><nav>menu</nav><h1>Le titre</h1><p>Un texte assez long, avec des mots.</p><p>Lire aussi : <a href=x>un autre</a></p><table><tr><th>a<td>b</table><p>Fin du texte.</p>")},
	} {
		r, err := Read(t.Context(), f)
		if err != nil {
			t.Error(err)
			continue
		}
		fmt.Printf("%+v %v\n%q\n", r.Article.Meta, r.Warnings, r.Article.Text)
	}
}
