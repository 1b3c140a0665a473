package discordtest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/goleak"

	"verbatim/bot/discordtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// session is discordgo's own client, for the fake and with none of the retries that hide its answers.
func session(t *testing.T, fake *discordtest.Server) *discordgo.Session {
	t.Helper()
	s, err := discordgo.New("Bot " + discordtest.Token)
	if err != nil {
		t.Fatal(err)
	}
	s.Client = &http.Client{Transport: fake.Transport()}
	s.MaxRestRetries = 0
	s.ShouldRetryOnRateLimit = false
	return s
}

// issue makes an interaction known to the fake and returns it.
func issue(fake *discordtest.Server, id string, kind discordgo.InteractionType) *discordgo.Interaction {
	fake.REST.Issue(fmt.Appendf(nil, `{"id":%q,"type":%d,"token":"token-%s"}`, id, kind, id))
	return &discordgo.Interaction{ID: id, Token: "token-" + id, AppID: discordtest.ApplicationID, Type: kind}
}

func saying(text string) *discordgo.InteractionResponse {
	return &discordgo.InteractionResponse{Type: 4, Data: &discordgo.InteractionResponseData{Content: text, AllowedMentions: nobody()}}
}

func nobody() *discordgo.MessageAllowedMentions {
	return &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}
}

// code is Discord's error code in err, 0 without one.
func code(err error) int {
	if e, ok := errors.AsType[*discordgo.RESTError](err); ok && e.Message != nil {
		return e.Message.Code
	}
	return 0
}

func TestInteractionWithDiscordgo(t *testing.T) {
	fake := discordtest.New(t)
	s := session(t, fake)
	i := issue(fake, "1", discordgo.InteractionApplicationCommand)
	if _, err := s.InteractionResponse(i); code(err) != 10015 {
		t.Errorf("the original before a response: got %v, want 10015", err)
	}
	if err := s.InteractionRespond(i, saying("un")); err != nil {
		t.Fatal(err)
	}
	if got := string(fake.REST.Response("1")); !strings.Contains(got, `"content":"un"`) {
		t.Errorf("got %s", got)
	}
	if err := s.InteractionRespond(i, saying("deux")); code(err) != 40060 {
		t.Errorf("a second response: got %v, want 40060", err)
	}
	text := "corrigé"
	if m, err := s.InteractionResponseEdit(i, &discordgo.WebhookEdit{Content: &text, AllowedMentions: nobody()}); err != nil || m.Content != text {
		t.Errorf("edit: got %v, %v", m, err)
	}
	if m, err := s.InteractionResponse(i); err != nil || m.Content != text {
		t.Errorf("the original: got %v, %v", m, err)
	}
	m, err := s.FollowupMessageCreate(i, true, &discordgo.WebhookParams{Content: "suite", AllowedMentions: nobody()})
	if err != nil || m.Content != "suite" {
		t.Fatalf("follow-up: got %v, %v", m, err)
	}
	if m, err := s.FollowupMessageEdit(i, m.ID, &discordgo.WebhookEdit{Content: &text, AllowedMentions: nobody()}); err != nil || m.Content != text {
		t.Errorf("follow-up edited: got %v, %v", m, err)
	}
	if err := s.FollowupMessageDelete(i, m.ID); err != nil {
		t.Error(err)
	}
	if err := s.FollowupMessageDelete(i, m.ID); code(err) != 10008 {
		t.Errorf("a follow-up deleted twice: got %v, want 10008", err)
	}
	if err := s.InteractionResponseDelete(i); err != nil {
		t.Error(err)
	}
	if _, err := s.InteractionResponse(i); code(err) != 10008 {
		t.Errorf("the original once deleted: got %v, want 10008", err)
	}
	stranger := &discordgo.Interaction{ID: "2", Token: "x"}
	if err := s.InteractionRespond(stranger, saying("x")); code(err) != 10062 {
		t.Errorf("an interaction that was never sent: got %v, want 10062", err)
	}
	wrong := *issue(fake, "3", discordgo.InteractionApplicationCommand)
	wrong.Token = "another"
	if err := s.InteractionRespond(&wrong, saying("x")); code(err) != 10062 {
		t.Errorf("another token: got %v, want 10062", err)
	}
}

func TestTroubles(t *testing.T) {
	fake := discordtest.New(t)
	s := session(t, fake)
	respond := func(id string) error {
		return s.InteractionRespond(issue(fake, id, discordgo.InteractionApplicationCommand), saying("x"))
	}
	fake.REST.Break(discordtest.RouteCallback,
		discordtest.RateLimited(1500*time.Millisecond, true),
		discordtest.Unknown(),
		discordtest.Acknowledged(),
		discordtest.Trouble{Status: 503},
		discordtest.Trouble{Drop: true},
		discordtest.Trouble{Delay: 50 * time.Millisecond},
	)
	err := respond("1")
	if limited, ok := errors.AsType[*discordgo.RateLimitError](err); !ok || limited.RetryAfter != 1500*time.Millisecond {
		t.Errorf("got %v, want a rate limit of 1.5 s", err)
	}
	if err := respond("2"); code(err) != 10062 {
		t.Errorf("got %v, want 10062", err)
	}
	if err := respond("3"); code(err) != 40060 {
		t.Errorf("got %v, want 40060", err)
	}
	if err := respond("4"); err == nil || !strings.Contains(err.Error(), "503") {
		t.Errorf("got %v, want 503", err)
	}
	if err := respond("5"); !errors.Is(err, io.EOF) {
		t.Errorf("got %v, want a connection that ends", err)
	}
	began := time.Now()
	if err := respond("6"); err != nil || time.Since(began) < 50*time.Millisecond {
		t.Errorf("got %v after %v, want an answer after 50 ms", err, time.Since(began))
	}
	fake.REST.Break(discordtest.RouteCallback, discordtest.Trouble{Status: 502, After: true})
	if err := respond("7"); err == nil {
		t.Error("got no error, want 502")
	}
	if got := string(fake.REST.Response("7")); !strings.Contains(got, `"x"`) {
		t.Errorf("the response before the 502 did not count: got %s", got)
	}
	var statuses []int
	for _, r := range fake.REST.Requests(discordtest.RouteCallback) {
		statuses = append(statuses, r.Status)
	}
	if want := []int{429, 404, 400, 503, 0, 204, 502}; fmt.Sprint(statuses) != fmt.Sprint(want) {
		t.Errorf("got statuses %v, want %v", statuses, want)
	}
}

// A witness is a test that a fake is expected to fail.
type witness struct {
	testing.TB
	mu     sync.Mutex
	errors []string
}

func (w *witness) Errorf(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.errors = append(w.errors, fmt.Sprintf(format, args...))
}

func (w *witness) told() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return strings.Join(w.errors, "\n")
}

// TestFakeFailsTests wants what Discord would refuse to be refused, and to fail the test that did it.
func TestFakeFailsTests(t *testing.T) {
	tests := []struct {
		name string
		do   func(s *discordgo.Session, fake *discordtest.Server) error
		want string
	}{
		{"a response that pings", func(s *discordgo.Session, fake *discordtest.Server) error {
			r := saying("@everyone")
			r.Data.AllowedMentions = nil
			return s.InteractionRespond(issue(fake, "1", 2), r)
		}, "allowed_mentions: missing"},
		{"a modal in reply to a modal", func(s *discordgo.Session, fake *discordtest.Server) error {
			return s.InteractionRespond(issue(fake, "1", 5), &discordgo.InteractionResponse{Type: 9, Data: &discordgo.InteractionResponseData{
				CustomID: "m", Title: "x", Components: []discordgo.MessageComponent{discordgo.TextDisplay{Content: "x"}}}})
		}, "a modal in reply to a modal"},
		{"a follow-up too long", func(s *discordgo.Session, fake *discordtest.Server) error {
			i := issue(fake, "1", 2)
			if err := s.InteractionRespond(i, saying("x")); err != nil {
				return err
			}
			_, err := s.FollowupMessageCreate(i, true, &discordgo.WebhookParams{Content: strings.Repeat("é", 2001), AllowedMentions: nobody()})
			return err
		}, "2001 characters"},
		{"an edit that pings", func(s *discordgo.Session, fake *discordtest.Server) error {
			i := issue(fake, "1", 2)
			if err := s.InteractionRespond(i, saying("x")); err != nil {
				return err
			}
			text := "y"
			_, err := s.InteractionResponseEdit(i, &discordgo.WebhookEdit{Content: &text})
			return err
		}, "allowed_mentions: missing"},
		{"a command in capitals", func(s *discordgo.Session, _ *discordtest.Server) error {
			_, err := s.ApplicationCommandBulkOverwrite(discordtest.ApplicationID, "", []*discordgo.ApplicationCommand{{Name: "Aide", Description: "x"}})
			return err
		}, "not in lower case"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := &witness{TB: t}
			fake := discordtest.New(w)
			err := tt.do(session(t, fake), fake)
			if code(err) != 50035 {
				t.Errorf("got %v, want 50035", err)
			}
			if !strings.Contains(w.told(), tt.want) {
				t.Errorf("the test was told %q, want …%s…", w.told(), tt.want)
			}
		})
	}
}

func TestTokens(t *testing.T) {
	fake := discordtest.New(t)
	s := session(t, fake)
	s.Token = "Bot another"
	if _, err := s.Application("@me"); err == nil {
		t.Error("got no error for another token")
	}
	if _, err := s.ApplicationCommands(discordtest.ApplicationID, ""); err == nil {
		t.Error("got no error for another token")
	}
	s.Token = "Bot " + discordtest.Token
	if app, err := s.Application("@me"); err != nil || app.ID != discordtest.ApplicationID {
		t.Errorf("got %v, %v", app, err)
	}
	if _, err := s.ApplicationCommands("7", ""); code(err) != 20012 {
		t.Errorf("another application: got %v, want 20012", err)
	}
}

func TestCommandsAreReadBackAsDiscordWritesThem(t *testing.T) {
	fake := discordtest.New(t)
	s := session(t, fake)
	names := map[discordgo.Locale]string{discordgo.EnglishUS: "help"}
	in := []*discordgo.ApplicationCommand{{Name: "aide", Description: "Aide.", NameLocalizations: &names}}
	written, err := s.ApplicationCommandBulkOverwrite(discordtest.ApplicationID, "", in)
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.ApplicationCommandBulkOverwrite(discordtest.ApplicationID, "", in)
	if err != nil {
		t.Fatal(err)
	}
	if written[0].ID != again[0].ID || written[0].Version == again[0].Version {
		t.Errorf("got ID %s then %s, version %s then %s: want the ID to stay and the version to change",
			written[0].ID, again[0].ID, written[0].Version, again[0].Version)
	}
	if guild, err := s.ApplicationCommands(discordtest.ApplicationID, "55"); err != nil || len(guild) != 0 {
		t.Errorf("another server has %v, %v, want none", guild, err)
	}
	req, _ := http.NewRequest(http.MethodGet, "https://discord.com/api/v10/applications/"+discordtest.ApplicationID+"/commands", nil)
	req.Header.Set("Authorization", "Bot "+discordtest.Token)
	req.Header.Set("User-Agent", s.UserAgent)
	resp, err := s.Client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var list []map[string]any
	if err := json.NewDecoder(resp.Body).Decode(&list); err != nil {
		t.Fatal(err)
	}
	for _, field := range []string{"name_localizations", "description_localizations"} {
		if _, ok := list[0][field]; ok {
			t.Errorf("%s is there without being asked for", field)
		}
	}
	got, _ := json.Marshal(list[0]["integration_types"])
	if !bytes.Equal(got, []byte("[0]")) || list[0]["nsfw"] != false || list[0]["contexts"] != nil || list[0]["type"] != 1.0 {
		t.Errorf("got %v, want Discord’s defaults", list[0])
	}
}
