package reader_test

import (
	"os"
	"path/filepath"
	"testing"

	"verbatim/knowledge/reader"
)

// BenchmarkRead reads one file of each format, the process that parses it included.
func BenchmarkRead(b *testing.B) {
	for _, name := range []string{"article.md", "journal.html", "typst.pdf", "word.docx"} {
		data, err := os.ReadFile(filepath.Join("testdata/files", name))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(filepath.Ext(name)[1:], func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if _, err := reader.Read(b.Context(), reader.File{Name: name, Data: data}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
