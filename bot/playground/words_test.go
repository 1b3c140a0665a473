package playground_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"verbatim/knowledge/french"
)

func words(t *testing.T) map[string]map[string]string {
	t.Helper()
	data, err := os.ReadFile("page/words.json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]map[string]string
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// Every text is there in both languages, with the same values in it.
func TestWordsAreComplete(t *testing.T) {
	all := words(t)
	value := regexp.MustCompile(`\{\w+\}`)
	for key, fr := range all["fr"] {
		en, ok := all["en"][key]
		if !ok || strings.TrimSpace(en) == "" || strings.TrimSpace(fr) == "" {
			t.Errorf("%s: %q is %q in English", key, fr, en)
		}
		a, b := value.FindAllString(fr, -1), value.FindAllString(en, -1)
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(a, b) {
			t.Errorf("%s: %q and %q hold other values", key, fr, en)
		}
	}
	if len(all["en"]) != len(all["fr"]) {
		t.Errorf("%d texts in English, %d in French", len(all["en"]), len(all["fr"]))
	}
}

// What the page asks for is there, and nothing is there that it does not ask for.
func TestWordsAreUsed(t *testing.T) {
	known, used := words(t)["fr"], map[string]bool{}
	files, err := filepath.Glob("page/*")
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	for _, file := range files {
		if filepath.Ext(file) == ".json" {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text += string(data)
	}
	for _, m := range regexp.MustCompile(`(?:say\("|data-(?:word|label)="|key: ")(\w+)"`).FindAllStringSubmatch(text, -1) {
		used[m[1]] = true
		if known[m[1]] == "" {
			t.Errorf("there is no text for %s", m[1])
		}
	}
	for kind := range french.Kinds {
		used["kind_"+kind.String()] = true
		if known["kind_"+kind.String()] == "" {
			t.Errorf("there is no text for the kind of question %s", kind)
		}
	}
	for key := range known {
		if !used[key] && !strings.Contains(text, `"`+key+`"`) && !slices.Contains([]string{"answered", "unanswered", "foreign", "no_terms"}, key) {
			t.Errorf("%s is not used", key)
		}
	}
}

// frenchFaults are what French typography does not have; package bot keeps the same for what a bot says.
var frenchFaults = map[string]*regexp.Regexp{
	"a straight apostrophe or quotation mark": regexp.MustCompile(`['"]`),
	"no no-break space before ; ! ?":          regexp.MustCompile(`[^\x{202f}\x{a0}][;!?]`),
	"no no-break space before a colon":        regexp.MustCompile(`[^\x{a0}]:(?:\s|$)`),
	"no no-break space in a quotation":        regexp.MustCompile(`«[^\x{a0}\x{202f}]|[^\x{a0}\x{202f}]»`),
	"no no-break space by a sign":             regexp.MustCompile(`[^\x{a0}\x{202f}]%|§[^\x{a0}]`),
	"three dots for …":                        regexp.MustCompile(`\.\.\.`),
}

func TestWordsTypography(t *testing.T) {
	for key, phrase := range words(t)["fr"] {
		for fault, re := range frenchFaults {
			if m := re.FindString(phrase); m != "" {
				t.Errorf("%s: %s: %q in %q", key, fault, m, phrase)
			}
		}
	}
	for _, phrase := range []string{"l'article", "Quoi ?", "Ceci : cela", "«mot»", "§ 9", "9 %", "..."} {
		found := false
		for _, re := range frenchFaults {
			found = found || re.MatchString(phrase)
		}
		if !found {
			t.Errorf("no fault found in %q", phrase)
		}
	}
}
