package bot

import (
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
	"verbatim/knowledge/french"
	"verbatim/knowledge/library"
)

func TestVotesAreCountedWithoutWho(t *testing.T) {
	b, w, log := newManaged(t, nil)
	s := ask(t, b, "demander")
	for _, member := range []string{camille, dominique} {
		if got := texts(press(t, b, s, member, s.act(actHelpful), "")); got[0] != inFrench.thanksHelpful {
			t.Errorf("thanks: %q", got)
		}
	}
	if got := texts(press(t, b, s, dominique, s.act(actUnhelpful), "")); got[0] != inFrench.thanksUnhelpful {
		t.Errorf("thanks: %q", got)
	}
	votes, err := w.library.Votes(t.Context(), aServer)
	if err != nil || len(votes) != 2 {
		t.Fatalf("%+v, %v", votes, err)
	}
	vote := library.Vote{Guild: aServer, Article: "meta-scale-ai", Kind: french.Person, Helpful: true}
	if votes[0] != (library.VoteCount{Vote: vote, Count: 2}) {
		t.Errorf("counted %+v, want %+v twice", votes[0], vote)
	}
	if vote.Helpful = false; votes[1] != (library.VoteCount{Vote: vote, Count: 1}) {
		t.Errorf("counted %+v, want %+v once", votes[1], vote)
	}
	if got := log.String(); strings.Count(got, "kind=person") != 3 || strings.Contains(got, camille) || strings.Contains(got, "PDG") {
		t.Errorf("logged %q, want each vote without who gave it, nor the question", got)
	}
}

func TestAVoteThatIsNotCountedIsTold(t *testing.T) {
	b, w, log := newManaged(t, nil)
	s := ask(t, b, "demander")
	if err := w.library.Close(); err != nil {
		t.Fatal(err)
	}
	if got := texts(press(t, b, s, camille, s.act(actHelpful), "")); got[0] != inFrench.failed {
		t.Errorf("told %q", got)
	}
	if !strings.Contains(log.String(), "count a vote") {
		t.Errorf("logged %q", log)
	}
}

// submitted returns a window sent from a screen with something in its only field.
func (s screen) submitted(t testing.TB, window *discordgo.InteractionResponse, value string) *discordgo.Interaction {
	t.Helper()
	i := s.press(t, dominique, window.Data.CustomID, "")
	i.Type = discordgo.InteractionModalSubmit
	label := window.Data.Components[0].(discordgo.Label)
	input := label.Component.(discordgo.TextInput)
	i.Data = discordgo.ModalSubmitInteractionData{CustomID: window.Data.CustomID, Components: []discordgo.MessageComponent{
		&discordgo.Label{Component: &discordgo.TextInput{CustomID: input.CustomID, Value: value}},
	}}
	return i
}

// TestAThumbDownAsksWhatWasExpected keeps what a member expected, with the question and without who.
func TestAThumbDownAsksWhatWasExpected(t *testing.T) {
	b, w, log := newManaged(t, nil)
	keepQuestions(t, w, aServer)
	s := ask(t, b, "demander")
	window := press(t, b, s, dominique, s.act(actUnhelpful), "")
	if window.Type != discordgo.InteractionResponseModal || window.Data.Title != inFrench.expect {
		t.Fatalf("a reply of type %d: %q", window.Type, texts(window))
	}
	reply := b.Respond(t.Context(), s.submitted(t, window, "  Le nom\nde son adjoint ")).Response
	checkReply(t, reply)
	if got := texts(reply); !private(reply) || got[0] != inFrench.expectThanks {
		t.Errorf("thanks: %q", got)
	}
	kept, err := w.library.Questions(t.Context(), aServer)
	if err != nil || len(kept) != 1 {
		t.Fatalf("%+v, %v", kept, err)
	}
	q := kept[0]
	if q.Text != "Qui occupera le poste de PDG par intérim ?" || q.Expected != "Le nom de son adjoint" || q.Outcome != knowledge.Answered || q.Kind != french.Person {
		t.Errorf("kept %+v", q)
	}
	if strings.Contains(log.String(), "adjoint") || strings.Contains(log.String(), dominique) {
		t.Errorf("logged %s", log)
	}
	wants(t, moderate(t, b, recorded(t, "lacunes")), "Attendu : Le nom de son adjoint")

	// A window whose server keeps no questions any more, or whose article changed meanwhile.
	if err := w.library.SetSettings(t.Context(), aServer, library.Settings{}); err != nil {
		t.Fatal(err)
	}
	if got := texts(b.Respond(t.Context(), s.submitted(t, window, "x")).Response); got[0] != inFrench.thanksUnhelpful {
		t.Errorf("thanks: %q", got)
	}
	w.library.Share([]*knowledge.Article{article(t, "meta-scale-ai", "Un autre texte.")})
	if got := texts(b.Respond(t.Context(), s.submitted(t, window, "x")).Response); got[0] != inFrench.changed {
		t.Errorf("got %q", got)
	}
	if kept, err := w.library.Questions(t.Context(), aServer); err != nil || len(kept) != 0 {
		t.Errorf("kept %+v, %v", kept, err)
	}
}

// TestAThumbDownAsksNothingOfWhatIsNotKept holds what help promises of questions asked in private, and of messages: they
// are never kept, on whatever page of the answer the 👎 stands, and when the answer is shown to all.
func TestAThumbDownAsksNothingOfWhatIsNotKept(t *testing.T) {
	b, w, _ := newManaged(t, nil)
	keepQuestions(t, w, aServer)
	for _, name := range []string{"demander_prive", "chercher"} {
		first := ask(t, b, name)
		public := screen{press(t, b, first, camille, first.act(actShare), ""), camille}
		for what, s := range map[string]screen{"the answer": first, "shown to all": public} {
			there := s.after(camille, press(t, b, s, camille, turnTo(s, 1), ""))
			back := there.after(camille, press(t, b, there, camille, turnTo(there, 0), ""))
			for _, s := range []screen{s, back} {
				if got := press(t, b, s, camille, s.act(actUnhelpful), ""); got.Type == discordgo.InteractionResponseModal {
					t.Errorf("%s, %s: asked what was expected, to be kept with the question", name, what)
				}
			}
		}
	}
}

// TestUnansweredQuestionsAreKept keeps those that a member did not ask in private, where the server wants it.
func TestUnansweredQuestionsAreKept(t *testing.T) {
	b, w, _ := newManaged(t, nil)
	kept := func() int {
		questions, err := w.library.Questions(t.Context(), aServer)
		if err != nil {
			t.Fatal(err)
		}
		return len(questions)
	}
	const question = "Quelle est la recette de la tarte aux pommes ?"
	b.Respond(t.Context(), questionOf(t, question))
	if kept() != 0 {
		t.Error("kept although the server does not want it")
	}
	keepQuestions(t, w, aServer)
	s := screen{b.Respond(t.Context(), questionOf(t, question)).Response, camille}
	checkReply(t, s.reply)
	wants(t, s, "gardée pour la modération")
	if kept() != 1 {
		t.Errorf("%d kept, want 1", kept())
	}
	i := recorded(t, "demander_prive")
	withOption(i, inFrench.askQuestion.name, question)
	for what, i := range map[string]*discordgo.Interaction{
		"a private question": i, "an answered one": recorded(t, "demander"), "another server’s": in(anotherServer, questionOf(t, question)), "a message’s": recorded(t, "chercher"),
		"one without words": questionOf(t, "?!"),
	} {
		s := screen{b.Respond(t.Context(), i).Response, camille}
		checkReply(t, s.reply)
		if strings.Contains(shown(s), "est gardée") {
			t.Errorf("%s: %q", what, shown(s))
		}
	}
	if kept() != 1 {
		t.Errorf("%d kept, want 1", kept())
	}
	wants(t, ask(t, b, "aide"), "sont gardées 30 jours pour la modération")
}
