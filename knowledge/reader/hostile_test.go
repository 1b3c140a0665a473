//go:build linux

package reader_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/zlib"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"verbatim/knowledge/reader"
)

// measured is what testdata/measure prints.
type measured struct {
	Reason, Error string
	Paragraphs    int
	Took          time.Duration
	Own, Child    int64
}

// TestHostile reads files that are made to take time or memory without end, each in a program of its own, and measures
// both. A file is refused, or read: what counts is that the bounds hold, and that nothing else is told than a reason.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds a program")
	}
	dir := t.TempDir()
	program := filepath.Join(dir, "measure")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, "./testdata/measure").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, tt := range hostileFiles(t) {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if len(tt.data) > reader.MaxSize {
				t.Fatalf("%d bytes would not be read at all", len(tt.data))
			}
			file := filepath.Join(dir, tt.name)
			if err := os.WriteFile(file, tt.data, 0o600); err != nil {
				t.Fatal(err)
			}
			out, err := exec.CommandContext(t.Context(), program, file).Output()
			if err != nil {
				t.Fatal(err)
			}
			var m measured
			if err := json.Unmarshal(out, &m); err != nil {
				t.Fatal(err)
			}
			total := m.Own + m.Child
			t.Logf("%7d bytes: %-12s %5d ms, %3d MiB and %3d MiB in its child; %s", len(tt.data), m.Reason, m.Took.Milliseconds(), m.Own>>20, m.Child>>20, m.Error)
			if m.Took > reader.MaxTime || total > reader.MaxMemory {
				t.Errorf("it took %v and %d MiB", m.Took, total>>20)
			}
			if m.Reason == slow {
				return // on a machine that is busy any of them may be
			}
			if m.Reason != tt.want || tt.want == "" && m.Paragraphs == 0 {
				t.Errorf("got %q (%s) and %d paragraphs, want %q", m.Reason, m.Error, m.Paragraphs, tt.want)
			}
		})
	}
}

type hostile struct {
	name string
	data []byte
	want string // the reason; "" when it is read
}

// many repeats s to nearly as many bytes as are taken.
func many(s string) string { return strings.Repeat(s, (reader.MaxSize-64<<10)/len(s)) }

// slow is the reason for what takes too long.
var slow = reader.Timeout.String()

func hostileFiles(t *testing.T) []hostile {
	big := reader.TooComplex.String()
	broken, empty, wrong := reader.Unreadable.String(), reader.Empty.String(), reader.WrongType.String()
	end := "\n\nUne phrase.\n"
	return []hostile{
		{"lines.txt", []byte(many("a\n")), big},
		{"paragraphs.txt", []byte(many("a\n\n")), big},
		{"stops.txt", []byte(many(".")), reader.Empty.String()},
		{"sentences.txt", []byte(many("A. ")), ""},
		{"words.txt", []byte(many("mot ")), ""},
		{"brackets.txt", []byte(many("a (")), ""},
		{"guillemets.txt", []byte(many("« Non. ")), ""},
		{"closing.txt", []byte(many("Oui. »”)] ")), ""},
		{"initials.txt", []byte(many("M. J. ")), ""},
		{"numbers.txt", []byte(many("1. 2,5 ")), ""},
		{"dashes.txt", []byte(many("\n— Oui, et la suite de ce qui se dit.")), ""},
		{"long-word.txt", []byte(many("mot")), ""},
		{"nested.html", []byte("<!doctype html>" + strings.Repeat("<div>", 100_000) + "Une phrase."), big},
		{"nested-b.html", []byte("<!doctype html>" + strings.Repeat("<b>", 100_000) + "Une phrase."), big},
		{"paragraphs.html", []byte("<!doctype html>" + many("<p>x")), big},
		{"formats.html", []byte("<!doctype html>" + formats(400) + many("<p>x")), big},
		{"attributes.html", []byte("<!doctype html><p " + many("a ") + ">Une phrase."), ""},
		{"tables.html", []byte("<!doctype html>" + strings.Repeat("<table><tr><td>", 200) + many("<td>x")), big},
		{"entities.html", []byte("<!doctype html><p>" + many("&amp;") + ". Une phrase."), ""},
		{"nav.html", []byte("<!doctype html>" + strings.Repeat("<div class=nav>", 500) + many("<i>x</i>")), big},
		{"quotes.md", []byte(strings.Repeat(">", 100_000) + " x" + end), big},
		{"brackets.md", []byte(many("[") + end), big},
		{"images.md", []byte(many("![](") + end), slow},
		{"stars.md", []byte(many("*a **b ") + end), big},
		{"ticks.md", []byte(ticks(800) + end), ""},
		{"items.md", []byte(items(2000) + end), ""},
		{"tables.md", []byte("a|b\n-|-\n" + many("|\n") + end), big},
		{"laughs.md", []byte("---\n" + yamlLaughs() + "\n---\n" + end), ""},
		{"bomb.docx", bombDOCX(t), big},
		{"styles.docx", docx(t, map[string]io.Reader{"word/document.xml": strings.NewReader("<d/>"), "word/styles.xml": strings.NewReader(strings.Repeat("<style>", 100_000))}), broken},
		{"nested.docx", docx(t, map[string]io.Reader{"word/document.xml": strings.NewReader(strings.Repeat("<ins>", 1_000_000))}), empty},
		{"laughs.docx", docx(t, map[string]io.Reader{"word/document.xml": strings.NewReader(xmlLaughs)}), broken},
		{"entries.docx", entries(t, 50_000), wrong},
		{"bomb.pdf", pdfFile(flateObject("4 0 obj\n<< /Filter [/FlateDecode /FlateDecode] /Length %d >>", zlibbed(io.MultiReader(strings.NewReader("\x78\x9c"), bytes.NewReader(gigabyte()))))), big},
		{"tables.pdf", []byte("%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer << /Prev 9 /Root 1 0 R >>\nstartxref\n9\n%%EOF"), broken},
		{"pages.pdf", pdfFile("3 0 obj\n<< /Type /Pages /Kids [2 0 R 3 0 R 1 0 R] /Count 9 >>\nendobj\n"), empty},
		{"itself.pdf", pdfFile("4 0 obj\n<< /Length 4 0 R >>\nstream\nBT ET\nendstream\nendobj\n"), empty},
		{"container.pdf", []byte("%PDF-1.5\n1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Length 1 0 R >>\nstream\n1 0 << /Type /Catalog /Pages 1 0 R >>\nendstream\nendobj\ntrailer << /Root 1 0 R >>"), broken},
		{"arrays.pdf", pdfFile("4 0 obj\n" + strings.Repeat("[", 1_000_000)), big},
		{"numbers.pdf", pdfFile("4 0 obj\n[" + many("1 ") + "]\nendobj\n"), big},
		{"forms.pdf", pdfFile(pdfForms(8, 20)), big},
		{"glyphs.pdf", pdfFile("5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n" + flateObject("4 0 obj\n<< /Filter /FlateDecode /Length %d >>", zlibbed(strings.NewReader("BT /F 9 Tf ("+strings.Repeat("a", 12<<20)+") Tj ET")))), big},
		{"nothing.pdf", []byte("%PDF-1.7" + many(" 1 0 obj")), broken},
	}
}

// formats are elements that each paragraph after them repeats.
func formats(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<b class=%d>", i)
	}
	return b.String()
}

// ticks are runs of backticks, none as long as another.
func ticks(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat("`", i) + " ")
	}
	return b.String()
}

// items are lists within lists.
func items(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", 2*i%80) + "- x\n")
	}
	return b.String()
}

func yamlLaughs() string {
	b := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c <= 'k'; c++ {
		b += fmt.Sprintf("%c: &%c [%s]\n", c, c, strings.TrimSuffix(strings.Repeat("*"+string(c-1)+",", 9), ","))
	}
	return b + "title: *k"
}

const xmlLaughs = `<!DOCTYPE d [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;">]><d><p><r><t>&e;</t></r></p></d>`

// gigabyte is one of spaces, deflated: a block of a mebibyte, as often as that takes.
func gigabyte() []byte {
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, flate.BestCompression)
	_, _ = w.Write(bytes.Repeat([]byte(" "), 1<<20))
	_ = w.Flush()
	return bytes.Repeat(b.Bytes(), 1<<10)
}

// bombDOCX is a document whose text unpacks to a gigabyte.
func bombDOCX(t *testing.T) []byte {
	t.Helper()
	packed := gigabyte()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.CreateRaw(&zip.FileHeader{
		Name: "word/document.xml", Method: zip.Deflate, UncompressedSize64: 1 << 30, CompressedSize64: uint64(len(packed)),
	})
	if err == nil {
		_, err = f.Write(packed)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func docx(t *testing.T, parts map[string]io.Reader) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, part := range parts {
		f, err := w.Create(name)
		if err == nil {
			_, err = io.Copy(f, part)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// entries is an archive of n empty files, which says that it holds many more.
func entries(t *testing.T, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for range n {
		if _, err := w.CreateHeader(&zip.FileHeader{Name: "a"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zlibbed(r io.Reader) []byte {
	var b bytes.Buffer
	w, _ := zlib.NewWriterLevel(&b, zlib.BestCompression)
	_, _ = io.Copy(w, r)
	_ = w.Close()
	return b.Bytes()
}

func flateObject(head string, packed []byte) string {
	return fmt.Sprintf(head, len(packed)) + "\nstream\n" + string(packed) + "\nendstream\nendobj\n"
}

// pdfFile is a file of one page, whose content is object 4, whose font is object 5, and whose drawings are 10 and on.
func pdfFile(objects string) []byte {
	return []byte("%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n" +
		"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n" +
		"3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources 6 0 R >>\nendobj\n" +
		"6 0 obj\n<< /Font << /F 5 0 R >> /XObject << /X 10 0 R >> >>\nendobj\n" +
		objects + "trailer\n<< /Root 1 0 R >>\n%%EOF\n")
}

// pdfForms are drawings that each draw the next several times.
func pdfForms(depth, times int) string {
	var b strings.Builder
	content := strings.Repeat("/X Do ", times)
	fmt.Fprintf(&b, "4 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n", len(content), content)
	for i := range depth {
		fmt.Fprintf(&b, "%d 0 obj\n<< /Subtype /Form /Length %d /Resources << /XObject << /X %d 0 R >> >> >>\nstream\n%s\nendstream\nendobj\n",
			10+i, len(content), 11+i, content)
	}
	return b.String()
}
