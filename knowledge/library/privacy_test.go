package library_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What is stored is told, table by table, in both languages. Whoever adds a table tells of it there.
func TestPrivacyTellsOfEveryTable(t *testing.T) {
	files, err := filepath.Glob("migrations/*.sql")
	must(t, err)
	tables := map[string]bool{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		must(t, err)
		for _, m := range regexp.MustCompile(`(?i)CREATE TABLE (\w+)`).FindAllStringSubmatch(string(text), -1) {
			tables[m[1]] = true
		}
	}
	for _, page := range []string{"../../docs/privacy.md", "../../docs/confidentialite.md"} {
		text, err := os.ReadFile(page)
		must(t, err)
		told := map[string]bool{}
		for _, m := range regexp.MustCompile("(?m)^\\|[^|]*\\| `(\\w+)` \\|").FindAllStringSubmatch(string(text), -1) {
			told[m[1]] = true
		}
		for table := range tables {
			if !told[table] {
				t.Errorf("%s does not tell of the table %s", page, table)
			}
		}
		for table := range told {
			if !tables[table] {
				t.Errorf("%s tells of %s, which is no table", page, table)
			}
		}
		for _, setting := range []string{"QUESTION_DAYS", "GRACE_DAYS", "bot article purge"} {
			if !strings.Contains(string(text), setting) {
				t.Errorf("%s does not name %s", page, setting)
			}
		}
	}
}
