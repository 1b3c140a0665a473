package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// one is a file of one page with a content, and objects besides; font 5 is Helvetica.
func one(content, objects string) []byte {
	return []byte("%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n" +
		"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 /Resources << /Font << /F 5 0 R /G 7 0 R >> /XObject << /X 8 0 R >> >> >>\nendobj\n" +
		"3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>\nendobj\n" +
		fmt.Sprintf("4 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n", len(content), content) +
		"5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>\nendobj\n" +
		objects + "trailer\n<< /Root 1 0 R >>\n")
}

func texts(t *testing.T, data []byte) (lines []string) {
	t.Helper()
	d, err := Read(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range d.Pages {
		for _, l := range p.Lines {
			lines = append(lines, l.Text())
		}
	}
	return lines
}

// TestContent reads what operators draw. None of these files has a table of its objects.
func TestContent(t *testing.T) {
	toUnicode := func(s string) string {
		return "7 0 obj\n<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 9 0 R /DescendantFonts [<< /DW 600 /W [1 [500 500] 5 9 400] >>] >>\nendobj\n" +
			fmt.Sprintf("9 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n", len(s), s)
	}
	differences := "7 0 obj\n<< /Type /Font /Subtype /Type1 /Encoding << /Differences [1 /eacute /f_i /uni0153 /quoteright.alt 10 /fi /acute /e /dotlessi] >> " +
		"/FirstChar 1 /Widths [500 500 500 500 500 500 500 500 500 500 300 500 500] >>\nendobj\n"
	for _, tt := range []struct {
		name, content, objects string
		want                   []string
	}{
		{"a string", "BT /F 12 Tf 1 0 0 1 50 700 Tm (L\\222eau \\351tait l\\340.) Tj ET", "", []string{"L’eau était là."}},
		{"escapes", "BT /F 12 Tf (a\\(b\\)\\\\ \\\nc\\53\\r(d)) Tj ET", "", []string{"a(b)\\ c+(d)"}},
		{"hexadecimal", "BT /F 12 Tf <4c92 65 6175> Tj ET", "", []string{"L’eau"}},
		{"gaps are spaces", "BT /F 12 Tf [(Le)-300(ca)5(nal)] TJ ET", "", []string{"Le canal"}},
		{"lines", "BT /F 12 Tf 14 TL 50 700 Td (Un) Tj T* (deux) Tj (trois) ' 3 0 (quatre) \" ET", "", []string{"Un", "deux", "trois", "quatre"}},
		{"a jump is another line", "BT /F 12 Tf 50 700 Td (Un) Tj 0 -100 TD (deux) Tj ET", "", []string{"Un", "deux"}},
		{"cells", "BT /F 12 Tf 50 700 Td (Un) Tj 200 0 Td (deux) Tj ET", "", []string{"Un deux"}},
		{"upside down is not read", "BT /F 12 Tf 0 1 -1 0 50 700 Tm (marge) Tj 1 0 0 1 50 600 Tm (Oui) Tj ET", "", []string{"Oui"}},
		{"the mark of a note", "BT /F 12 Tf 50 700 Td (la fin) Tj /F 7 Tf 5 Ts (12) Tj 0 Ts /F 12 Tf (.) Tj ET", "", []string{"la fin."}},
		{"a power", "BT /F 12 Tf 50 700 Td (12 km) Tj /F 7 Tf 5 Ts (2) Tj ET", "", []string{"12 km2"}},
		{"an ordinal", "BT /F 12 Tf 50 700 Td (le 1) Tj /F 7 Tf 5 Ts (er) Tj 0 Ts /F 12 Tf ( mai) Tj ET", "", []string{"le 1er mai"}},
		{"names of glyphs", "BT /G 12 Tf 50 700 Td <01020304> Tj <0a> Tj ET", differences, []string{"éfiœ’fi"}},
		{"an accent over a letter", "BT /G 12 Tf 50 700 Td [<0b> 500 <0c>] TJ ET", differences, []string{"é"}},
		{"an accent over a dotless letter", "BT /G 12 Tf 50 700 Td [<0b> 500 <0d>] TJ ET", differences, []string{"í"}},
		{"codes of two bytes", "BT /G 12 Tf 50 700 Td <00010002000500060007> Tj ET",
			toUnicode("1 beginbfchar <0001> <004C2019> endbfchar 2 beginbfrange <0002> <0004> <0153> <0005> <0007> [<0041> <0042> <FB01>] endbfrange"),
			[]string{"L’œABfi"}},
		{"codes without meaning", "BT /G 12 Tf 50 700 Td <0063> Tj ET", toUnicode(""), []string{"\ufffd"}},
		{"a form", "q 1 0 0 1 0 100 cm /X Do Q", "8 0 obj\n<< /Subtype /Form /Length 30 >>\nstream\nBT /F 12 Tf (Dedans.) Tj ET    \nendstream\nendobj\n", []string{"Dedans."}},
		{"a picture", "BI /W 1 /H 1 ID (xEI)\nEI Q BT /F 12 Tf (Oui.) Tj ET", "", []string{"Oui."}},
		{"an artifact", "/Artifact BMC BT /F 12 Tf (Page 1) Tj ET EMC BT /F 12 Tf (Oui.) Tj ET", "", []string{"Oui."}},
		{"what text stands for", "BT /F 12 Tf /Span << /ActualText <FEFF00E9> >> BDC (xyz) Tj EMC (t) Tj ET", "", []string{"ét"}},
		{"what is no content", "<< /a [ ( } ] >> ) 12 0 R BT /F 12 Tf 1 2 3 Tj Q Q EMC ET", "", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, texts(t, one(tt.content, tt.objects))); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

const drawn = "BT /F 12 Tf 50 700 Td (L'eau.) Tj ET"

// TestFilters unpacks a content in each way that a text may be packed.
func TestFilters(t *testing.T) {
	var flat, rows, a85 bytes.Buffer
	w := zlib.NewWriter(&flat)
	_, _ = w.Write([]byte(drawn))
	_ = w.Close()
	w = zlib.NewWriter(&rows)
	for i := 0; i < len(drawn); i += 4 { // rows of four, each with what it adds to the one above
		row := []byte{2}
		for j := i; j < i+4 && j < len(drawn); j++ {
			above := byte(0)
			if j >= 4 {
				above = drawn[j-4]
			}
			row = append(row, drawn[j]-above)
		}
		_, _ = w.Write(row)
	}
	_ = w.Close()
	encoder := ascii85.NewEncoder(&a85)
	_, _ = encoder.Write(flat.Bytes())
	_ = encoder.Close()
	for name, tt := range map[string]struct{ filter, data string }{
		"deflate":            {"/Filter /FlateDecode", flat.String()},
		"deflate, cut short": {"/Filter /FlateDecode", flat.String()[:flat.Len()-4]},
		"rows":               {"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 4 >>", rows.String()},
		"two":                {"/Filter [/ASCII85Decode /FlateDecode]", a85.String() + "~>"},
		"hexadecimal":        {"/Filter /ASCIIHexDecode", hex.EncodeToString([]byte(drawn)) + ">"},
		"runs":               {"/Filter /RunLengthDecode", string(rune(len(drawn)-1)) + drawn + "\x80"},
		"LZW":                {"/Filter /LZWDecode", string(lzw([]byte(drawn)))},
	} {
		t.Run(name, func(t *testing.T) {
			file := bytes.Replace(one("", ""), []byte("/Contents 4 0 R"), []byte("/Contents 9 0 R"), 1)
			file = append(file, fmt.Sprintf("9 0 obj\n<< %s /Length %d >>\nstream\n%s\nendstream\nendobj\n", tt.filter, len(tt.data), tt.data)...)
			if diff := cmp.Diff([]string{"L'eau."}, texts(t, file)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// lzw packs data: 9-bit codes, and a fresh table before they would grow.
func lzw(data []byte) []byte {
	codes := []int{256}
	table := map[string]int{}
	word := ""
	number := func(s string) int {
		if len(s) == 1 {
			return int(s[0])
		}
		return table[s]
	}
	for _, c := range data {
		if _, known := table[word+string(rune(c))]; word == "" || known {
			word += string(rune(c))
			continue
		}
		codes = append(codes, number(word))
		table[word+string(rune(c))] = 258 + len(table)
		word = string(rune(c))
	}
	codes = append(codes, number(word), 257)
	var out []byte
	acc, bits := 0, 0
	for _, code := range codes {
		acc, bits = acc<<9|code, bits+9
		for bits >= 8 {
			out = append(out, byte(acc>>(bits-8)))
			bits -= 8
		}
	}
	return append(out, byte(acc<<(8-bits)))
}

// TestLZWGrows unpacks a text whose codes grow to 12 bits, which the test's own packer does not make: it is a run of
// one byte, whose codes are each the next entry of the table.
func TestLZWGrows(t *testing.T) {
	var out []byte
	acc, bits, width, want := uint64(0), 0, 9, 0
	put := func(code int) {
		acc, bits = acc<<width|uint64(code), bits+width
		for bits >= 8 {
			out = append(out, byte(acc>>(bits-8)))
			bits -= 8
		}
	}
	put(256)
	put('a')
	want++
	for n := range 3000 {
		switch {
		case n+258+1 > 2047:
			width = 12
		case n+258+1 > 1023:
			width = 11
		case n+258+1 > 511:
			width = 10
		}
		put(258 + n) // not in the table yet: the last one and its first byte
		want += n + 2
	}
	put(257)
	put(0)
	if got := unlzw(out, 1, maxStream); len(got) != want || strings.Trim(string(got), "a") != "" {
		t.Errorf("got %d bytes, want %d", len(got), want)
	}
}

// TestBroken reads what is left of files that were cut, or whose tables lie.
func TestBroken(t *testing.T) {
	whole, err := os.ReadFile("../testdata/files/reportlab.pdf")
	if err != nil {
		t.Fatal(err)
	}
	want := texts(t, whole)
	if len(want) < 20 {
		t.Fatalf("only %d lines", len(want))
	}
	for name, data := range map[string][]byte{
		"no table":         bytes.ReplaceAll(whole, []byte("xref"), []byte("xxxx")),
		"offsets are off":  append([]byte("%PDF-1.4\n% moved\n"), whole...),
		"something before": append([]byte("HTTP/1.1 200 OK\r\n\r\n"), whole...),
		"no end":           whole[:bytes.LastIndex(whole, []byte("xref\n0"))],
		"lengths are off":  bytes.ReplaceAll(whole, []byte("/Length "), []byte("/Length 1")),
	} {
		if diff := cmp.Diff(want, texts(t, data)); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", name, diff)
		}
	}
}

func TestErrors(t *testing.T) {
	for _, tt := range []struct {
		data string
		want error
	}{
		{"", ErrFormat},
		{"%PDF-1.7", ErrFormat},
		{"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 1 0 R >> trailer << /Root 1 0 R /Encrypt << /Filter /Adobe.PubSec >> >>", ErrEncrypted},
		{"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 1 0 R >> trailer << /Root 1 0 R /Encrypt << /Filter /Standard /V 4 /R 4 >> >>", ErrEncrypted},
		{"%PDF-1.7\n1 0 obj " + strings.Repeat("<< /a ", 100), ErrBudget},
	} {
		if _, err := Read([]byte(tt.data)); !errors.Is(err, tt.want) {
			t.Errorf("%.40q: got error %v, want %v", tt.data, err, tt.want)
		}
	}
}

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"L\x92\xe9t\xe9":               "L’été",
		"\xfe\xff\x00L\x20\x19\x00e":   "L’e",
		"\xef\xbb\xbfL’été":            "L’été",
		"\xfe\xff\xd8\x3d\xde\x00\x00": "😀",
	} {
		if got := Text(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"D:20240506123000+02'00'": "2024-05-06T12:30:00+02:00", "D:20240506": "2024-05-06T00:00:00Z",
		"D:20240506123000Z": "2024-05-06T12:30:00Z", "hier": "0001-01-01T00:00:00Z",
	} {
		if got := date(in).Format("2006-01-02T15:04:05Z07:00"); got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}

// FuzzRead reads anything: a panic is a finding, and so is what takes long.
func FuzzRead(f *testing.F) {
	names, err := filepath.Glob("../testdata/files/*.pdf")
	if err != nil || len(names) == 0 {
		f.Fatal(err)
	}
	for _, name := range names {
		if data, err := os.ReadFile(name); err == nil && len(data) < 64<<10 {
			f.Add(data)
		}
	}
	f.Add(one(drawn, ""))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Read(data)
		if err == nil && len(d.Pages) == 0 {
			t.Error("a file without pages is read")
		}
	})
}
