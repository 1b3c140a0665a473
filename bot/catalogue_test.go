package bot

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"
)

// phrases returns every text of a catalogue by the name of its field.
func phrases(c *catalogue) map[string]string {
	found := map[string]string{}
	var walk func(name string, v reflect.Value)
	walk = func(name string, v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			found[name] = v.String()
		case reflect.Struct:
			for i := range v.NumField() {
				walk(name+"."+v.Type().Field(i).Name, v.Field(i))
			}
		case reflect.Map:
			for _, key := range v.MapKeys() {
				walk(name+"."+fmt.Sprint(key), v.MapIndex(key))
			}
		case reflect.Array:
			for i := range v.Len() {
				walk(name+"."+string(rune('a'+i)), v.Index(i))
			}
		}
	}
	walk("", reflect.ValueOf(*c))
	return found
}

func TestCataloguesAreComplete(t *testing.T) {
	verbs := regexp.MustCompile(`%[a-z]`)
	fr, en := phrases(inFrench), phrases(inEnglish)
	if len(fr) < 40 {
		t.Fatalf("%d phrases found: the walk misses some", len(fr))
	}
	for name := range fr {
		if fr[name] == "" || en[name] == "" && name != ".firstOfMonth" {
			t.Errorf("%s: French %q, English %q: one is missing", name, fr[name], en[name])
		}
		if diff := cmp.Diff(verbs.FindAllString(fr[name], -1), verbs.FindAllString(en[name], -1)); diff != "" {
			t.Errorf("%s: the verbs differ (-French +English):\n%s", name, diff)
		}
	}
}

// frenchFaults are what French typography does not allow, in text outside `code`.
var frenchFaults = map[string]*regexp.Regexp{
	"a straight apostrophe":                          regexp.MustCompile(`'`),
	"straight quotation marks":                       regexp.MustCompile(`["“”]`),
	"no no-break space before ; ! ? or a colon":      regexp.MustCompile("[^\u202f\u00a0?!(][;!?]|[^\u00a0]:"),
	"no no-break space inside « »":                   regexp.MustCompile("«[^\u00a0\u202f]|[^\u00a0\u202f]»"),
	"no no-break space between a number and a name":  regexp.MustCompile(`§ |%d §|phrases? %d`),
	"a space before a comma or a full stop":          regexp.MustCompile(`\s[,.]`),
	"three dots for …":                               regexp.MustCompile(`\.\.\.`),
	"two spaces":                                     regexp.MustCompile(`  `),
	"oe or ae for a ligature":                        regexp.MustCompile(`\b(?:coeur|oeuvre|noeud|voeu)`),
	"a capital without its accent":                   regexp.MustCompile(`\b(?:A propos|Etat|Ecrivez|Evitez|Etes|Etre|Ecoutez)`),
	"a hyphen for a dash, or a dash without a space": regexp.MustCompile(`\w - \w|\S—|—\S`),
}

func TestFrenchTypography(t *testing.T) {
	code := regexp.MustCompile("`[^`]*`|<[^>]*>")
	for name, phrase := range phrases(inFrench) {
		if name == ".thousands" {
			continue
		}
		phrase = code.ReplaceAllString(phrase, "x")
		for fault, re := range frenchFaults {
			if m := re.FindString(phrase); m != "" {
				t.Errorf("%s: %s: %q in %q", name, fault, m, phrase)
			}
		}
	}
}

// A test that cannot fail proves nothing: each rule must find a fault in a phrase that has it.
func TestFrenchTypographyFindsFaults(t *testing.T) {
	for _, phrase := range []string{"l'article", `"mot"`, "Quoi ?", "Ceci : cela", "«mot»", "§ 9", "phrase %d", "mot ,", "...",
		"a  b", "noeud", "A propos", "un - deux"} {
		found := false
		for _, re := range frenchFaults {
			found = found || re.MatchString(phrase)
		}
		if !found {
			t.Errorf("no fault found in %q", phrase)
		}
	}
}

func TestSpeak(t *testing.T) {
	fr, de := discordgo.French, discordgo.German
	for _, test := range []struct {
		name string
		i    *discordgo.Interaction
		want *catalogue
	}{
		{"nothing known", nil, inFrench},
		{"no locale", &discordgo.Interaction{}, inFrench},
		{"French", &discordgo.Interaction{Locale: fr}, inFrench},
		{"English", &discordgo.Interaction{Locale: discordgo.EnglishGB}, inEnglish},
		{"another language", &discordgo.Interaction{Locale: de, GuildLocale: &fr}, inEnglish},
		{"the server's", &discordgo.Interaction{GuildLocale: &de}, inEnglish},
	} {
		if got := speak(test.i); got != test.want {
			t.Errorf("%s: %q", test.name, got.sure)
		}
	}
}

func TestPlaceNumberDateList(t *testing.T) {
	first, twelfth := time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC), time.Date(2025, 6, 12, 0, 0, 0, 0, time.UTC)
	for _, test := range []struct{ got, want string }{
		{inFrench.place(9, []int{1}), "§ 9, phrase 1"},
		{inFrench.place(9, []int{1, 2}), "§ 9, phrases 1 et 2"},
		{inFrench.place(9, []int{1, 2, 3}), "§ 9, phrases 1 à 3"},
		{inFrench.place(9, nil), ""},
		{inEnglish.place(9, []int{1, 2}), "§ 9, sentences 1 and 2"},
		{inFrench.number(7), "7"},
		{inFrench.number(123), "123"},
		{inFrench.number(20000), "20\u202f000"},
		{inEnglish.number(1234567), "1,234,567"},
		{inFrench.date(first), "1er juin 2025"},
		{inEnglish.date(twelfth), "12 June 2025"},
		{inEnglish.date(time.Time{}), ""},
		{inFrench.list([]string{"A", "B", "C"}), "A, B et C"},
		{inFrench.list([]string{"A"}), "A"},
	} {
		if nbsp(test.got) != nbsp(test.want) {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

// nbsp returns text with its U+00A0 as plain spaces, for tests of words.
func nbsp(text string) string { return strings.ReplaceAll(text, "\u00a0", " ") }
