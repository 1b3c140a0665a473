package bot

import (
	"context"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
	"verbatim/knowledge/library"
)

// settingsOf returns a server's settings.
func settingsOf(t testing.TB, w *world, guild string) library.Settings {
	t.Helper()
	s, err := w.library.Settings(t.Context(), guild)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// keepQuestions makes a server keep its unanswered questions.
func keepQuestions(t testing.TB, w *world, guild string) {
	t.Helper()
	s := settingsOf(t, w, guild)
	s.KeepQuestions = true
	if err := w.library.SetSettings(t.Context(), guild, s); err != nil {
		t.Fatal(err)
	}
}

// TestSettingsAreChangedOneByOne uses each control of the panel, and sees it drawn again as it now is.
func TestSettingsAreChangedOneByOne(t *testing.T) {
	b, w, _ := newManaged(t, nil)
	s := moderate(t, b, recorded(t, "reglages"))
	if !private(s.reply) {
		t.Error("the panel is public")
	}
	want := library.Settings{}
	for _, step := range []struct {
		act    act
		value  string
		change func(*library.Settings)
	}{
		{actPrivate, "true", func(s *library.Settings) { s.Private = true }},
		{actChannels, "11 12", func(s *library.Settings) { s.Channels = []string{"11", "12"} }},
		{actCaution, "2", func(s *library.Settings) { s.Caution = knowledge.Bold }},
		{actKeepQuestions, "", func(s *library.Settings) { s.KeepQuestions = true }},
		{actOwnOnly, "", func(s *library.Settings) { s.OwnOnly = true }},
		{actCaution, "1", func(s *library.Settings) { s.Caution = knowledge.Prudent }},
		{actKeepQuestions, "", func(s *library.Settings) { s.KeepQuestions = false }},
		{actOwnOnly, "", func(s *library.Settings) { s.OwnOnly = false }},
		{actPrivate, "false", func(s *library.Settings) { s.Private = false }},
	} {
		reply := press(t, b, s, camille, s.act(step.act), step.value)
		if reply.Type != discordgo.InteractionResponseUpdateMessage {
			t.Fatalf("act %c: a reply of type %d: %q", step.act, reply.Type, texts(reply))
		}
		s = s.after(camille, reply)
		step.change(&want)
		got := settingsOf(t, w, aServer)
		if got.Private != want.Private || got.Caution != want.Caution || got.KeepQuestions != want.KeepQuestions || got.OwnOnly != want.OwnOnly ||
			!slices.Equal(got.Channels, want.Channels) {
			t.Errorf("after act %c: %+v, want %+v", step.act, got, want)
		}
		checkPanel(t, s, want)
	}
	i := s.press(t, camille, s.act(actChannels), "")
	i.Data = discordgo.MessageComponentInteractionData{CustomID: s.act(actChannels), ComponentType: discordgo.ChannelSelectMenuComponent}
	if b.Respond(t.Context(), i); len(settingsOf(t, w, aServer).Channels) != 0 {
		t.Error("taking all channels away leaves some")
	}
	if other := settingsOf(t, w, anotherServer); other.Private || other.Caution != knowledge.Balanced {
		t.Errorf("another server has %+v", other)
	}
}

// checkPanel wants a panel to show settings.
func checkPanel(t *testing.T, s screen, want library.Settings) {
	t.Helper()
	wants(t, s, map[bool]string{true: "réponse** · gardées", false: "réponse** · pas gardées"}[want.KeepQuestions],
		map[bool]string{true: "m’héberge** · écartés", false: "m’héberge** · cités"}[want.OwnOnly])
	for _, c := range everyComponent(s.reply) {
		menu, ok := c.(discordgo.SelectMenu)
		if !ok {
			continue
		}
		st, err := parseState(menu.CustomID)
		if err != nil {
			t.Fatal(err)
		}
		switch st.act {
		case actPrivate:
			if menu.Options[0].Default == want.Private || menu.Options[1].Default != want.Private {
				t.Errorf("private %v is shown as %+v", want.Private, menu.Options)
			}
		case actCaution:
			for i, o := range menu.Options {
				if o.Default != (cautions[i] == want.Caution) {
					t.Errorf("caution %v is shown as %+v", want.Caution, menu.Options)
				}
			}
		case actChannels:
			if len(menu.DefaultValues) != len(want.Channels) {
				t.Errorf("channels %v are shown as %+v", want.Channels, menu.DefaultValues)
			}
		}
	}
}

func TestSettingsRefuseNonsense(t *testing.T) {
	b, w, _ := newManaged(t, nil)
	s := moderate(t, b, recorded(t, "reglages"))
	for _, test := range []struct {
		act   act
		value string
	}{
		{actPrivate, "peut-être"}, {actCaution, "3"}, {actCaution, "-1"}, {actCaution, "x"}, {actChannels, "x"}, {actChannels, "-1"},
		{actChannels, strings.Repeat("1 ", 26)}, {actChannels, "99999999999999999999999"},
	} {
		if got := texts(press(t, b, s, camille, s.act(test.act), test.value)); got[0] != inFrench.stale {
			t.Errorf("act %c, value %q: %q", test.act, test.value, got)
		}
	}
	if got := settingsOf(t, w, aServer); got.Private || len(got.Channels) > 0 || got.Caution != 0 {
		t.Errorf("the settings are %+v", got)
	}
}

// TestSettingsTakeEffect asks under each of the settings.
func TestSettingsTakeEffect(t *testing.T) {
	b, w, _ := newManaged(t, nil)
	set := func(s library.Settings) {
		t.Helper()
		if err := w.library.SetSettings(t.Context(), aServer, s); err != nil {
			t.Fatal(err)
		}
	}
	set(library.Settings{Private: true})
	s := ask(t, b, "demander")
	if !private(s.reply) || s.act(actShare) != "" {
		t.Errorf("private answers: private %v, a button to show them %q", private(s.reply), s.act(actShare))
	}
	old := s.press(t, camille, shipped().corpus().about(actShare, nil).String(), "")
	if reply := b.Respond(t.Context(), old).Response; !private(reply) {
		t.Error("an older button shows an answer to all")
	}

	const channel = "1420000000000000003" // of the recorded interactions
	set(library.Settings{Channels: []string{"11", "12"}})
	for _, name := range []string{"demander", "article", "chercher"} {
		reply := ask(t, b, name).reply
		if got := texts(reply); !private(reply) || got[0] != "Sur ce serveur, je réponds dans <#11> et <#12>." {
			t.Errorf("%s elsewhere: %q", name, got)
		}
	}
	if got := texts(ask(t, b, "aide").reply); !strings.HasPrefix(got[0], "###") {
		t.Errorf("help elsewhere: %q", got)
	}
	set(library.Settings{Channels: []string{"11", channel}})
	wants(t, ask(t, b, "demander"), "Jason Droege")

	set(library.Settings{Channels: []string{"77"}})
	for what, test := range map[string]struct {
		channel string
		here    bool
	}{
		"a thread of the channel":  {`{"id":"1420000000000000003","type":11,"parent_id":"77"}`, true},
		"a post of a forum":        {`{"id":"1420000000000000003","type":11,"parent_id":"78"}`, false},
		"a channel of a category":  {`{"id":"1420000000000000003","type":0,"parent_id":"77"}`, false},
		"a channel of odd members": {`{"type":"x","parent_id":[]}`, false},
	} {
		raw := regexp.MustCompile(`(?s)"channel": \{.*?\}`).ReplaceAll(recordedRaw(t, "demander"), []byte(`"channel": `+test.channel))
		i, err := Decode(raw)
		if err != nil {
			t.Fatal(err)
		}
		if got := texts(b.Respond(t.Context(), i).Response)[0]; strings.HasPrefix(got, "Sur ce serveur") == test.here {
			t.Errorf("%s: %q", what, got)
		}
	}

	set(library.Settings{OwnOnly: true})
	wants(t, ask(t, b, "demander"), "Cette question porte sur autre chose")
	wants(t, ask(t, b, "article"), inFrench.noArticles)

	var asked []knowledge.Caution
	b.asked = func(_ context.Context, guild string, q knowledge.Question) {
		if guild == aServer {
			asked = append(asked, q.Caution)
		}
	}
	for _, c := range cautions {
		set(library.Settings{Caution: c})
		ask(t, b, "demander")
	}
	if !slices.Equal(asked, cautions) {
		t.Errorf("asked with caution %v, want %v", asked, cautions)
	}
}

// Moderators change two settings at once, at two replicas: both changes stay.
func TestSettingsAtTwoReplicas(t *testing.T) {
	where := filepath.Join(t.TempDir(), "library.db")
	replica := func() (*Bot, *library.Library) {
		l, err := library.Open(t.Context(), where, library.Options{Default: []*knowledge.Article{knowledge.Shipped()}})
		if err != nil {
			t.Fatal(err)
		}
		b := New(l, Options{Limits: Limits{Unlimited: true}})
		t.Cleanup(func() { b.Close(); _ = l.Close() })
		return b, l
	}
	b1, l1 := replica()
	b2, l2 := replica()
	if err := l1.SetSettings(t.Context(), aServer, library.Settings{KeepQuestions: true}); err != nil {
		t.Fatal(err)
	}
	s1, s2 := moderate(t, b1, recorded(t, "reglages")), moderate(t, b2, recorded(t, "reglages"))
	press(t, b1, s1, camille, s1.act(actKeepQuestions), "") // no longer
	press(t, b2, s2, camille, s2.act(actPrivate), "true")   // a moment later, at the other
	got, err := l2.Settings(t.Context(), aServer)
	if err != nil {
		t.Fatal(err)
	}
	if got.KeepQuestions || !got.Private {
		t.Errorf("%+v, want questions no longer kept, and private answers", got)
	}
}
