package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"verbatim/bot/discordtest"
)

// patience bounds every wait: what takes longer is broken.
const patience = 10 * time.Second

// A running is a program that runs in this process, against a fake Discord.
type running struct {
	t      *testing.T
	fake   *discordtest.Server
	stderr *journal
	cancel context.CancelFunc
	ended  chan int // its exit status
}

// newRunning prepares a fake Discord. When the test ends, no goroutine may be left.
func newRunning(t *testing.T) *running {
	t.Helper()
	before := goleak.IgnoreCurrent() // bleve keeps a few for the whole process
	// discordgo sleeps for a second at the end of a session, which the program does not wait for.
	listen := goleak.IgnoreAnyFunction("github.com/bwmarrin/discordgo.(*Session).listen")
	heartbeat := goleak.IgnoreAnyFunction("github.com/bwmarrin/discordgo.(*Session).heartbeat")
	t.Cleanup(func() { goleak.VerifyNone(t, before, listen, heartbeat) })
	return &running{t: t, fake: discordtest.New(t), stderr: newJournal(), ended: make(chan int, 1)}
}

// start runs the program with an environment. When the test ends the program must end within the time
// that a container has, with no token in its log.
func (r *running) start(env ...string) {
	r.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r.cancel = cancel
	env = append(env, "HTTP_ADDR=127.0.0.1:0", "OPS_ADDR=127.0.0.1:0", "LOG_LEVEL=debug", "LIBRARY=memory:")
	p := &program{
		getenv:    environ(env...),
		stdin:     strings.NewReader(""),
		stdout:    io.Discard,
		stderr:    r.stderr,
		transport: r.fake.Transport(),
	}
	go func() { r.ended <- p.run(ctx, nil) }()
	r.t.Cleanup(func() {
		r.stop()
		if log := r.stderr.String(); strings.Contains(log, discordtest.Token) {
			r.t.Errorf("the token is in the log:\n%s", log)
		}
	})
}

// stop ends the program and returns its exit status. It may be called again.
func (r *running) stop() int {
	r.t.Helper()
	r.cancel()
	return r.wait()
}

func (r *running) wait() int {
	r.t.Helper()
	select {
	case status := <-r.ended:
		r.ended <- status
		return status
	case <-time.After(patience):
		r.t.Fatalf("the program did not end within %v\n%s", patience, r.stderr)
		return 0
	}
}

// logged waits until a record of the log has a field, and returns its value.
func (r *running) logged(field string) string {
	r.t.Helper()
	timeout := time.After(patience)
	for {
		changed := r.stderr.changed()
		for line := range strings.Lines(r.stderr.String()) {
			var record map[string]any
			if json.Unmarshal([]byte(line), &record) == nil && record[field] != nil {
				return fmt.Sprint(record[field])
			}
		}
		select {
		case <-changed:
		case status := <-r.ended:
			r.ended <- status
			r.t.Fatalf("the program ended with %d before it logged %s\n%s", status, field, r.stderr)
		case <-timeout:
			r.t.Fatalf("%s was not logged within %v\n%s", field, patience, r.stderr)
		}
	}
}

// healthcheck runs the subcommand against the program, and returns its exit status and its words.
func (r *running) healthcheck() (status int, words string) {
	r.t.Helper()
	var errs strings.Builder
	status = run(r.t.Context(), []string{"healthcheck"}, environ("OPS_ADDR="+r.logged("ops_addr")), nil, io.Discard, &errs)
	return status, errs.String()
}

// A journal is a stream that may be read while it is written.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{} // closed, and replaced, at each write
}

func newJournal() *journal { return &journal{more: make(chan struct{})} }

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	close(j.more)
	j.more = make(chan struct{})
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// changed returns a channel that is closed at the next write.
func (j *journal) changed() <-chan struct{} {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.more
}

// demand is a member's /demander, as Discord sends it.
func demand(id int, question string) []byte {
	return fmt.Appendf(nil, `{
		"id": "%d", "application_id": %q, "type": 2, "token": "secret-of-%[1]d", "version": 1,
		"guild_id": "300000000000000001", "channel_id": "300000000000000002", "locale": "fr", "guild_locale": "fr",
		"member": {"user": {"id": "300000000000000003", "username": "membre", "discriminator": "0"},
			"roles": [], "permissions": "2147483647", "joined_at": "2026-01-01T00:00:00Z", "deaf": false, "mute": false, "flags": 0},
		"data": {"id": "300000000000000004", "name": "demander", "type": 1,
			"options": [{"name": "question", "type": 3, "value": %[3]q}]}
	}`, 200000000000000000+id, discordtest.ApplicationID, question)
}

const whoReplaces = "Qui remplace Alexandr Wang ?"

// TestServeBothWays asks the same over the gateway and over HTTP: the replies are the same, byte for
// byte, and quote the sentence that answers.
func TestServeBothWays(t *testing.T) {
	var replies [2][]byte
	t.Run("gateway", func(t *testing.T) { replies[0] = askOverGateway(t) })
	t.Run("http", func(t *testing.T) { replies[1] = askOverHTTP(t) })
	for _, reply := range replies {
		discordtest.CheckResponse(t, reply)
		if !bytes.Contains(reply, []byte("Jason Droege")) {
			t.Errorf("the reply does not quote the answer: %s", reply)
		}
	}
	if !bytes.Equal(replies[0], replies[1]) {
		t.Errorf("the replies differ:\n%s\n%s", replies[0], replies[1])
	}
}

func askOverGateway(t *testing.T) []byte {
	r := newRunning(t)
	r.start("DISCORD_TOKEN=" + discordtest.Token)
	r.untilHealthy()
	r.fake.Gateway.Dispatch(demand(1, whoReplaces))
	reply := r.fake.REST.Response("200000000000000001")
	r.fake.Refuse(time.Minute)
	r.fake.Gateway.AwaitDisconnected()
	r.untilUnhealthy()
	if status := r.stop(); status != statusOK {
		t.Errorf("got status %d, want 0\n%s", status, r.stderr)
	}
	return reply
}

// untilHealthy waits for the bot to be well. The gateway's READY comes a moment after the socket opens.
func (r *running) untilHealthy() { r.untilHealth(statusOK) }

func (r *running) untilUnhealthy() { r.untilHealth(statusFailed) }

func (r *running) untilHealth(want int) {
	r.t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		got, words := r.healthcheck()
		if got == want {
			return
		}
		if time.Now().After(deadline) {
			r.t.Fatalf("healthcheck: got status %d for %v, want %d; it says: %s\n%s", got, patience, want, words, r.stderr)
		}
	}
}

func askOverHTTP(t *testing.T) []byte {
	private := ed25519.NewKeyFromSeed(bytes.Repeat([]byte("v"), ed25519.SeedSize))
	// The token is there too, as it is where commands are registered: no gateway is opened all the same.
	r := newRunning(t)
	r.start("DISCORD_PUBLIC_KEY="+publicHex(private), "DISCORD_TOKEN="+discordtest.Token)
	url := "http://" + r.logged("http_addr") + "/interactions"
	r.untilHealthy()

	client := &http.Client{Transport: &http.Transport{}}
	t.Cleanup(client.CloseIdleConnections)
	body := demand(1, whoReplaces)
	if status, _ := post(t, client, url, body, ed25519.NewKeyFromSeed(bytes.Repeat([]byte("w"), ed25519.SeedSize))); status != http.StatusUnauthorized {
		t.Errorf("somebody else's signature: got %d, want 401", status)
	}
	status, reply := post(t, client, url, body, private)
	if status != http.StatusOK {
		t.Errorf("got %d, want 200: %s", status, reply)
	}
	if strings.Contains(r.stderr.String(), "bot article purge") {
		t.Error("it warns that it has no token, and has one")
	}
	if n := r.fake.Gateway.Opened(); n > 0 {
		t.Errorf("%d gateway connections were opened", n)
	}
	if status := r.stop(); status != statusOK {
		t.Errorf("got status %d, want 0\n%s", status, r.stderr)
	}
	return reply
}

// publicHex is the public half of a key, as Discord shows it.
func publicHex(private ed25519.PrivateKey) string {
	return hex.EncodeToString(private.Public().(ed25519.PublicKey))
}

// post sends an interaction as Discord does, signed with key.
func post(t *testing.T, client *http.Client, url string, body []byte, key ed25519.PrivateKey) (status int, reply []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	timestamp := strconv.FormatInt(time.Now().Unix(), 10)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Signature-Timestamp", timestamp)
	req.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(key, append([]byte(timestamp), body...))))
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	reply, err = io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, reply
}

// What Discord refuses for good ends the program with a sentence, not with a loop.
func TestServeStopsOnWhatCannotBeMended(t *testing.T) {
	const wrong = "MDAwMDAwMDAwMDAwMDAwMDAwMA.WRONG0.not-the-token-that-the-fake-discord-takes"
	tests := []struct {
		name, token string
		faults      []discordtest.Fault // of the gateway
		want        string
	}{
		{name: "the API refuses the token", token: wrong, want: "bot: ask Discord for its gateway: Discord refused the bot token"},
		{name: "the gateway refuses the token", token: discordtest.Token, faults: []discordtest.Fault{discordtest.CloseWith(4004)}, want: "(code 4004): it does not accept the bot token"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := newRunning(t)
			for _, f := range tt.faults {
				r.fake.Gateway.Fault(discordtest.BeforeReady, f)
			}
			r.start("DISCORD_TOKEN=" + tt.token)
			if status := r.wait(); status != statusFailed {
				t.Errorf("got status %d, want 1", status)
			}
			log := r.stderr.String()
			last := log[strings.LastIndex(strings.TrimSpace(log), "\n")+1:]
			if !strings.HasPrefix(last, "bot: ") || !strings.Contains(last, tt.want) || strings.Contains(log, tt.token) {
				t.Errorf("got %q, want %q; the log:\n%s", last, tt.want, log)
			}
		})
	}
}
