package discord_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/goleak"

	"verbatim/bot"
	"verbatim/bot/discord"
	"verbatim/bot/discordtest"
)

// discordgoLogs is what discordgo logs in all the tests, at every level that it is allowed.
var discordgoLogs logs

// TestMain checks that the tests have left no goroutine of discordgo's, and no token in its log.
func TestMain(m *testing.M) {
	before := goleak.IgnoreCurrent() // bleve keeps a few for the whole process
	discord.LogDiscordgo(discordgoLogs.logger())
	code := m.Run()
	time.Sleep(1200 * time.Millisecond) // as long as discordgo does, and then some
	if err := goleak.Find(before); err != nil {
		fmt.Fprintln(os.Stderr, "left behind:", err)
		code = 1
	}
	if secret := secretIn(discordgoLogs.String()); secret != "" {
		fmt.Fprintln(os.Stderr, secret, "is in discordgo’s log")
		code = 1
	}
	os.Exit(code)
}

// secretIn returns a secret of the tests that s holds, or nothing.
func secretIn(s string) string {
	for _, secret := range []string{discordtest.Token, "secret-of-"} {
		if strings.Contains(s, secret) {
			return secret
		}
	}
	return ""
}

// A responder is a [discord.Responder] made of a function.
type responder func(context.Context, *discordgo.Interaction) *discordgo.InteractionResponse

func (f responder) Respond(ctx context.Context, i *discordgo.Interaction) bot.Reply {
	return bot.Reply{Response: f(ctx, i)}
}

// say answers everything with the same words.
func say(words string) responder {
	return func(context.Context, *discordgo.Interaction) *discordgo.InteractionResponse {
		return &discordgo.InteractionResponse{
			Type: discordgo.InteractionResponseChannelMessageWithSource,
			Data: &discordgo.InteractionResponseData{
				Content:         words,
				AllowedMentions: &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}},
			},
		}
	}
}

// quick is Discord's timing, about a hundred times as fast.
func quick() discord.GatewayOptions {
	return discord.GatewayOptions{
		OpenTimeout:  500 * time.Millisecond,
		BackoffMin:   10 * time.Millisecond,
		BackoffMax:   300 * time.Millisecond,
		IdentifyPace: 20 * time.Millisecond,
		Stable:       500 * time.Millisecond,
	}
}

// A rig is a gateway that runs against a fake Discord.
type rig struct {
	t       *testing.T
	fake    *discordtest.Server
	gateway *discord.Gateway
	logs    *logs
	cancel  context.CancelFunc
	ended   chan error // what Run returned
	replies chan string
	asked   uint64

	through func(http.RoundTripper) http.RoundTripper // between the client and the fake, nil for nothing
	tls     *tls.Config                               // of the gateway, nil for the default
}

// newRig prepares a fake whose heartbeats are quick. When the test ends, no goroutine may be left but
// discordgo's two, which sleep for a second at the end of a session: TestMain sees that they wake.
func newRig(t *testing.T) *rig {
	t.Helper()
	before := goleak.IgnoreCurrent() // bleve keeps a few for the whole process
	listen := goleak.IgnoreAnyFunction("github.com/bwmarrin/discordgo.(*Session).listen")
	heartbeat := goleak.IgnoreAnyFunction("github.com/bwmarrin/discordgo.(*Session).heartbeat")
	t.Cleanup(func() { goleak.VerifyNone(t, before, listen, heartbeat) })
	fake := discordtest.New(t)
	fake.Gateway.SetHeartbeat(300 * time.Millisecond)
	return &rig{t: t, fake: fake, logs: &logs{}, ended: make(chan error, 1), replies: make(chan string, 1000)}
}

// start runs the gateway until the test ends.
func (r *rig) start(o discord.GatewayOptions, answer responder) {
	r.t.Helper()
	r.serve(o, answer)
}

// serve is start for a whole conversation.
func (r *rig) serve(o discord.GatewayOptions, answer discord.Responder) {
	r.t.Helper()
	o.Log = r.logs.logger()
	rest := discord.NewREST(discord.RESTOptions{Token: discordtest.Token, Transport: r.transport()})
	r.gateway = discord.NewGateway(rest, answer, o)
	r.gateway.SetTLS(r.tls)
	ctx, cancel := context.WithCancel(context.Background())
	r.cancel = cancel
	go func() { r.ended <- r.gateway.Run(ctx) }()
	r.t.Cleanup(func() {
		cancel()
		if err := r.wait(); err != nil {
			r.t.Errorf("Run returned %v after its context ended, want nil", err)
		}
		if r.t.Failed() {
			r.t.Log(r.logs)
		}
		if secret := secretIn(r.logs.String()); secret != "" {
			r.t.Errorf("%s is in the log", secret)
		}
	})
}

// wait returns what Run does, within the ten seconds that it has. It may be called again.
func (r *rig) wait() error {
	r.t.Helper()
	select {
	case err := <-r.ended:
		r.ended <- nil
		return err
	case <-time.After(10 * time.Second):
		r.t.Fatal("Run did not end within 10 s")
		return nil
	}
}

// ask sends a question and waits for its reply.
func (r *rig) ask() {
	r.t.Helper()
	r.askFrom(server)
}

// server is where most questions come from.
const server = "300000000000000001"

// askFrom sends a question from a server and waits for its reply.
func (r *rig) askFrom(server string) {
	r.t.Helper()
	r.expect(r.dispatch(server))
}

// expect waits for the reply to an interaction, and takes no other.
func (r *rig) expect(id string) {
	r.t.Helper()
	select {
	case got := <-r.replies:
		if got != id {
			r.t.Fatalf("reply to interaction %s, want %s", got, id)
		}
	case <-time.After(10 * time.Second):
		r.t.Fatalf("no reply to interaction %s within 10 s\n%s", id, r.logs)
	}
}

// dispatch sends a question from a server, and returns the interaction's ID.
func (r *rig) dispatch(server string) string {
	r.t.Helper()
	r.asked++
	id := snowflake(200000000000000000 + r.asked)
	r.fake.Gateway.Dispatch(question(id, server))
	return id
}

func snowflake(n uint64) string { return strconv.FormatUint(n, 10) }

// question is a /demander as Discord dispatches it, with a token of its own.
func question(id, guild string) []byte {
	return fmt.Appendf(nil, `{
		"id": %q, "application_id": %q, "type": 2, "token": "secret-of-%s", "version": 1,
		"guild_id": %q, "channel_id": "300000000000000002", "locale": "fr", "guild_locale": "fr",
		"member": {"user": {"id": "300000000000000003", "username": "membre", "discriminator": "0"},
			"roles": [], "permissions": "2147483647", "joined_at": "2026-01-01T00:00:00Z", "deaf": false, "mute": false, "flags": 0},
		"data": {"id": "300000000000000004", "name": "demander", "type": 1,
			"options": [{"name": "question", "type": 3, "value": "Qui remplace Alexandr Wang ?"}]}
	}`, id, discordtest.ApplicationID, id, guild)
}

// transport carries requests to the fake, and notes whose interaction a reply was for.
func (r *rig) transport() http.RoundTripper {
	transport := r.fake.Transport()
	if r.through != nil {
		transport = r.through(transport)
	}
	return roundTrip(func(req *http.Request) (*http.Response, error) {
		_, after, found := strings.Cut(req.URL.Path, "/interactions/")
		resp, err := transport.RoundTrip(req)
		if id, _, _ := strings.Cut(after, "/"); found && err == nil && resp.StatusCode < 300 {
			r.replies <- id
		}
		return resp, err
	})
}

// A roundTrip is an [http.RoundTripper] made of a function.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// eventually waits until something holds.
func (r *rig) eventually(what string, holds func() bool) {
	r.t.Helper()
	for late := time.Now().Add(10 * time.Second); !holds(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(late) {
			r.t.Fatalf("waited 10 s for %s", what)
		}
	}
}

// logged waits until the log has some words.
func (r *rig) logged(words string) {
	r.t.Helper()
	r.eventually("the log to say "+words, func() bool { return strings.Contains(r.logs.String(), words) })
}

// logs keeps what is logged, at every level, as text and as JSON.
type logs struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

func (l *logs) logger() *slog.Logger {
	debug := &slog.HandlerOptions{Level: slog.LevelDebug, AddSource: true}
	return slog.New(both{slog.NewTextHandler(l, debug), slog.NewJSONHandler(l, debug)})
}

// both is two handlers.
type both [2]slog.Handler

func (b both) Enabled(ctx context.Context, l slog.Level) bool { return b[0].Enabled(ctx, l) }

func (b both) Handle(ctx context.Context, r slog.Record) error {
	return errors.Join(b[0].Handle(ctx, r.Clone()), b[1].Handle(ctx, r.Clone()))
}

func (b both) WithAttrs(a []slog.Attr) slog.Handler {
	return both{b[0].WithAttrs(a), b[1].WithAttrs(a)}
}

func (b both) WithGroup(name string) slog.Handler {
	return both{b[0].WithGroup(name), b[1].WithGroup(name)}
}

func TestGatewayAnswers(t *testing.T) {
	r := newRig(t)
	r.start(quick(), say("Voici."))
	r.fake.Gateway.AwaitOpened(1)
	r.ask()
	r.ask()
	if !r.gateway.Ready() {
		t.Error("Ready() = false with its one shard open")
	}
}

// In the world outside, the websocket is over TLS.
func TestGatewayAnswersOverTLS(t *testing.T) {
	r := newRig(t)
	behind, err := url.Parse(r.fake.URL())
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewTLSServer(httputil.NewSingleHostReverseProxy(behind))
	t.Cleanup(front.Close)
	r.tls = front.Client().Transport.(*http.Transport).TLSClientConfig
	r.through = func(next http.RoundTripper) http.RoundTripper {
		return roundTrip(func(req *http.Request) (*http.Response, error) {
			resp, err := next.RoundTrip(req)
			if err != nil || !strings.HasSuffix(req.URL.Path, "/gateway/bot") {
				return resp, err
			}
			defer func() { _ = resp.Body.Close() }()
			body, err := io.ReadAll(resp.Body)
			body = bytes.ReplaceAll(body, []byte("ws://"+behind.Host), []byte("wss://"+front.Listener.Addr().String()))
			resp.Body = io.NopCloser(bytes.NewReader(body))
			return resp, err
		})
	}
	r.start(quick(), say("Voici."))
	r.fake.Gateway.AwaitOpened(1)
	r.ask()
	r.fake.Gateway.Strike(discordtest.Reconnect())
	r.fake.Gateway.AwaitOpened(2)
	r.ask()
}
