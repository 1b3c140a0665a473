package knowledge_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"verbatim/knowledge"
)

func shipped(t testing.TB) *knowledge.Index {
	t.Helper()
	return build(t, knowledge.Shipped())
}

func build(t testing.TB, articles ...*knowledge.Article) *knowledge.Index {
	t.Helper()
	x, err := knowledge.Build(articles, knowledge.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	return x
}

func article(t testing.TB, id, text string) *knowledge.Article {
	t.Helper()
	a, err := knowledge.NewArticle(knowledge.Meta{ID: id, Title: id}, text)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func ask(t testing.TB, x *knowledge.Index, question string) knowledge.Answer {
	t.Helper()
	answer, err := x.Ask(t.Context(), knowledge.Question{Text: question})
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

const lock = `L’écluse de Saint-Rémi a été construite en 1834 par l’ingénieur Paul Vernet. Elle mesure 38 mètres de long.
Son premier éclusier, Marcel Aubry, y a vécu pendant 41 ans. Il est mort à Auxerre à l’âge de 92 ans.
« L’eau n’attend personne. Il faut se lever avant elle », disait-il aux mariniers.
L’écluse a été fermée en 1987 parce que le canal n’était plus rentable. Le village compte 320 habitants.`

// TestAsk asks an article that no data holds, in all the ways that people type.
func TestAsk(t *testing.T) {
	x := build(t, article(t, "ecluse", lock))
	for _, tt := range []struct{ question, want string }{
		{"Quand l’écluse a-t-elle été construite ?", "1834"},
		{"quand lecluse a ete construite", "1834"},
		{"QUAND L'ECLUSE A-T-ELLE ÉTÉ CONSTRUITE ?", "1834"},
		{"quand l'e\u0301cluse a-t-elle e\u0301te\u0301 construite", "1834"},
		{"qd a été construite l’eclsue", "1834"},
		{"Qui a construit l’écluse ?", "Paul Vernet"},
		{"À quel âge l’éclusier est-il mort ?", "92 ans"},
		{"Pourquoi l’écluse a-t-elle été fermée ?", "n’était plus rentable"},
		{"Combien d’habitants compte le village ?", "320 habitants"},
		{"When was the lock closed?", "1987"},
		{"Why did the lock stop?", "n’était plus rentable"},
		{"How many inhabitants does the village have?", "320 habitants"},
	} {
		t.Run(tt.question, func(t *testing.T) {
			answer := ask(t, x, tt.question)
			if len(answer.Quotes) == 0 || !strings.Contains(answer.Quotes[0].Text(), tt.want) {
				t.Errorf("got %v %q, want a quote with %q", answer.Outcome, texts(answer), tt.want)
			}
		})
	}
}

func texts(a knowledge.Answer) (out []string) {
	for _, q := range a.Quotes {
		out = append(out, q.Text())
	}
	return out
}

// TestOutcome checks that the reasons for silence are told apart.
func TestOutcome(t *testing.T) {
	x := shipped(t)
	for _, tt := range []struct {
		question string
		want     knowledge.Outcome
	}{
		{"Qui remplace Alexandr Wang ?", knowledge.Answered},
		{"Who replaces Alexandr Wang?", knowledge.Answered},
		{"le la les de du", knowledge.NoTerms},
		{"… ?", knowledge.NoTerms},
		{"Comment cuire des lentilles corail ?", knowledge.Foreign},
		{"zxcvb poiuy", knowledge.Foreign},
		{"Quel âge a Mark Zuckerberg ?", knowledge.Unanswered},
		{"Quel est le coût de cette opportunité pour Wang ?", knowledge.Unanswered},
	} {
		if got := ask(t, x, tt.question); got.Outcome != tt.want {
			t.Errorf("%s: got outcome %d with confidence %.2f, want %d", tt.question, got.Outcome, got.Confidence, tt.want)
		}
	}
}

// TestQuotation checks that a sentence inside a quotation is quoted from where the quotation opens.
func TestQuotation(t *testing.T) {
	answer := ask(t, build(t, article(t, "ecluse", lock)), "Que disait-il aux mariniers de l’eau ?")
	if len(answer.Quotes) == 0 || !strings.HasPrefix(answer.Quotes[0].Text(), "« L’eau n’attend personne. Il faut") {
		t.Errorf("got %q, want the quotation from its beginning", texts(answer))
	}
}

// TestQuotesHold checks each quote of many questions: verbatim, in place, without overlap.
func TestQuotesHold(t *testing.T) {
	x := build(t, knowledge.Shipped(), article(t, "ecluse", lock))
	for _, a := range x.Articles() {
		for _, p := range a.Paragraphs {
			for _, s := range p.Sentences {
				answer, err := x.Ask(t.Context(), knowledge.Question{Text: a.Quote(s), Top: 10})
				if err != nil {
					t.Fatal(err)
				}
				checkQuotes(t, answer)
				if len(answer.Quotes) == 0 || !strings.Contains(answer.Quotes[0].Text(), a.Quote(s)) {
					t.Errorf("%q is not quoted first when it is asked for", a.Quote(s))
				}
			}
		}
	}
}

func checkQuotes(t *testing.T, answer knowledge.Answer) {
	t.Helper()
	for i, q := range answer.Quotes {
		if q.Text() != q.Article.Text[q.Start:q.End] || len(q.Sentences) < 1 || len(q.Sentences) > 2 {
			t.Errorf("quote %d: %+v", i, q)
		}
		for _, other := range answer.Quotes[:i] {
			if q.Article == other.Article && q.Start < other.End && other.Start < q.End {
				t.Errorf("quotes overlap: %q and %q", q.Text(), other.Text())
			}
		}
	}
}

// TestArticle checks that a question of one article is answered from no other.
func TestArticle(t *testing.T) {
	x := build(t, article(t, "nord", "Le phare du nord mesure 40 mètres."), article(t, "sud", "Le phare du sud mesure 55 mètres."))
	answer, err := x.Ask(t.Context(), knowledge.Question{Text: "Combien mesure le phare ?", Article: "sud"})
	if err != nil || len(answer.Quotes) != 1 || answer.Quotes[0].Article.ID != "sud" {
		t.Errorf("got %q, %v, want the article sud alone", texts(answer), err)
	}
}

// TestLongArticle checks the same of articles that are searched, not read whole, and that no question finds an article that there
// is not.
func TestLongArticle(t *testing.T) {
	wind := strings.Repeat("\nLe phare mesure le vent.", 40)
	x := build(t, article(t, "nord", "Le phare du nord mesure 40 mètres."+wind), article(t, "sud", "Le phare du sud mesure 55 mètres."+wind))
	answer, err := x.Ask(t.Context(), knowledge.Question{Text: "Combien mesure le phare ?", Article: "sud"})
	if err != nil || len(answer.Quotes) != 3 || !strings.Contains(answer.Quotes[0].Text(), "55") {
		t.Errorf("got %q, %v, want the height of the southern one first", texts(answer), err)
	}
	for _, q := range answer.Quotes {
		if q.Article.ID != "sud" {
			t.Errorf("got %q of the article %s", q.Text(), q.Article.ID)
		}
	}
	if answer, err = x.Ask(t.Context(), knowledge.Question{Text: "Combien mesure le phare ?", Article: "est"}); err != nil || len(answer.Quotes) > 0 {
		t.Errorf("got %q, %v, of an article that there is not", texts(answer), err)
	}
}

// TestClose checks that a closed index says so, whether it would search or not, and may be closed again.
func TestClose(t *testing.T) {
	for _, text := range []string{"Le phare mesure 40 mètres.", strings.Repeat("Le phare mesure le vent.\n", 40)} {
		x := build(t, article(t, "phare", text))
		for range 2 {
			if err := x.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if answer, err := x.Ask(t.Context(), knowledge.Question{Text: "Que mesure le phare ?"}); err == nil {
			t.Errorf("got %q of a closed index", texts(answer))
		}
	}
}

// TestAnswers checks the words that are pointed out.
func TestAnswers(t *testing.T) {
	x := build(t, article(t, "ecluse", lock))
	for question, want := range map[string]string{
		"À quel âge l’éclusier est-il mort ?":      "92 ans",
		"Quand l’écluse a-t-elle été construite ?": "1834",
		"Qui est l’ingénieur de l’écluse ?":        "Paul Vernet",
		"Qui a vécu dans l’écluse ?":               "Marcel Aubry",
		"Combien d’habitants compte le village ?":  "320",
	} {
		q := ask(t, x, question).Quotes[0]
		var got []string
		for _, s := range q.Answers {
			got = append(got, q.Article.Text[s.Start:s.End])
		}
		if len(got) != 1 || !strings.HasPrefix(got[0], want) {
			t.Errorf("%s: got %q pointed out in %q, want %q", question, got, q.Text(), want)
		}
	}
}

func TestBuildRefusesTwins(t *testing.T) {
	a := article(t, "a", "Un texte.")
	_, err := knowledge.Build([]*knowledge.Article{a, a}, knowledge.Options{})
	var unfit *knowledge.ArticleError
	if !errors.As(err, &unfit) || unfit.ID != "a" {
		t.Errorf("got %v, want an ArticleError on a", err)
	}
}

func TestAskStopsWithItsContext(t *testing.T) {
	x := shipped(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := x.Ask(ctx, knowledge.Question{Text: "Qui remplace Wang ?"}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

// TestAskTogether asks from many goroutines at once: each has the answer that it has alone.
func TestAskTogether(t *testing.T) {
	x := shipped(t)
	want := map[string][]string{}
	questions := []string{"Qui remplace Alexandr Wang ?", "Quel âge a Wang ?", "Combien Meta a-t-elle payé WhatsApp ?"}
	for _, q := range questions {
		want[q] = texts(ask(t, x, q))
	}
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for n := range 50 {
				q := questions[(i+n)%len(questions)]
				a, err := x.Ask(t.Context(), knowledge.Question{Text: q})
				if got := fmt.Sprint(texts(a)); err != nil || got != fmt.Sprint(want[q]) {
					t.Errorf("%s: got %s, %v", q, got, err)
				}
			}
		})
	}
	wg.Wait()
}

// FuzzAsk checks that any question of any article is answered by its own words or by none.
func FuzzAsk(f *testing.F) {
	f.Add(lock, "Quand l’écluse a-t-elle été construite ?")
	f.Add("« Un. Deux », dit-il.\n\nTrois (quatre", "c koi un")
	f.Add("a", "A")
	f.Fuzz(func(t *testing.T, text, question string) {
		a, err := knowledge.NewArticle(knowledge.Meta{ID: "a", Title: "a"}, text)
		if err != nil {
			t.Skip("not an article")
		}
		checkQuotes(t, ask(t, build(t, a), question))
	})
}

// TestAskWithoutItsWords asks what shares no word with the sentence that answers, in an article short enough to be read
// whole, and what has nothing to do with an article.
func TestAskWithoutItsWords(t *testing.T) {
	x := build(t, article(t, "prison", `Il fut incarcéré le 3 mai 1930 à Melun.
Son jardin, au bord du canal, est ouvert aux promeneurs.`))
	if a := ask(t, x, "Quand s’évada-t-on ?"); len(a.Quotes) == 0 || !strings.Contains(a.Quotes[0].Text(), "1930") {
		t.Errorf("nothing is near: %+v", a)
	}
	x = build(t, article(t, "ecluse", lock))
	for _, q := range []string{"zorglub", "Comment cuire un œuf ?", "COMMENT CUIRE UN OEUF"} {
		if a := ask(t, x, q); a.Found() || len(a.Quotes) > 0 {
			t.Errorf("%s: near are %+v", q, a.Quotes)
		}
	}
}

func ExampleIndex_Ask() {
	x, err := knowledge.Build([]*knowledge.Article{knowledge.Shipped()}, knowledge.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = x.Close() }()
	answer, err := x.Ask(context.Background(), knowledge.Question{Text: "Quel âge a Alexandr Wang ?", Top: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, q := range answer.Quotes {
		fmt.Printf("§ %d, phrase %d : %s\n", q.Paragraph, q.Sentences[0], q.Text())
		fmt.Println("→", q.Article.Quote(q.Answers[0]))
	}
	// Output:
	// § 1, phrase 2 : Wang, 28 ans, a annoncé hier (12 juin) qu’il quitterait son poste de PDG pour rejoindre une nouvelle équipe d’IA au sein de Meta.
	// → 28 ans
}

func BenchmarkAsk(b *testing.B) {
	long := strings.Repeat(lock+"\n", 40) // 320 sentences
	for _, bench := range []struct {
		name, question string
		index          *knowledge.Index
	}{
		{"article", "Qui remplace Alexandr Wang ?", shipped(b)},
		{"long", "Quand l’écluse de Saint-Rémi a-t-elle été construite ?", build(b, article(b, "long", long))},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ask(b, bench.index, bench.question)
			}
		})
	}
}

func BenchmarkBuild(b *testing.B) {
	a := knowledge.Shipped()
	for b.Loop() {
		x, err := knowledge.Build([]*knowledge.Article{a}, knowledge.Options{})
		if err != nil {
			b.Fatal(err)
		}
		_ = x.Close()
	}
}
