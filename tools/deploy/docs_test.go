package deploy_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
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

// Each module of others' that the program imports has its line in docs/security.md, which says what it would take to
// be without.
func TestDependenciesAreExplained(t *testing.T) {
	_, table, _ := strings.Cut(string(read(t, "docs/security.md")), "## Dependencies")
	table, _, _ = strings.Cut(table, "\n\nTests alone use")
	required := regexp.MustCompile(`(?m)^\t(\S+) v\S+`)
	major := regexp.MustCompile(`/v\d+$`)
	explained := 0
	for _, m := range required.FindAllStringSubmatch(string(read(t, "go.mod")), -1) {
		by := importer(t, m[1])
		if by == "" {
			continue // of tests, or of other modules
		}
		explained++
		name := filepath.Base(major.ReplaceAllString(m[1], ""))
		if strings.HasPrefix(m[1], "golang.org/") {
			name = "x/" + name
		}
		if !regexp.MustCompile(`(?m)^\|[^|]*\b` + regexp.QuoteMeta(name) + `\b`).MatchString(table) {
			t.Errorf("docs/security.md does not say why %s imports %s", by, m[1])
		}
	}
	if explained < 15 {
		t.Errorf("%d modules are imported: that is no test", explained)
	}
}

// importer returns a file of the program that imports a package of a module, "" where there is none.
func importer(t *testing.T, module string) (found string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || found != "":
			return err
		case d.IsDir() && (name != "." && strings.HasPrefix(d.Name(), ".") || name == "tools" || d.Name() == "testdata" || strings.HasSuffix(name, "test")):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, read(t, name), parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range f.Imports {
			if path, err := strconv.Unquote(spec.Path.Value); err == nil && (path == module || strings.HasPrefix(path, module+"/")) {
				found = name
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
