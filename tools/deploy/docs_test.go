package deploy_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A document that says what holds a promise names tests that there are; one that ends in « … » stands for several. The
// files that documents point to are there too.
func TestDocumentsNameWhatIsThere(t *testing.T) {
	var tests strings.Builder
	declared := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz|Benchmark)\w+)\(`)
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case strings.HasSuffix(name, "_test.go"):
			for _, m := range declared.FindAllSubmatch(read(t, name), -1) {
				tests.WriteString("\n" + string(m[1]) + " ")
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	documents, err := filepath.Glob(filepath.Join(root, "docs/*.md"))
	if err != nil || len(documents) < 5 {
		t.Fatal(documents, err)
	}
	named := regexp.MustCompile("`((?:Test|Fuzz|Benchmark)[A-Z]\\w*)(…?)[`/]")
	linked := regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`)
	for _, document := range documents {
		text := string(read(t, "docs/"+filepath.Base(document)))
		for _, m := range named.FindAllStringSubmatch(text, -1) {
			end := " "
			if m[2] != "" {
				end = ""
			}
			if !strings.Contains(tests.String(), "\n"+m[1]+end) {
				t.Errorf("%s names %s, which is no test", document, m[1])
			}
		}
		for _, m := range linked.FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(root, "docs", m[1])); err != nil {
				t.Errorf("%s points to %s, which is not there", document, m[1])
			}
		}
	}
}
