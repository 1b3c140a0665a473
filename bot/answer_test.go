package bot

import (
	"slices"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
)

// handmade is an answer that no ranking made, so that goldens of its layout stay when ranking changes.
func handmade(t *testing.T, confidence float64) knowledge.Answer {
	t.Helper()
	a := knowledge.Shipped()
	s := a.Paragraphs[8].Sentences[0]
	mark := func(word string) knowledge.Span {
		i := strings.Index(a.Quote(s), word)
		if i < 0 {
			t.Fatalf("%q is not in %q", word, a.Quote(s))
		}
		return knowledge.Span{Start: s.Start + i, End: s.Start + i + len(word)}
	}
	return knowledge.Answer{
		Question: "Qui remplace *Wang* ?", Outcome: knowledge.Answered, Confidence: confidence,
		Quotes: []knowledge.Quote{{Article: a, Span: s, Paragraph: 9, Sentences: []int{1},
			Matches: []knowledge.Span{mark("Wang")}, Answers: []knowledge.Span{mark("Jason Droege")}}},
	}
}

func TestAnswered(t *testing.T) {
	b, _ := newBot(shipped())
	for _, test := range []struct {
		name       string
		words      *catalogue
		confidence float64
		private    bool
	}{{"reponse_sure", inFrench, 0.95, false}, {"reponse_probable", inFrench, 0.6, true}, {"answer_unsure", inEnglish, 0.2, false}} {
		t.Run(test.name, func(t *testing.T) {
			a := handmade(t, test.confidence)
			r := shipped().member(&discordgo.Interaction{GuildID: "1"})
			r.words = test.words
			p, err := b.passages(r, asked{text: a.Question}, a, 0, test.private)
			if err != nil {
				t.Fatal(err)
			}
			reply := message(test.private, p.container())
			checkReply(t, reply)
			golden(t, test.name, reply)
		})
	}
}

func TestAbstention(t *testing.T) {
	var seen []string
	for _, c := range []*catalogue{inFrench, inEnglish} {
		for _, o := range []knowledge.Outcome{knowledge.NoTerms, knowledge.Foreign, knowledge.Unanswered} {
			for _, only := range []*knowledge.Article{nil, knowledge.Shipped()} {
				got := c.abstention(o, only)
				if o != knowledge.NoTerms && slices.Contains(seen, got) {
					t.Errorf("outcome %d says the same as another: %q", o, got)
				}
				if named := strings.Contains(got, "Alexandr Wang"); named != (only != nil && o != knowledge.NoTerms) {
					t.Errorf("outcome %d names the article: %v in %q", o, named, got)
				}
				seen = append(seen, got)
			}
		}
	}
}

// TestALongQuoteIsNotCut asks for sentences around the longest that a message holds: each is shown
// whole or not at all, and then its place and length are told.
func TestALongQuoteIsNotCut(t *testing.T) {
	whole, left := 0, 0
	for _, unit := range []string{"mot ", "_*a ", "😀é "} {
		for n := 3000; n <= 5000; n += 97 {
			text := strings.TrimSpace(strings.Repeat(unit, n/len([]rune(unit))))
			a := article(t, "long", text)
			w := mustBuild(a)
			b, _ := newBot(w)
			r, q := w.member(&discordgo.Interaction{}), asked{text: "Quoi ?"}
			p, err := b.passages(r, q, knowledge.Answer{Outcome: knowledge.Answered, Quotes: []knowledge.Quote{
				{Article: a, Span: a.Paragraphs[0].Sentences[0], Paragraph: 1, Sentences: []int{1}},
			}}, 0, false)
			if err != nil {
				t.Fatal(err)
			}
			reply := message(false, p.container())
			checkReply(t, reply)
			switch shown := texts(reply); {
			case render(shown[1]).text == text:
				whole++
			case strings.Contains(nbsp(shown[1]), "§ 1, phrase 1") && strings.Contains(shown[1], inFrench.number(len([]rune(text)))):
				left++
			default:
				t.Errorf("%d × %q is shown as %.100q", n, unit, shown[1])
			}
		}
	}
	if whole == 0 || left == 0 {
		t.Errorf("%d shown whole, %d left out: the lengths try one side only", whole, left)
	}
}

func TestSourceButton(t *testing.T) {
	for source, want := range map[string]string{
		"":                         "",
		"https://exemple.fr/é t é": "https://exemple.fr/%C3%A9%20t%20%C3%A9",
		"http://exemple.fr":        "http://exemple.fr",
		"javascript:alert(1)":      "",
		"discord://-/channels":     "",
		"https://":                 "",
		"://":                      "",
		"exemple.fr":               "",
		"https://été.fr/page":      "https://xn--t-9fab.fr/page",
		"https://wiki/piscine":     "",
		"http://localhost:4000/a":  "",
		"http://192.168.1.5/a":     "http://192.168.1.5/a",
		"http://[::1]:80/a":        "http://[::1]:80/a",
		"https://été.fr:8443/page": "https://xn--t-9fab.fr:8443/page",
		"https://mon_site.fr/a":    "https://mon_site.fr/a",
		"https://a:b@exemple.fr/":  "",
		"https://exemple.fr/" + strings.Repeat("a", maxURL): "",
	} {
		got := ""
		for _, c := range inFrench.sourceButton(&knowledge.Article{Meta: knowledge.Meta{Source: source}}) {
			got = c.(discordgo.Button).URL
		}
		if got != want {
			t.Errorf("source %q: button %q, want %q", source, got, want)
		}
	}
}

func TestFind(t *testing.T) {
	articles := []*knowledge.Article{article(t, "a", "Un."), article(t, "b", "Deux.")}
	articles[0].Title, articles[1].Title = "L’été à Nice", "L’été à Lyon"
	c := mustBuild(articles...).corpus()
	for name, want := range map[string]string{
		"a": "a", "b": "b", "l'ete a lyon": "b", "NICE": "a", "été": "", "c": "", "Paris": "", c.volumes[1].key: "b",
	} {
		got := ""
		if v := c.find(name); v != nil {
			got = v.ID
		}
		if got != want {
			t.Errorf("find(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestPlainTitle(t *testing.T) {
	for _, test := range []struct{ title, id, want string }{
		{"Titre", "id", "Titre"}, {" \u202eun\n deux ", "id", "un deux"}, {"", "id", "id"}, {"\u200b\u200d", "id", "id"},
		{"", "\u200d", keyOf("\u200d")}, {strings.Repeat("mot ", 90), "", strings.TrimSpace(strings.Repeat("mot ", 37)) + "…"},
	} {
		if got := plainTitle(&knowledge.Article{Meta: knowledge.Meta{ID: test.id, Title: test.title}}); got != test.want {
			t.Errorf("title %q, ID %q: %q, want %q", test.title, test.id, got, test.want)
		}
	}
}

func TestManyArticlesAreCounted(t *testing.T) {
	for n, want := range map[int]string{1: "t", 2: "t et t", 11: "t, t, t, t, t, t, t, t, t, t et t", 12: "t, t, t, t, t, t, t, t, t, t et 2 autres"} {
		articles := make([]*knowledge.Article, n)
		got := inFrench.list(inFrench.titles(articles, maxListed, func(*knowledge.Article) string { return "t" }))
		if got != want {
			t.Errorf("%d articles: %q, want %q", n, got, want)
		}
	}
}
