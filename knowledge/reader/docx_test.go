package reader

import (
	"archive/zip"
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// wordFile is a document with a body.
func wordFile(t testing.TB, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	part, err := w.Create("word/document.xml")
	if err == nil {
		_, err = part.Write([]byte(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestDOCX(t *testing.T) {
	for _, tt := range []struct {
		name, body string
		want       []block
	}{
		{"runs are one text", `<w:p><w:r><w:t xml:space="preserve">L’eau </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>monte.</w:t></w:r></w:p>`,
			[]block{{Text: "L’eau monte."}}},
		{"headings in French, without styles.xml", `<w:p><w:pPr><w:pStyle w:val="Titre2"/></w:pPr><w:r><w:t>Le lieu</w:t></w:r></w:p>`,
			[]block{{Text: "Le lieu", Level: 2}}},
		{"an outline level", `<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Le lieu</w:t></w:r></w:p>`,
			[]block{{Text: "Le lieu", Level: 1}}},
		{"what was deleted or moved away", `<w:p><w:r><w:t>Il a</w:t></w:r><w:del><w:r><w:delText> vingt</w:delText></w:r></w:del><w:ins><w:r><w:t> trente ans.</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>Non.</w:t></w:r></w:moveFrom></w:p>`,
			[]block{{Text: "Il a trente ans."}}},
		{"a deleted end of a paragraph", `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">Le musée ouvre </w:t></w:r></w:p><w:p><w:r><w:t>le lundi.</w:t></w:r></w:p><w:p><w:r><w:t>Fin.</w:t></w:r></w:p>`,
			[]block{{Text: "Le musée ouvre le lundi."}, {Text: "Fin."}}},
		{"a deleted paragraph with a style", `<w:p><w:pPr><w:pStyle w:val="Caption"/><w:rPr><w:del/></w:rPr></w:pPr></w:p><w:p><w:r><w:t>Le musée ouvre le lundi.</w:t></w:r></w:p><w:p><w:r><w:t>Fin.</w:t></w:r></w:p>`,
			[]block{{Text: "Le musée ouvre le lundi."}, {Text: "Fin."}}},
		{"a deleted end before a table", `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Avant le tableau.</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:t>Fin.</w:t></w:r></w:p>`,
			[]block{{Text: "Avant le tableau."}, {Text: "Fin."}}},
		{"what is hidden", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Non.</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>Oui.</w:t></w:r></w:p>`,
			[]block{{Text: "Oui."}}},
		{"tables and captions", `<w:tbl><w:tr><w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:pPr><w:pStyle w:val="Caption"/></w:pPr><w:r><w:t>Tableau 1</w:t></w:r></w:p><w:p><w:r><w:t>Fin.</w:t></w:r></w:p>`,
			[]block{{Text: "Fin."}}},
		{"the marks of notes, and the codes of fields", `<w:p><w:r><w:t>Page</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:t xml:space="preserve"> 3.</w:t></w:r></w:p>`,
			[]block{{Text: "Page 3."}}},
		{"breaks, tabs and hyphens", `<w:p><w:r><w:t>Un</w:t><w:br/><w:t>deux</w:t><w:tab/><w:t>tire</w:t><w:noBreakHyphen/><w:t>bou</w:t><w:softHyphen/><w:t>chon.</w:t></w:r></w:p>`,
			[]block{{Text: "Un deux tire\u2011bouchon."}}},
		{"a link", `<w:p><w:hyperlink><w:r><w:t>Ici</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r></w:p>`, []block{{Text: "Ici."}}},
		{"a drawing's text", `<w:p><w:r><w:t>Ici.</w:t></w:r><w:r><w:drawing><w:txbxContent><w:p><w:r><w:t>Non.</w:t></w:r></w:p></w:txbxContent></w:drawing></w:r></w:p>`, []block{{Text: "Ici."}}},
		{"a list of one sentence", item("le lundi ;") + item("le mardi."), []block{{Text: "le lundi ; le mardi.", List: 3}}},
		{"a list of sentences", item("Oui.") + item("Non."), []block{{Text: "Oui.", List: 3}, {Text: "Non.", List: 3}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := readDOCX(File{Data: wordFile(t, tt.body)})
			if err != nil {
				t.Fatal(err)
			}
			doc.tidy()
			if diff := cmp.Diff(tt.want, doc.Blocks); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func item(text string) string {
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}
