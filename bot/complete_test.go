package bot

import (
	"slices"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
)

// completed returns the names of the choices that an autocompletion gets.
func completed(t *testing.T, b *Bot, name, typed string) (names []string) {
	t.Helper()
	i := recorded(t, name)
	for _, o := range i.Data.(discordgo.ApplicationCommandInteractionData).Options {
		if o.Focused {
			o.Value = typed
		}
	}
	r := b.Respond(t.Context(), i).Response
	checkReply(t, r)
	for _, c := range r.Data.Choices {
		names = append(names, c.Name)
	}
	return names
}

func TestCompleteAQuestion(t *testing.T) {
	w := mustBuild(knowledge.Shipped())
	b, _ := newBot(w)
	w.corpus().volumes[0].offer("Qui est Mark Zuckerberg ?", "Où ?", "Quand ?")
	if got := completed(t, b, "completer_vide", ""); len(got) != 3 {
		t.Errorf("before anything is typed: %q", got)
	}
	if got := completed(t, b, "completer_question", "mark zuck"); !slices.Contains(got, "Qui est Mark Zuckerberg ?") {
		t.Errorf("a name begun: %q", got)
	}
	const typed = "Qui occupera le poste de PDG par intérim ?"
	if got := completed(t, b, "completer_question", typed); len(got) == 0 || got[0] != typed {
		t.Errorf("a question that is answered: %q, want it first", got)
	}
	long := strings.Repeat("Qui occupera le poste de PDG ? ", 9)
	if got := completed(t, b, "completer_question", long); slices.ContainsFunc(got, func(s string) bool { return size(s) > maxChoice }) {
		t.Errorf("a long question: %q", got)
	}
}

func TestCompleteAnArticle(t *testing.T) {
	articles := []*knowledge.Article{article(t, "ete", "Un."), article(t, "hiver", "Deux.")}
	articles[0].Title, articles[1].Title = "L’été à Nice", "L’hiver à Nice"
	b, _ := newBot(mustBuild(articles...))
	for typed, want := range map[string][]string{
		"": {"L’été à Nice", "L’hiver à Nice"}, "ÉTÉ": {"L’été à Nice"}, "nice": {"L’été à Nice", "L’hiver à Nice"}, "hiver": {"L’hiver à Nice"}, "x": nil,
	} {
		if got := completed(t, b, "completer_article", typed); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

// TestCompleteWithinAnArticle suggests questions of the article that was chosen, and of no other.
func TestCompleteWithinAnArticle(t *testing.T) {
	w := manyArticles(t, 3)
	b, _ := newBot(w)
	i := recorded(t, "completer_vide")
	data := i.Data.(discordgo.ApplicationCommandInteractionData)
	data.Options = append(data.Options, &discordgo.ApplicationCommandInteractionDataOption{Name: "article", Type: 3, Value: "article-1"})
	i.Data = data
	r := b.Respond(t.Context(), i).Response
	checkReply(t, r)
	for _, c := range r.Data.Choices {
		a, err := b.answer(t.Context(), w.member(i), asked{text: c.Name, only: w.corpus().find("article-1")})
		if err != nil || !a.Found() {
			t.Errorf("%q is not answered", c.Name)
		}
	}
	if len(r.Data.Choices) == 0 {
		t.Error("no choices")
	}
}
