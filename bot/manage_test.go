package bot

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot/discordtest"
	"verbatim/knowledge"
	"verbatim/knowledge/library"
	"verbatim/knowledge/reader"
)

// The servers of the tests: that of the recorded interactions, and another.
const (
	aServer       = "1420000000000000002"
	anotherServer = "1420000000000000022"
)

// A web is what a fetcher finds: by address, a file or why there is none.
type web map[string]any

func (w web) Fetch(_ context.Context, address string) (reader.File, error) {
	switch found := w[address].(type) {
	case string:
		return reader.File{Data: []byte(found), Name: "page.txt", ContentType: "text/plain", Source: address}, nil
	case error:
		return reader.File{}, found
	}
	return reader.File{}, &reader.RefusedError{Reason: reader.NotFound, What: address}
}

// newManaged returns a bot in a world of its own, which knows the shipped article, and what it logs.
func newManaged(t testing.TB, w web) (*Bot, *world, *strings.Builder) {
	t.Helper()
	place := mustBuild(knowledge.Shipped())
	b, _ := newBot(place)
	b.fetch = w
	log := &strings.Builder{}
	b.log = testLog(log)
	return b, place, log
}

// moderate answers an interaction, keeps what the reply promised, and returns the message that is then seen.
func moderate(t testing.TB, b *Bot, i *discordgo.Interaction) screen {
	t.Helper()
	s, _, _ := moderateAll(t, b, i)
	return s
}

// moderateAll does the same, and returns the progress that was told and the files that came.
func moderateAll(t testing.TB, b *Bot, i *discordgo.Interaction) (s screen, told []string, files []discordtest.File) {
	t.Helper()
	reply := b.Respond(t.Context(), i)
	checkReply(t, reply.Response)
	s = screen{reply.Response, camille}
	if reply.Later == nil {
		if reply.Response.Type == discordgo.InteractionResponseDeferredChannelMessageWithSource {
			t.Fatal("a promise that nothing keeps")
		}
		return s, nil, nil
	}
	reply.Later(t.Context(), func(_ context.Context, e *discordgo.WebhookEdit) error {
		body, kind, err := EncodeEdit(rewound(t, e))
		if err != nil {
			t.Fatal(err)
		}
		files = discordtest.CheckEdit(t, kind, body).Files
		s.reply = message(true, *e.Components...)
		checkMessage(t, s.reply)
		told = append(told, strings.Join(texts(s.reply), "\n"))
		return nil
	})
	return s, told, files
}

// rewound returns an edit whose files can be read.
func rewound(t testing.TB, e *discordgo.WebhookEdit) *discordgo.WebhookEdit {
	t.Helper()
	for _, f := range e.Files {
		content, err := io.ReadAll(f.Reader)
		if err != nil {
			t.Fatal(err)
		}
		f.Reader = strings.NewReader(string(content))
	}
	return e
}

// shown returns all the text of a screen.
func shown(s screen) string { return nbsp(strings.Join(texts(s.reply), "\n")) }

// wants fails t unless a screen says all of that.
func wants(t testing.TB, s screen, all ...string) {
	t.Helper()
	for _, want := range all {
		if !strings.Contains(shown(s), nbsp(want)) {
			t.Errorf("%q is not in %q", want, shown(s))
		}
	}
}

// put keeps an article in a server's library.
func put(t testing.TB, w *world, guild string, a *knowledge.Article) library.Entry {
	t.Helper()
	e, _, err := w.library.Put(t.Context(), guild, a)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// demoted takes a member's permissions away.
func demoted(i *discordgo.Interaction) *discordgo.Interaction {
	i.Member.Permissions = 0
	return i
}

// in moves an interaction to another server.
func in(guild string, i *discordgo.Interaction) *discordgo.Interaction {
	i.GuildID = guild
	i.AuthorizingIntegrationOwners = map[discordgo.ApplicationIntegrationType]string{discordgo.ApplicationIntegrationGuildInstall: guild}
	return i
}

const pool = "La piscine municipale ouvre à 9 heures. L’entrée coûte 4 euros. Marie Dupont, directrice de la piscine, " +
	"occupera le poste de maire en 2027.\n\nLe bassin mesure 25 mètres."

func TestOnlyModeratorsManage(t *testing.T) {
	b, w, _ := newManaged(t, nil)
	put(t, w, aServer, article(t, "piscine", pool))
	s := moderate(t, b, recorded(t, "reglages"))
	var trials []*discordgo.Interaction
	for _, name := range []string{"articles_sans_permission", "fenetre_coller_sans_permission"} {
		trials = append(trials, recorded(t, name))
	}
	for _, name := range []string{"articles_coller", "articles_ajouter_url", "articles_retirer", "articles_actualiser", "reglages", "lacunes", "fenetre_coller"} {
		trials = append(trials, demoted(recorded(t, name)))
	}
	for a, c := range b.pressed {
		if c.who == moderators && !isWindow(a) {
			r := newRequest(recorded(t, "demander"))
			trials = append(trials, demoted(s.press(t, dominique, r.own(a, "", []int{0}[:numbers[a]]...).String(), "true")))
		}
	}
	for _, i := range trials {
		reply := b.Respond(t.Context(), i)
		checkReply(t, reply.Response)
		if got := texts(reply.Response); !private(reply.Response) || reply.Later != nil || !slices.Equal(got, []string{inFrench.onlyModerators}) {
			t.Errorf("%v: %q", i.Data, got)
		}
	}
	if reply := b.Respond(t.Context(), recorded(t, "completer_retirer_sans_permission")).Response; len(reply.Data.Choices) != 0 {
		t.Errorf("suggests %v", reply.Data.Choices)
	}
	direct := recorded(t, "reglages")
	direct.GuildID = ""
	brought := recorded(t, "reglages")
	brought.AuthorizingIntegrationOwners = map[discordgo.ApplicationIntegrationType]string{discordgo.ApplicationIntegrationUserInstall: camille}
	for _, i := range []*discordgo.Interaction{direct, brought} {
		if got := texts(b.Respond(t.Context(), i).Response); got[0] != inFrench.onlyServers {
			t.Errorf("outside of a server that has the bot: %q", got)
		}
	}
	if settings, err := w.library.Settings(t.Context(), aServer); err != nil || settings.Private || settings.KeepQuestions {
		t.Errorf("the settings are %+v, %v", settings, err)
	}
	if _, err := w.library.Article(t.Context(), aServer, "piscine"); err != nil {
		t.Errorf("the article: %v", err)
	}
}

// TestAControlOfAnotherServer presses each of a server's moderators' controls in another server.
func TestAControlOfAnotherServer(t *testing.T) {
	b, w, _ := newManaged(t, nil)
	put(t, w, aServer, article(t, "secret", "Le coffre de la mairie contient 300 euros."))
	put(t, w, anotherServer, article(t, "secret", "La piscine ouvre à 9 heures."))
	for _, screens := range []screen{
		moderate(t, b, recorded(t, "reglages")), moderate(t, b, recorded(t, "articles_lister")),
		moderate(t, b, withOption(recorded(t, "articles_retirer"), "nom", "secret")),
	} {
		for _, c := range screens.controls() {
			reply := b.Respond(t.Context(), in(anotherServer, screens.press(t, camille, c[0], c[1]))).Response
			checkReply(t, reply)
			if got := texts(reply); !private(reply) || got[0] != inFrench.elsewhere {
				t.Errorf("%q: %q", c, got)
			}
		}
	}
	window := in(anotherServer, recorded(t, "fenetre_coller"))
	if got := texts(b.Respond(t.Context(), window).Response); got[0] != inFrench.elsewhere {
		t.Errorf("a window of another server: %q", got)
	}
	// What members press names an article by a key, which is the same in both: never another's text.
	s := screen{b.Respond(t.Context(), questionOf(t, "Que contient le coffre de la mairie ?")).Response, camille}
	wants(t, s, "300 euros")
	for _, c := range s.controls() {
		reply := b.Respond(t.Context(), in(anotherServer, s.press(t, camille, c[0], c[1]))).Response
		checkReply(t, reply)
		if got := strings.Join(texts(reply), "\n"); strings.Contains(got, "300") {
			t.Errorf("%q shows %q", c, got)
		}
	}
}

// withOption sets an option of a command, or of its subcommand.
func withOption(i *discordgo.Interaction, name string, value any) *discordgo.Interaction {
	newRequest(i).option(name).Value = value
	return i
}

// TestHelpTellsModeratorsOfTheirCommands shows help to who may manage the server, and to who may not.
func TestHelpTellsModeratorsOfTheirCommands(t *testing.T) {
	b, _, _ := newManaged(t, nil)
	moderator := recorded(t, "aide")
	moderator.Member.Permissions = discordgo.PermissionAdministrator
	for _, test := range []struct {
		i    *discordgo.Interaction
		told bool
	}{{recorded(t, "aide"), false}, {moderator, true}} {
		s := moderate(t, b, test.i)
		for _, phrase := range []string{inFrench.helpModerate, inFrench.helpLibrary} {
			if told := strings.Contains(shown(s), nbsp(phrase)); told != test.told {
				t.Errorf("told %v, want %v: %q", told, test.told, phrase)
			}
		}
	}
}

// TestHelpHasRoomForWhatIsKept lists fewer articles rather than say nothing of what is kept.
func TestHelpHasRoomForWhatIsKept(t *testing.T) {
	b, w, _ := newManaged(t, nil)
	keepQuestions(t, w, aServer)
	for i := range 11 {
		a := article(t, fmt.Sprintf("a%d", i), fmt.Sprintf("La piscine numéro %d ouvre à 9 heures.", i))
		a.Title = fmt.Sprintf("%02d", i) + strings.Repeat("[_]*", 37)
		put(t, w, aServer, a)
	}
	moderator := recorded(t, "aide")
	moderator.Member.Permissions = discordgo.PermissionManageGuild
	s := moderate(t, b, moderator)
	wants(t, s, "Ce que je connais")
	wants(t, s, " autres")
	wants(t, s, nbsp(inFrench.helpModerate))
	wants(t, s, nbsp(inFrench.helpLibrary))
}

// TestModeratorsReadEnglish has each command of theirs answered in English where Discord is.
func TestModeratorsReadEnglish(t *testing.T) {
	b, w, _ := newManaged(t, web{poolPage: pool, poolFile: pool})
	keepQuestions(t, w, aServer)
	keep(t, w, aServer, "Qui ?", "Lui", time.Now())
	for _, test := range []struct{ recording, want string }{
		{"articles_ajouter_url", inEnglish.nowAnswers}, {"articles_lister", "This server’s library"}, {"articles_retirer", "has no article called “piscine”"},
		{"articles_actualiser", "Unchanged: 1"}, {"reglages", "Channels where I answer"}, {"lacunes", "Expected: Lui"}, {"aide", "are kept 30 days"},
		{"articles_sans_permission", inEnglish.onlyModerators}, {"fenetre_coller", "Article added"},
	} {
		i := recorded(t, test.recording)
		i.Locale = discordgo.EnglishGB
		wants(t, moderate(t, b, i), test.want)
	}
	i := recorded(t, "articles_coller")
	i.Locale = discordgo.EnglishUS
	if got := b.Respond(t.Context(), i).Response; got.Data.Title != inEnglish.paste {
		t.Errorf("the window is titled %q", got.Data.Title)
	}
}
