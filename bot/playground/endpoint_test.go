package playground_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/goleak"

	"verbatim/bot"
	"verbatim/bot/discordtest"
	"verbatim/bot/playground"
)

// request sends a request with some headers, and returns the status and the body.
func request(t *testing.T, method, url, body string, headers ...string) (int, http.Header, []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			req.Host = headers[i+1]
		}
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header, got
}

// Only this machine's own page gets an answer, whatever another page makes the browser send.
func TestGuard(t *testing.T) {
	url := serve(t)
	port := url[strings.LastIndex(url, ":")+1:]
	for _, tt := range []struct {
		name         string
		method, path string
		headers      []string
		want         int
	}{
		{"the page", http.MethodGet, "/", nil, 200},
		{"by name", http.MethodGet, "/", []string{"Host", "localhost:" + port}, 200},
		{"by another loopback address", http.MethodGet, "/", []string{"Host", "[::1]:" + port}, 200},
		{"a rebound name", http.MethodGet, "/", []string{"Host", "evil.example:" + port}, 403},
		{"a name that looks like ours", http.MethodGet, "/", []string{"Host", "localhost.evil.example:" + port}, 403},
		{"another address", http.MethodGet, "/", []string{"Host", "192.168.0.1:" + port}, 403},
		{"another port", http.MethodGet, "/", []string{"Host", "127.0.0.1:1"}, 403},
		{"no port", http.MethodGet, "/", []string{"Host", "127.0.0.1"}, 403},
		{"no host", http.MethodGet, "/", []string{"Host", "@"}, 403},
		{"our own post", http.MethodPost, "/interactions", []string{"Origin", url, "Sec-Fetch-Site", "same-origin"}, 200},
		{"without a browser", http.MethodPost, "/interactions", nil, 200},
		{"a post of another site", http.MethodPost, "/interactions", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"a post of another port", http.MethodPost, "/interactions", []string{"Sec-Fetch-Site", "same-site"}, 403},
		{"another origin, by an old browser", http.MethodPost, "/interactions", []string{"Origin", "http://evil.example"}, 403},
		{"no origin, as from a sandbox", http.MethodPost, "/interactions", []string{"Origin", "null"}, 403},
		{"a rebound post", http.MethodPost, "/interactions", []string{"Host", "evil.example:" + port, "Origin", "http://evil.example:" + port, "Sec-Fetch-Site", "same-origin"}, 403},
		{"reasons of another site", http.MethodPost, "/reasons", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"no post", http.MethodGet, "/interactions", nil, 404},
		{"a put", http.MethodPut, "/interactions", nil, 405},
		{"a preflight", http.MethodOptions, "/interactions", []string{"Origin", "http://evil.example", "Access-Control-Request-Method", "POST"}, 405},
		{"a form", http.MethodPost, "/interactions", []string{"Content-Type", "text/plain"}, 415},
		{"outside of the page's files", http.MethodGet, "/../playground.go", nil, 404},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, headers, body := request(t, tt.method, url+tt.path, `{"type":1}`, tt.headers...)
			if got != tt.want {
				t.Errorf("got %d, want %d: %s", got, tt.want, body)
			}
			if csp := headers.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
				t.Errorf("got the policy %q", csp)
			}
			for name := range headers {
				if strings.HasPrefix(name, "Access-Control") {
					t.Errorf("%s is set: other sites are let in", name)
				}
			}
		})
	}
}

// Every recorded interaction gets a reply that Discord would take, in the bytes that it would get.
func TestInteractions(t *testing.T) {
	url := serve(t)
	files, err := filepath.Glob("../testdata/interaction/*.json")
	if err != nil || len(files) < 20 {
		t.Fatalf("got %d recorded interactions, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			recorded, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			status, _, body := request(t, http.MethodPost, url+"/interactions", string(recorded))
			lines := json.NewDecoder(bytes.NewReader(body))
			var got struct{ Response json.RawMessage }
			if err := lines.Decode(&got); err != nil || status != http.StatusOK {
				t.Fatalf("got %d %s, %v", status, body, err)
			}
			discordtest.CheckResponse(t, got.Response)
			edits := 0
			for ; lines.More(); edits++ {
				var line struct{ Edit json.RawMessage }
				if err := lines.Decode(&line); err != nil {
					t.Fatal(err)
				}
				discordtest.CheckEdit(t, "application/json", line.Edit)
			}
			if promised := bytes.HasPrefix(got.Response, []byte(`{"type":5`)); promised != (edits > 0) {
				t.Errorf("%d edits after %s", edits, got.Response)
			}
		})
	}
}

func TestAsked(t *testing.T) {
	url := serve(t)
	recorded, err := os.ReadFile("../testdata/interaction/demander_article.json")
	if err != nil {
		t.Fatal(err)
	}
	_, _, body := request(t, http.MethodPost, url+"/interactions", string(recorded))
	var got struct{ Asked *playground.Asked }
	want := playground.Asked{Question: "Qui occupera le poste de PDG par intérim ?", Article: "meta-scale-ai", Guild: "1420000000000000002"}
	if err := json.Unmarshal(body, &got); err != nil || got.Asked == nil || *got.Asked != want {
		t.Errorf("got %s, want %+v asked", body, want)
	}
	_, _, body = request(t, http.MethodPost, url+"/interactions", `{"type":1}`)
	if !bytes.Contains(body, []byte(`"asked":null`)) {
		t.Errorf("got %s, want nothing asked", body)
	}
	playground.Note(t.Context(), want) // outside of an interaction: nothing happens
}

func TestBadRequests(t *testing.T) {
	url, mute := serve(t), serveResponder(t, broken{}, nil)
	for _, tt := range []struct {
		name, url, body string
		want            int
		says            string
	}{
		{"no JSON", url + "/interactions", "{", 200, "sais pas lire"}, // as over the gateway
		{"nothing", url + "/interactions", "", 200, "sais pas lire"},
		{"too long", url + "/interactions", strings.Repeat(" ", 8<<20) + "{}", 413, "8 MiB"},
		{"as long as may be", url + "/interactions", strings.Repeat(" ", 8<<20-10) + `{"type":1}`, 200, `{"type":1}`},
		{"reasons of nothing", url + "/reasons", "{}", 400, "expected"},
		{"reasons of no JSON", url + "/reasons", "[", 400, "expected"},
		{"no reasons told", mute + "/reasons", `{"question":"Qui ?"}`, 404, "no reasons"},
		{"a reply that cannot be sent", mute + "/interactions", `{"type":1}`, 500, "unknown type 99"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _, body := request(t, http.MethodPost, tt.url, tt.body)
			if got != tt.want || !strings.Contains(string(body), tt.says) {
				t.Errorf("got %d %s, want %d with %q", got, body, tt.want, tt.says)
			}
		})
	}
}

// broken answers with what no client knows.
type broken struct{}

func (broken) Respond(context.Context, *discordgo.Interaction) bot.Reply {
	return bot.Reply{Response: &discordgo.InteractionResponse{Type: 99}}
}

// Serve ends in time when it is told to, with a request in flight that never ends.
func TestServeEnds(t *testing.T) {
	before := goleak.IgnoreCurrent()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- playground.New(broken{}, playground.Options{}).Serve(ctx, l) }()
	slow, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Close()
	if _, err := io.WriteString(slow, "POST /interactions HTTP/1.1\r\nHost: "+l.Addr().String()+"\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"); err != nil {
		t.Fatal(err)
	}
	time.Sleep(50 * time.Millisecond) // until the handler waits for the rest
	cancel()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(8 * time.Second):
		t.Error("it did not end within 8 s")
	}
	goleak.VerifyNone(t, before)
}

func TestServeFails(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if err := playground.New(broken{}, playground.Options{}).Serve(t.Context(), l); err == nil {
		t.Error("a closed listener is no error")
	}
}

// The page's commands are the bot's, each with an ID.
func TestSetup(t *testing.T) {
	_, _, body := request(t, http.MethodGet, serve(t)+"/setup.json", "")
	var got struct {
		Commands []discordgo.ApplicationCommand
		Reasons  bool
	}
	if err := json.Unmarshal(body, &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Commands) != len(bot.Commands()) || !got.Reasons {
		t.Fatalf("got %s", body)
	}
	ids := map[string]bool{}
	for i, c := range bot.Commands() {
		if ids[got.Commands[i].ID] || got.Commands[i].ID == "" || got.Commands[i].Name != c.Name {
			t.Errorf("got %+v for %s", got.Commands[i], c.Name)
		}
		ids[got.Commands[i].ID] = true
	}
}
