package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
)

// TestReadShowsTheWholeArticle turns all the pages of an article, and finds each of its paragraphs,
// word for word and in order, under its number.
func TestReadShowsTheWholeArticle(t *testing.T) {
	long := strings.Repeat("Une phrase de plus, *en étoiles*. ", 200)
	for _, a := range []*knowledge.Article{
		knowledge.Shipped(),
		article(t, "long", "Un.\n\n"+long+"\n\nTrois.\n\n"+strings.Repeat("Court.\n\n", 120)),
	} {
		b, _ := newBot(mustBuild(a))
		s := ask(t, b, "article")
		if !private(s.reply) {
			t.Error("read in public")
		}
		shown := paragraphsOn(t, s)
		for n := 1; ; n++ {
			next := s.act(actTurn)
			if n > 1 {
				next = nextPage(s, n)
			}
			if next == "" {
				break
			}
			reply := press(t, b, s, camille, next, "")
			if reply.Type != discordgo.InteractionResponseUpdateMessage {
				t.Fatalf("a reply of type %d, want an update", reply.Type)
			}
			s = s.after(camille, reply)
			for number, text := range paragraphsOn(t, s) {
				shown[number] = strings.TrimSpace(shown[number] + " " + text)
			}
		}
		for i, p := range a.Paragraphs {
			if got, want := shown[i+1], strings.TrimSpace(a.Quote(p.Span)); got != want {
				t.Errorf("%s: § %d shows %.80q, want %.80q", a.ID, i+1, got, want)
			}
		}
	}
}

// nextPage returns the button to page n, counted from 0, of an article.
func nextPage(s screen, n int) string {
	for _, c := range s.controls() {
		if st, err := parseState(c[0]); err == nil && st.act == actTurn && st.numbers[0] == n {
			return c[0]
		}
	}
	return ""
}

// paragraphsOn returns the text of the paragraphs on a page, by number.
func paragraphsOn(t *testing.T, s screen) map[int]string {
	t.Helper()
	shown := map[int]string{}
	for _, text := range texts(s.reply)[2:] {
		number, body, ok := strings.Cut(text, "\n")
		var n int
		if _, err := fmt.Sscanf(nbsp(number), "-# § %d", &n); err != nil || !ok {
			t.Errorf("a piece without a number: %.40q", text)
		}
		shown[n] = strings.TrimSpace(shown[n] + " " + render(body).text)
	}
	return shown
}

// TestHeadingsStandAboveTheirParagraphs reads an article that has parts.
func TestHeadingsStandAboveTheirParagraphs(t *testing.T) {
	text := "Horaires\n\nLa piscine ouvre à 9 heures.\n\nTarifs\n\nLes *enfants*\n\nLeur entrée coûte 2 euros.\n\nElle est gratuite le lundi." +
		strings.Repeat("\n\nUn paragraphe assez long pour que la page soit vite pleine, et qu’il en faille une autre.", 40)
	var headings []knowledge.Heading
	for _, name := range []string{"Horaires", "Tarifs", "Les *enfants*"} {
		at := strings.Index(text, name)
		headings = append(headings, knowledge.Heading{Span: knowledge.Span{Start: at, End: at + len(name)}, Level: 2})
	}
	a, err := knowledge.NewArticle(knowledge.Meta{ID: "piscine", Title: "Piscine"}, text, headings...)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := newBot(mustBuild(a))
	s := ask(t, b, "article")
	shown := texts(s.reply)
	for i, want := range []string{
		"**Horaires**\n-# § 1\nLa piscine ouvre à 9 heures.", "**Tarifs**\n**Les \\*enfants\\***\n-# § 2\nLeur entrée coûte 2 euros.",
		"-# § 3\nElle est gratuite le lundi.",
	} {
		if got := nbsp(shown[i+2]); got != want {
			t.Errorf("shows %q, want %q", got, want)
		}
	}
	var contents []string
	for _, c := range everyComponent(s.reply) {
		if menu, ok := c.(discordgo.SelectMenu); ok {
			contents = append(contents, nbsp(menu.Options[0].Label), nbsp(menu.Options[1].Label))
		}
	}
	if want := []string{"§ 1–2 · Horaires", "§ 3–4 · Elle est gratuite le lundi."}; !slices.Equal(contents, want) {
		t.Errorf("the contents are %q, want %q", contents, want)
	}
}

func TestJumpGoesToTheParagraph(t *testing.T) {
	b, _ := newBot(mustBuild(article(t, "long", strings.Repeat("Un paragraphe assez long pour que la page soit vite pleine.\n\n", 120))))
	s := ask(t, b, "article")
	values := map[string]bool{}
	for _, c := range s.controls() {
		if c[1] == "" {
			continue
		}
		values[c[1]] = true
		var want int
		if _, err := fmt.Sscan(c[1], &want); err != nil {
			t.Fatal(err)
		}
		reply := press(t, b, s, camille, c[0], c[1])
		if shown := paragraphsOn(t, screen{reply, camille}); shown[want] == "" {
			t.Errorf("§ %d is not on its page", want)
		}
	}
	if len(values) != 24 || !values["1"] || !values["116"] { // every fifth of 120
		t.Errorf("contents: %v", values)
	}
}

func TestReadAnArticleByName(t *testing.T) {
	two := mustBuild(knowledge.Shipped(), article(t, "b", "Deux."))
	for _, test := range []struct {
		name, recording, want string
		x                     *world
	}{
		{"a part of its title", "article_nom", "## Meta recrute Alexandr Wang, fondateur de Scale AI", two},
		{"none of several", "article", "### Ce que je connais", two},
		{"unknown", "article_inconnu", "Je ne connais aucun article nommé", two},
		{"there is none", "article", inFrench.noArticles, mustBuild()},
	} {
		b, _ := newBot(test.x)
		if got := texts(ask(t, b, test.recording).reply); !strings.HasPrefix(nbsp(got[0]), nbsp(test.want)) {
			t.Errorf("%s: %q, want %q", test.name, got[0], test.want)
		}
	}
	b, _ := newBot(two)
	s := ask(t, b, "article")
	controls := s.controls()
	reply := press(t, b, s, camille, controls[1][0], controls[1][1])
	if got := texts(reply); got[0] != "## b" || reply.Type != discordgo.InteractionResponseUpdateMessage {
		t.Errorf("the second of the list: %q", got)
	}
}

// TestLongContext shows as many whole sentences around a quote as fit.
func TestLongContext(t *testing.T) {
	var sentences []string
	for i := range 400 {
		sentences = append(sentences, fmt.Sprintf("Voici la phrase numéro %d.", i+1))
	}
	w := mustBuild(article(t, "long", strings.Join(sentences, " ")))
	b, _ := newBot(w)
	v := w.corpus().volumes[0]
	for _, n := range []int{1, 200, 400} {
		r := w.member(&discordgo.Interaction{})
		reply, err := b.inContext(t.Context(), r, r.corpus.about(actContext, v, 1, n, n), v)
		if err != nil {
			t.Fatal(err)
		}
		checkReply(t, reply)
		shown := render(texts(reply)[1])
		if !strings.Contains(v.Text, shown.text) || !slices.Equal(shown.bold, []string{sentences[n-1]}) {
			t.Errorf("around %d: bold %q in %.80q", n, shown.bold, shown.text)
		}
		if got := size(texts(reply)[1]); got < maxText-2*frame || got > maxText-frame {
			t.Errorf("around %d: %d characters, want nearly a message", n, got)
		}
		if got := texts(reply)[2]; !strings.Contains(got, "sur 400") {
			t.Errorf("around %d: %q does not say that more is left out", n, got)
		}
	}
}

// TestALoneSentenceInContext says so where no sentence around a quote fits.
func TestALoneSentenceInContext(t *testing.T) {
	long := func(word string) string { return "Le " + strings.Repeat(word+" ", 3700/(len(word)+1)) + "finit." }
	w := mustBuild(article(t, "long", long("mur")+" L’entrée coûte 4 euros. "+long("sol")))
	b, _ := newBot(w)
	v, r := w.corpus().volumes[0], w.member(&discordgo.Interaction{})
	reply, err := b.inContext(t.Context(), r, r.corpus.about(actContext, v, 1, 2, 2), v)
	if err != nil {
		t.Fatal(err)
	}
	if got := nbsp(texts(reply)[2]); !strings.Contains(got, "voici sa phrase 2, sur 3") {
		t.Errorf("got %q", got)
	}
}

func TestWindow(t *testing.T) {
	most := func(n int) func(lo, hi int) bool { return func(lo, hi int) bool { return hi-lo < n } }
	for _, test := range []struct{ n, lo, hi, fit, wantLo, wantHi int }{
		{5, 3, 3, 9, 1, 5}, {5, 3, 3, 3, 2, 4}, {5, 1, 1, 3, 1, 3}, {5, 5, 5, 3, 3, 5}, {5, 2, 3, 1, 0, 0}, {5, 3, 3, 1, 3, 3}, {5, 4, 4, 4, 2, 5},
	} {
		lo, hi := window(test.n, test.lo, test.hi, most(test.fit))
		if lo != test.wantLo || hi != test.wantHi {
			t.Errorf("window(%d, %d, %d) for %d = %d, %d, want %d, %d", test.n, test.lo, test.hi, test.fit, lo, hi, test.wantLo, test.wantHi)
		}
	}
}

// An article of many headings takes no more time for each of them than one of few.
func TestManyHeadings(t *testing.T) {
	const n, part = 10_000, "Titre\n\nUn.\n\n"
	headings := make([]knowledge.Heading, n)
	for i := range headings {
		at := i * len(part)
		headings[i] = knowledge.Heading{Span: knowledge.Span{Start: at, End: at + len("Titre")}, Level: 1}
	}
	a, err := knowledge.NewArticle(knowledge.Meta{ID: "long", Title: "Long"}, strings.Repeat(part, n), headings...)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	pages := (&volume{Article: a}).leaves(inFrench)
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("its %d pages took %v", len(pages), took)
	}
}
