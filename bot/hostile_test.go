package bot

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
)

// hostileArticle returns an article made of parts of hostile text, in an order that seed decides.
func hostileArticle(t testing.TB, seed uint64) *knowledge.Article {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 1))
	pick := func() string { return hostile[random.IntN(len(hostile))] }
	text := "Qui est Jean Dupont ? Jean Dupont, directeur de @everyone, occupera le poste de maire en 2014 avec <@1>."
	for range 6 + random.IntN(30) {
		switch random.IntN(5) {
		case 0:
			text += "\n\n" + pick() + ". "
		case 1:
			text += " " + strings.Repeat(strings.ReplaceAll(pick(), "\n", " ")+" mot ", 1+random.IntN(300)) + ". "
		default:
			text += " Le poste de maire " + pick() + ". "
		}
	}
	text += "\n\n" + strings.Repeat("Le poste de maire occupé ", 400) + "."
	a, err := knowledge.NewArticle(knowledge.Meta{
		ID: pick() + strings.Repeat("x", random.IntN(150)), Title: pick() + pick(), Author: pick() + " @everyone",
		Source: []string{"", pick(), "https://exemple.fr/" + pick()}[random.IntN(3)],
	}, strings.ReplaceAll(text, "\x00", ""))
	if err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
	return a
}

// questionOf returns a recorded question with another text.
func questionOf(t testing.TB, text string) *discordgo.Interaction {
	t.Helper()
	i := recorded(t, "demander")
	r := &request{Interaction: i}
	r.option(inFrench.askQuestion.name).Value = text
	return i
}

// checkHostile uses all of the bot on a hostile article. [crawl] checks each reply; quotes are checked
// to be shown whole, as they stand in the article.
func checkHostile(t *testing.T, seed uint64) {
	t.Helper()
	a := hostileArticle(t, seed)
	x := mustBuild(a)
	defer x.close(t)
	question := "Qui occupera le poste de maire " + hostile[seed%uint64(len(hostile))] + " ?"
	crawl(t, x, 60, questionOf(t, question), recorded(t, "aide"), recorded(t, "article"), questionOf(t, hostile[(seed+7)%uint64(len(hostile))]))
	b, _ := newBot(x)
	r := x.member(&discordgo.Interaction{})
	answer, err := b.answer(t.Context(), r, asked{text: question})
	if err != nil {
		t.Fatal(err)
	}
	for n := range r.words.paginate(question, answer.Quotes) {
		p, err := b.passages(r, asked{text: askable(question)}, answer, n, false)
		if err != nil {
			t.Fatal(err)
		}
		for _, quote := range quotesOn(screen{message(false, p.container()), ""}) {
			if !strings.Contains(lines(a.Text), quote) {
				t.Errorf("seed %d: %q is not in the article", seed, quote)
			}
		}
	}
	checkReply(t, b.Respond(t.Context(), recorded(t, "completer_vide")).Response)
	checkReply(t, b.Respond(t.Context(), recorded(t, "completer_article")).Response)
}

func TestHostileArticles(t *testing.T) {
	articles := uint64(8)
	if raceEnabled {
		articles = 3
	}
	for seed := range articles {
		checkHostile(t, seed)
	}
}

func FuzzHostileArticles(f *testing.F) {
	f.Add(uint64(1000))
	f.Fuzz(checkHostile)
}
