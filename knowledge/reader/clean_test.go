package reader

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"":                                "",
		"  L’été \r\n\tà  Nice ":          "L’été à Nice",
		"« Où\u00a0? »":                   "« Où\u00a0? »",
		"12\u202f000\u00a0€":              "12\u202f000\u00a0€",
		"\u00a0Oui.\u202f":                "Oui.",
		"a\u2003b\u2009c":                 "a b c",
		"bou\u00adchon\u200b \ufeffle":    "bouchon le",
		"a\u202eb\u2066c\u0007d\u0085e":   "abcd e",
		"e\u0301te\u0301":                 "e\u0301te\u0301", // as it was composed
		"\ue000\ufffd\ufffc\u2800":        "",
		"œuvre, cœur, ŒUVRE — « façade »": "œuvre, cœur, ŒUVRE — « façade »",
	} {
		if got := clean(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestFileTitle(t *testing.T) {
	for in, want := range map[string]string{
		"article.txt":           "Article",
		"reglement_du-club.pdf": "Reglement du club",
		"été à Nice.markdown":   "Été à Nice",
		"  --a--  ":             "A",
		"--":                    "--",
		"2024":                  "2024",
		"Version 2.0":           "Version 2.0",
		"M. Dupont":             "M. Dupont",
		".txt":                  ".txt",
		"":                      "",
	} {
		if got := FileTitle(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// TestTitle names what has no name by its file, else by how it begins, else by its site.
func TestTitle(t *testing.T) {
	for _, tt := range []struct {
		f    File
		want string
	}{
		{File{Name: "note.txt", Data: []byte("Bonjour.")}, "Note"},
		{File{Data: []byte("\n\nBonjour à tous.\nOui.")}, "Bonjour à tous."},
		{File{Data: []byte("Le canal du Nivernais a rouvert lundi entre Clamecy et Auxerre, dit-on.")}, "Le canal du Nivernais a rouvert lundi entre Clamecy et…"},
		{File{Name: "a.md", Data: []byte("Texte.\n\n## Le lieu\n\nTexte.")}, "Le lieu"},
		{File{Name: "a.md", Data: []byte("Texte.")}, "A"},
		{File{Name: "a.html", Data: []byte("<!doctype html><title>Le lieu | Le Journal</title><h1>Le lieu</h1><p>Texte.")}, "Le lieu"},
		{File{ContentType: "text/html", Source: "https://journal.fr/", Data: []byte("<p>Texte.")}, "Texte."},
	} {
		result, err := Read(t.Context(), tt.f)
		if err != nil {
			t.Fatal(err)
		}
		if got := result.Article.Title; got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.f.Data, got, tt.want)
		}
	}
}

func TestLanguage(t *testing.T) {
	texts := map[string]string{
		"fr": "Le canal a rouvert lundi entre Clamecy et Auxerre. Les plaisanciers sont revenus dès l’aube, et le maire était là avec la fanfare du village.",
		"en": "The canal opened again on Monday, and the boats that had been waiting for three years were the first to go through it at dawn.",
		"es": "El canal se ha abierto de nuevo el lunes, y los barcos que esperaban desde hace tres años fueron los primeros en pasar por la esclusa.",
		"it": "Il canale è stato riaperto lunedì, e le barche che aspettavano da tre anni sono state le prime a passare per la chiusa del paese.",
		"de": "Der Kanal ist am Montag wieder geöffnet worden, und die Boote, die seit drei Jahren auf das Wasser warten, sind als erste durch die Schleuse gefahren.",
		"pt": "O canal foi reaberto na segunda-feira, e os barcos que esperavam há três anos foram os primeiros a passar pela eclusa da aldeia, como se não houvesse mais.",
		"nl": "Het kanaal is op maandag weer geopend, en de boten die al drie jaar op het water wachten zijn als eerste door de sluis van het dorp gevaren.",
	}
	for language, text := range texts {
		got, french := languageOf(text, "")
		if got != language || french != (language == "fr") {
			t.Errorf("%s: got %q, French %v", language, got, french)
		}
	}
	for _, tt := range []struct {
		name, text, stated, want string
		french                   bool
	}{
		{"a region", texts["fr"], "fr-CA", "fr-CA", true},
		{"a site that says English on every page", texts["fr"], "en", "fr", true},
		{"a site that says French", texts["en"], "fr", "en", false},
		{"too little to tell", "Oui.", "", "", true},
		{"too little, but stated", "Yes.", "en-GB", "en-GB", false},
		{"nonsense stated", "Oui.", "français", "", true},
		{"other letters", "Канал снова открыт в понедельник.", "", "", false},
		{"other letters, stated", "Канал снова открыт в понедельник.", "ru", "ru", false},
	} {
		if got, french := languageOf(tt.text, tt.stated); got != tt.want || french != tt.french {
			t.Errorf("%s: got %q, French %v", tt.name, got, french)
		}
	}
}

// TestNotFrench takes what is not French, and says so.
func TestNotFrench(t *testing.T) {
	result, err := Read(t.Context(), File{Name: "a.txt", Data: []byte("The canal is open and the boats that were waiting for it are the first to go.")})
	if err != nil || !slices.Equal(result.Warnings, []Warning{NotFrench}) || result.Article.Language != "en" {
		t.Errorf("got %+v, %v", result, err)
	}
}

func TestJoinItems(t *testing.T) {
	for _, tt := range []struct {
		name     string
		in, want []block
	}{
		{"a sentence", []block{{Text: "Le club ouvre :"}, {Text: "le lundi ;", List: 1}, {Text: "le mardi.", List: 1}}, []block{{Text: "Le club ouvre : le lundi ; le mardi."}}},
		{"with words", []block{{Text: "Il faut"}, {Text: "du pain,", List: 1}, {Text: "du vin et", List: 1}, {Text: "du Boursin.", List: 1}}, []block{{Text: "Il faut"}, {Text: "du pain, du vin et du Boursin.", List: 1}}},
		{"fragments", []block{{Text: "Il faut :"}, {Text: "pain", List: 1}, {Text: "vin", List: 1}}, []block{{Text: "Il faut :"}, {Text: "pain", List: 1}, {Text: "vin", List: 1}}},
		{"sentences", []block{{Text: "Oui.", List: 1}, {Text: "Non.", List: 1}}, []block{{Text: "Oui.", List: 1}, {Text: "Non.", List: 1}}},
		{"two lists", []block{{Text: "un ;", List: 1}, {Text: "deux ;", List: 2}}, []block{{Text: "un ;", List: 1}, {Text: "deux ;", List: 2}}},
		{"a heading before", []block{{Text: "Horaires :", Level: 2}, {Text: "un ;", List: 1}, {Text: "deux.", List: 1}}, []block{{Text: "Horaires :", Level: 2}, {Text: "un ; deux.", List: 1}}},
	} {
		if diff := cmp.Diff(tt.want, joinItems(tt.in)); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", tt.name, diff)
		}
	}
}

// TestDetect finds what a file is by its bytes, before what is said of it.
func TestDetect(t *testing.T) {
	for _, tt := range []struct {
		name, contentType, data string
		want                    Format
		refused                 Reason
	}{
		{"a.txt", "", "Oui.", Text, 0},
		{"", "", "", Text, 0},
		{"a.md", "", "# Oui", Markdown, 0},
		{"README.md", "text/plain; charset=utf-8", "# Oui", Markdown, 0},
		{"", "text/markdown", "# Oui", Markdown, 0},
		{"a.txt", "text/plain", "<!DOCTYPE html><p>Oui.", HTML, 0},
		{"a", "text/html; charset=utf-8", "Oui.", HTML, 0},
		{"a.xml", "", "<?xml version='1.0'?>\n<html xmlns='x'>", HTML, 0},
		{"a.html", "text/html", "%PDF-1.7", PDF, 0},
		{"a.bin", "application/octet-stream", "\n%PDF-1.7", PDF, 0},
		{"a.pdf", "application/pdf", "Oui.", Text, 0},
		{"a.doc", "", "PK\x03\x04", DOCX, 0},
		{"a.doc", "", compoundFile + "WordDocument", 0, WrongType},
		{"a.docx", "", compoundFile + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00", 0, Encrypted},
		{"a.txt", "text/plain", "\x89PNG\r\n\x1a\n\x00\x00", 0, WrongType},
		{"a.txt", "text/plain", "MZ\x90\x00\x03\x00", 0, WrongType},
		{"a.txt", "", "Oui.\x1b[31m", Text, 0},
	} {
		got, err := detect(File{Name: tt.name, ContentType: tt.contentType, Data: []byte(tt.data)})
		var reason Reason
		if err != nil {
			reason = err.(*RefusedError).Reason //nolint:errorlint // detect makes no other
		}
		if got != tt.want || reason != tt.refused {
			t.Errorf("%q, %q, %q: got %v, %v", tt.name, tt.contentType, tt.data, got, err)
		}
	}
}
