package bot

import (
	"slices"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
)

const (
	camille   = "1420000000000000004" // who asked, in the recorded interactions
	dominique = "1420000000000000005"
)

// TestEveryButtonIsServedAfterARestart uses all that can be pressed or chosen, each on a new bot.
func TestEveryButtonIsServedAfterARestart(t *testing.T) {
	served := crawl(t, shipped(), 400,
		recorded(t, "demander"), recorded(t, "demander_article"), recorded(t, "demander_abstention"), recorded(t, "aide"), recorded(t, "article"))
	for a, c := range new(Bot).controls() {
		if served[a] == 0 && a != actChoose && a != actNearest && !isWindow(a) && c.who == members {
			t.Errorf("act %q was never served: %v", a, served)
		}
	}
}

// ask answers a recorded interaction, which Camille sent.
func ask(t *testing.T, b *Bot, name string) screen {
	t.Helper()
	reply := b.Respond(t.Context(), recorded(t, name)).Response
	checkReply(t, reply)
	return screen{reply, camille}
}

// press uses a control of a screen and checks the reply.
func press(t *testing.T, b *Bot, s screen, member, customID, value string) *discordgo.InteractionResponse {
	t.Helper()
	if customID == "" {
		t.Fatalf("no such control on %q", texts(s.reply))
	}
	reply := b.Respond(t.Context(), s.press(t, member, customID, value)).Response
	checkReply(t, reply)
	return reply
}

func TestContextShowsTheParagraphPrivately(t *testing.T) {
	b, _ := newBot(shipped())
	s := ask(t, b, "demander")
	reply := press(t, b, s, dominique, s.act(actContext), "")
	if reply.Type != discordgo.InteractionResponseChannelMessageWithSource || !private(reply) {
		t.Errorf("type %d, private %v, want a private message", reply.Type, private(reply))
	}
	a := knowledge.Shipped()
	shown := render(texts(reply)[1])
	if want := a.Quote(a.Paragraphs[8].Span); shown.text != want || !shown.quoted {
		t.Errorf("shows %q, want %q", shown.text, want)
	}
	if quote := render(texts(s.reply)[1]).text; !slices.Equal(shown.bold, []string{quote}) {
		t.Errorf("bold: %q, want %q", shown.bold, quote)
	}
}

// TestPassagesShowsEachQuoteOnce turns all the pages of an answer, forth and back.
func TestPassagesShowsEachQuoteOnce(t *testing.T) {
	b, _ := newBot(shipped())
	s := ask(t, b, "demander")
	first, controls := texts(s.reply), s.controls()
	var quotes []string
	pages := 1
	for {
		quotes = append(quotes, quotesOn(s)...)
		next := turnTo(s, pages)
		if next == "" {
			break
		}
		reply := press(t, b, s, camille, next, "")
		if reply.Type != discordgo.InteractionResponseUpdateMessage {
			t.Fatalf("a reply of type %d, want an update", reply.Type)
		}
		s = s.after(camille, reply)
		pages++
	}
	a, err := b.answer(t.Context(), shipped().member(recorded(t, "demander")), asked{text: "Qui occupera le poste de PDG par intérim ?"})
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, q := range a.Quotes {
		want = append(want, q.Text())
	}
	if !slices.Equal(quotes, want) || len(want) < 4 {
		t.Errorf("shown: %q\nwant: %q", quotes, want)
	}
	for n := pages - 2; n >= 0; n-- {
		s = s.after(camille, press(t, b, s, camille, turnTo(s, n), ""))
	}
	if got := texts(s.reply); !slices.Equal(got, first) || !slices.Equal(s.controls(), controls) {
		t.Errorf("back on the first page: %q with %q, want %q with %q", got, s.controls(), first, controls)
	}
}

// quotesOn returns the quotes on a screen, as they are seen.
func quotesOn(s screen) (quotes []string) {
	for _, text := range texts(s.reply) {
		if r := render(text); r.quoted {
			quotes = append(quotes, r.text)
		}
	}
	return quotes
}

// turnTo returns the custom ID of the button to page n, "" when the screen has none.
func turnTo(s screen, n int) string {
	for _, c := range s.controls() {
		if st, err := parseState(c[0]); err == nil && st.act == actPassages && st.numbers[0] == n {
			return c[0]
		}
	}
	return ""
}

func TestOnlyTheAskerTurnsThePagesOfAPublicAnswer(t *testing.T) {
	b, _ := newBot(shipped())
	public, hidden := ask(t, b, "demander"), ask(t, b, "demander_prive")
	for _, test := range []struct {
		name, member string
		s            screen
		updates      bool
	}{
		{"the asker", camille, public, true},
		{"another member", dominique, public, false},
		{"the only one who sees it", camille, hidden, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			reply := press(t, b, test.s, test.member, test.s.act(actPassages), "")
			if updates := reply.Type == discordgo.InteractionResponseUpdateMessage; updates != test.updates || !updates && !private(reply) {
				t.Errorf("a reply of type %d, private %v", reply.Type, private(reply))
			}
		})
	}
	t.Run("nobody knows who asked", func(t *testing.T) {
		i := public.press(t, camille, public.act(actPassages), "")
		i.Message.InteractionMetadata = nil
		if reply := b.Respond(t.Context(), i).Response; !private(reply) {
			t.Errorf("a reply of type %d, want a private one", reply.Type)
		}
	})
}

func TestShareShowsAPrivateAnswerToAll(t *testing.T) {
	b, _ := newBot(shipped())
	s := ask(t, b, "chercher")
	if !private(s.reply) {
		t.Error("the message menu answers in public")
	}
	reply := press(t, b, s, camille, s.act(actShare), "")
	if private(reply) || texts(reply)[1] != texts(s.reply)[1] {
		t.Errorf("private %v, shows %q, want %q", private(reply), texts(reply), texts(s.reply))
	}
	if ask(t, b, "demander").act(actShare) != "" {
		t.Error("a public answer has a button to show it to all")
	}
}

func TestButtonsThatCannotBeServedSaySo(t *testing.T) {
	old, _ := newBot(shipped())
	s := ask(t, old, "demander")
	changed, err := knowledge.NewArticle(knowledge.Shipped().Meta, strings.Replace(knowledge.Shipped().Text, "28 ans", "29 ans", 1))
	if err != nil {
		t.Fatal(err)
	}
	after, _ := newBot(mustBuild(changed))
	other, _ := newBot(mustBuild(article(t, "autre", "Rien à voir.")))
	corpus := shipped().corpus()
	key := corpus.volumes[0].key + "." + corpus.volumes[0].rev
	type trial struct {
		name, id, value, want string
		bot                   *Bot
	}
	trials := []trial{
		{"a changed article", s.act(actContext), "", inFrench.changed, after},
		{"a changed corpus", s.act(actPassages), "", inFrench.changed, after},
		{"an article that is gone", s.act(actContext), "", inFrench.removed, other},
		{"no such paragraph", "1c." + key + ".99.1.1", "", inFrench.stale, old},
		{"no such sentence", "1c." + key + ".9.1.9", "", inFrench.stale, old},
		{"sentences the wrong way round", "1c." + key + ".9.2.1", "", inFrench.stale, old},
		{"no such page", "1p." + key + ".99", "", inFrench.stale, old},
		{"no such page of the article", "1t." + key + ".99", "", inFrench.stale, old},
		{"no such paragraph to open", "1o." + key + ".0", "", inFrench.stale, old},
		{"nowhere to jump to", "1j." + key, "", inFrench.stale, old},
		{"a jump into the void", "1j." + key, "10", inFrench.stale, old},
		{"a jump to nonsense", "1j." + key, "x", inFrench.stale, old},
		{"no article chosen", "1l.." + corpus.rev, "", inFrench.removed, old},
		{"an unknown article chosen", "1l.." + corpus.rev, "x", inFrench.removed, old},
		{"a question that is no label", "1q.." + corpus.rev + ".7", "", inFrench.stale, old},
	}
	for a, c := range old.pressed { // acts that need an article, without one
		if c.who == members && a != actPassages && a != actNearest && a != actShare && a != actChoose {
			id := state{act: a, rev: corpus.rev, numbers: []int{1, 1, 1}[:numbers[a]]}.String()
			trials = append(trials, trial{"no article for act " + string(a), id, "1", inFrench.stale, old})
		}
	}
	for _, id := range badStates {
		trials = append(trials, trial{"custom ID " + id, id, "", inFrench.stale, old})
	}
	for _, test := range trials {
		reply := test.bot.Respond(t.Context(), s.press(t, dominique, test.id, test.value)).Response
		checkReply(t, reply)
		if got := texts(reply); !private(reply) || len(got) != 1 || got[0] != test.want {
			t.Errorf("%s: %q, private %v, want %q", test.name, got, private(reply), test.want)
		}
	}
}

// TestAMessageWithoutItsQuestion presses the buttons of an answer whose text Discord did not give back.
func TestAMessageWithoutItsQuestion(t *testing.T) {
	b, _ := newBot(shipped())
	s := ask(t, b, "demander")
	for _, a := range []act{actPassages, actHelpful} {
		i := s.press(t, camille, s.act(a), "")
		i.Message.Components = nil
		if got := texts(b.Respond(t.Context(), i).Response); got[0] != inFrench.stale {
			t.Errorf("act %q without components: %q", a, got)
		}
		i.Message = nil
		if got := texts(b.Respond(t.Context(), i).Response); got[0] != inFrench.stale {
			t.Errorf("act %q without a message: %q", a, got)
		}
	}
}
