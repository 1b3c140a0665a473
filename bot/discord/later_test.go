package discord

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot"
	"verbatim/bot/discordtest"
)

// A patient answers every interaction with a promise, and keeps it later.
type patient func(ctx context.Context, edit bot.Edit)

func (p patient) Respond(context.Context, *discordgo.Interaction) bot.Reply {
	return bot.Reply{Response: &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseDeferredChannelMessageWithSource,
		Data: &discordgo.InteractionResponseData{Flags: discordgo.MessageFlagsEphemeral},
	}, Later: p}
}

// showing is an edit that shows text.
func showing(text string) *discordgo.WebhookEdit {
	return &discordgo.WebhookEdit{
		Components: &[]discordgo.MessageComponent{discordgo.TextDisplay{Content: text}}, Flags: discordgo.MessageFlagsIsComponentsV2,
	}
}

// withFile is an edit with a file.
func withFile(name, content string) *discordgo.WebhookEdit {
	e := showing("Voici un fichier.")
	*e.Components = append(*e.Components, discordgo.FileComponent{File: discordgo.UnfurledMediaItem{URL: "attachment://" + name}})
	e.Files = []*discordgo.File{{Name: name, ContentType: "text/csv", Reader: strings.NewReader(content)}}
	return e
}

// keeps tells its progress and ends with a file.
func keeps(t *testing.T) patient {
	return func(ctx context.Context, edit bot.Edit) {
		for _, e := range []*discordgo.WebhookEdit{showing("Je lis."), withFile("a.csv", "é;b")} {
			if err := edit(ctx, e); err != nil {
				t.Errorf("edit: %v", err)
			}
		}
	}
}

// checkKept wants the edits of keeps.
func checkKept(t *testing.T, edits []discordtest.Edited) {
	t.Helper()
	if !strings.Contains(string(edits[0].Body), "Je lis.") || !strings.Contains(string(edits[0].Body), `"parse":[]`) {
		t.Errorf("the first edit: %s", edits[0].Body)
	}
	if files := edits[1].Files; len(files) != 1 || files[0].Name != "a.csv" || string(files[0].Content) != "é;b" {
		t.Errorf("the files of the second edit: %+v", files)
	}
}

// asking returns an interaction of that ID, as Discord sends it.
func asking(id string) []byte {
	return fmt.Appendf(nil, `{"id":%q,"application_id":%q,"type":2,"token":"secret-of-%s","version":1,"data":{"id":"1","name":"articles","type":1}}`,
		id, discordtest.ApplicationID, id)
}

func TestLaterOverTheGateway(t *testing.T) {
	fake := discordtest.New(t)
	runGateway(t, fake, keeps(t))
	fake.Gateway.Dispatch(asking("1"))
	checkKept(t, fake.REST.Edits("1", 2))
}

// Over HTTP an edit may come before Discord has read the response: it then knows no such message.
func TestLaterOverHTTP(t *testing.T) {
	fake := discordtest.New(t)
	rest := newREST(fake)
	defer rest.Close()
	e, err := NewEndpoint(keeps(t), EndpointOptions{PublicKey: publicKey(), REST: rest})
	if err != nil {
		t.Fatal(err)
	}
	raw := asking("1")
	fake.REST.Issue(raw)
	w := serve(e, signed(string(raw), time.Now()))
	for len(fake.REST.Requests(discordtest.RouteMessages)) == 0 {
		time.Sleep(time.Millisecond) // until an edit came too early
	}
	fake.REST.Inline("1", w.Body.Bytes())
	checkKept(t, fake.REST.Edits("1", 2))
	if first := fake.REST.Requests(discordtest.RouteMessages)[0]; first.Status != http.StatusNotFound {
		t.Errorf("the edit that came too early got %d", first.Status)
	}
	e.later.drain(time.Second)
}

// An edit that Discord is slow or unable to take is sent again; what it refuses is not.
func TestEditsMeetTrouble(t *testing.T) {
	for _, tt := range []struct {
		name    string
		trouble discordtest.Trouble
		want    int // requests
		fails   bool
	}{
		{"a 500", discordtest.Trouble{Status: 500}, 2, false},
		{"a dropped connection", discordtest.Trouble{Drop: true}, 2, false},
		{"a refusal", discordtest.Trouble{Status: 403}, 1, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fake := discordtest.New(t)
			rest := newREST(fake)
			i := &discordgo.Interaction{ID: "1", AppID: discordtest.ApplicationID, Token: "secret-of-1", Type: 2}
			fake.REST.Issue(asking("1"))
			if err := rest.Reply(t.Context(), i, patient(nil).Respond(t.Context(), i).Response); err != nil {
				t.Fatal(err)
			}
			fake.REST.Break(discordtest.RouteMessages, tt.trouble)
			body, err := encodeEdit(showing("Fini."))
			if err != nil {
				t.Fatal(err)
			}
			err = rest.Edit(t.Context(), i, body)
			if (err != nil) != tt.fails || err != nil && strings.Contains(err.Error(), "secret") {
				t.Errorf("got %v", err)
			}
			if got := len(fake.REST.Requests(discordtest.RouteMessages)); got != tt.want {
				t.Errorf("%d requests, want %d", got, tt.want)
			}
		})
	}
}

// The end of the program waits for the work, and then lets it say that it must end.
func TestLaterDrains(t *testing.T) {
	fake := discordtest.New(t)
	began := make(chan struct{})
	var ended error
	e, err := NewEndpoint(patient(func(ctx context.Context, edit bot.Edit) {
		close(began)
		<-ctx.Done()
		ended = edit(context.WithoutCancel(ctx), showing("Je dois m’arrêter."))
	}), EndpointOptions{PublicKey: publicKey(), REST: newREST(fake), Drain: 400 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- e.Serve(ctx, l) }()
	raw := asking("1")
	fake.REST.Issue(raw)
	_, body := post(t, http.DefaultClient, "http://"+l.Addr().String(), string(raw))
	fake.REST.Inline("1", body)
	<-began
	http.DefaultClient.CloseIdleConnections()
	stop()
	if err := <-done; err != nil || ended != nil {
		t.Errorf("Serve: %v; the last edit: %v", err, ended)
	}
	if edits := fake.REST.Edits("1", 1); !strings.Contains(string(edits[0].Body), "arrêter") {
		t.Errorf("the last edit: %s", edits[0].Body)
	}
}

// A promise that Discord did not get is not kept.
func TestLaterIsNotBegunWithoutItsResponse(t *testing.T) {
	fake := discordtest.New(t)
	fake.REST.Break(discordtest.RouteCallback, discordtest.Trouble{Status: 403})
	begun := make(chan struct{}, 1)
	a := newAnswers(patient(func(context.Context, bot.Edit) { begun <- struct{}{} }), newREST(fake), GatewayOptions{}.orDefault(), slog.New(slog.DiscardHandler))
	a.start(t.Context(), asking("1"))
	a.drain(2 * time.Second)
	select {
	case <-begun:
		t.Error("the work was done")
	default:
	}
	if got := len(fake.REST.Requests(discordtest.RouteCallback)); got != 1 {
		t.Errorf("%d responses, want 1", got)
	}
}

// A panic in the work ends nothing but the work.
func TestLaterPanics(t *testing.T) {
	l := newLater(newREST(discordtest.New(t)), slog.New(slog.DiscardHandler))
	l.start(&discordgo.Interaction{}, bot.Reply{Later: func(context.Context, bot.Edit) { panic(errors.New("of the test")) }})
	l.drain(time.Second)
	l.start(&discordgo.Interaction{}, bot.Reply{Later: func(context.Context, bot.Edit) { t.Error("begun after the end") }})
}
