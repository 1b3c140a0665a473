package reader

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// web is a web of one server: every host of it leads there, by the dialer that the fetcher is made with.
func web(t *testing.T, handler http.HandlerFunc) *Fetcher {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return newFetcher(FetcherOptions{Version: "v1.2.3"}, func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, server.Listener.Addr().String())
	})
}

// reasonOf is the reason of a refusal, 0 for no error.
func reasonOf(t *testing.T, err error) Reason {
	t.Helper()
	var refused *RefusedError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &refused):
		if refused.What == "" {
			t.Errorf("a refusal of nothing: %v", err)
		}
		return refused.Reason
	default:
		t.Fatalf("got error %v, want a refusal", err)
		return 0
	}
}

// page answers as a site without robots.txt does.
func page(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(body))
	}
}

func TestFetch(t *testing.T) {
	var agents, languages []string
	f := web(t, func(w http.ResponseWriter, r *http.Request) {
		agents = append(agents, r.UserAgent())
		languages = append(languages, r.Header.Get("Accept-Language"))
		if r.Header.Get("Referer") != "" || r.Header.Get("Cookie") != "" {
			t.Errorf("the site is told more than it needs: %v", r.Header)
		}
		if r.URL.Path == "/vieux" {
			http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
			http.Redirect(w, r, "http://www.journal.fr/article/le-canal?p=1#haut", http.StatusMovedPermanently)
			return
		}
		page("<!doctype html><p>L’eau.")(w, r)
	})
	got, err := f.Fetch(t.Context(), "http://journal.fr/vieux")
	if err != nil {
		t.Fatal(err)
	}
	if got.Name != "le-canal" || got.Source != "http://www.journal.fr/article/le-canal?p=1" ||
		got.ContentType != "text/html; charset=utf-8" || string(got.Data) != "<!doctype html><p>L’eau." {
		t.Errorf("got %+v", got)
	}
	if len(agents) != 4 { // two pages, and two sites' robots.txt
		t.Errorf("got %d requests, want 4", len(agents))
	}
	for i, agent := range agents {
		if agent != "Verbatim/v1.2.3 (Discord bot; reads a page when a moderator adds it)" || languages[i] != "fr, *;q=0.5" {
			t.Errorf("got agent %q, languages %q", agent, languages[i])
		}
	}
}

func TestFetchRefusals(t *testing.T) {
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				http.NotFound(w, r)
				return
			}
			w.WriteHeader(code)
		}
	}
	typed := func(kind, encoding string, body []byte) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Content-Type", kind)
			if encoding != "" {
				w.Header().Set("Content-Encoding", encoding)
			}
			_, _ = w.Write(body)
		}
	}
	robots := func(code int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				w.WriteHeader(code)
				_, _ = w.Write([]byte(body))
				return
			}
			page("ok")(w, r)
		}
	}
	to := func(next func(*http.Request) string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Location", next(r))
			w.WriteHeader(http.StatusFound)
		}
	}
	always := func(next string) http.HandlerFunc { return to(func(*http.Request) string { return next }) }
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	_, _ = z.Write(make([]byte, 64<<20))
	_ = z.Close()

	for _, tt := range []struct {
		name    string
		handler http.HandlerFunc
		want    Reason
	}{
		{"a page", page("ok"), 0},
		{"404", status(404), NotFound},
		{"410", status(410), NotFound},
		{"401", status(401), Denied},
		{"403", status(403), Denied},
		{"451", status(451), Denied},
		{"429", status(429), Unreachable},
		{"500", status(500), Unreachable},
		{"304, which was not asked for", status(304), Unreachable},
		{"a picture", typed("image/png", "", nil), WrongType},
		{"a program", typed("application/json", "", nil), WrongType},
		{"a PDF", typed("application/pdf", "", []byte("%PDF-")), 0},
		{"bytes", typed("application/octet-stream", "", []byte("x")), 0},
		{"five mebibytes", typed("text/plain", "", make([]byte, MaxSize)), 0},
		{"and one byte", typed("text/plain", "", make([]byte, MaxSize+1)), TooBig},
		{"a bomb of gzip", typed("text/html", "gzip", bomb.Bytes()), TooBig},
		{"an encoding that was not asked for", typed("text/html", "br", []byte("x")), Unreadable},
		{"robots.txt against all", robots(200, "User-agent: *\nDisallow: /"), ByRobots},
		{"robots.txt against us", robots(200, "User-agent: verbatim\nDisallow: /p\n\nUser-agent: *\nDisallow:"), ByRobots},
		{"robots.txt against others", robots(200, "User-agent: *\nDisallow: /\n\nUser-agent: Verbatim\nAllow: /"), 0},
		{"robots.txt forbidden", robots(403, "User-agent: *\nDisallow: /"), 0},
		{"robots.txt out of order", robots(503, ""), Unreachable},
		{"robots.txt without end", robots(200, strings.Repeat("# nothing\n", 100_000)+"User-agent: *\nDisallow: /"), 0},
		{"round and round", always("/page"), TooManyRedirects},
		{"six redirects", to(func(r *http.Request) string { return r.URL.Path + "a" }), TooManyRedirects},
		{"to another scheme", always("file:///etc/passwd"), BadAddress},
		{"to a port", always("http://journal.fr:6379/"), BadAddress},
		{"to this machine", always("http://127.0.0.1/"), NotPublic},
		{"to a cloud's metadata", always("http://169.254.169.254/latest/meta-data/"), NotPublic},
		{"to nowhere", always("http://[::1/"), BadAddress},
		{"to what could not be fetched again", to(func(r *http.Request) string {
			if r.URL.RawQuery != "" {
				return ""
			}
			return "/page?" + strings.Repeat("a", maxAddress)
		}), BadAddress},
		{"without a location", status(302), Unreachable},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := web(t, tt.handler).Fetch(t.Context(), "http://journal.fr/page")
			if got := reasonOf(t, err); got != tt.want {
				t.Errorf("got %v (%v), want %v", got, err, tt.want)
			}
		})
	}
}

// TestFetchFiveRedirects follows as many as are allowed, through sites whose robots.txt is asked once each.
func TestFetchFiveRedirects(t *testing.T) {
	asked := map[string]int{}
	f := web(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			asked[r.Host]++
			http.NotFound(w, r)
			return
		}
		if n := len(r.URL.Path) - 1; n < MaxRedirects {
			http.Redirect(w, r, fmt.Sprintf("http://s%d.journal.fr%sa", n%2, r.URL.Path), http.StatusTemporaryRedirect)
			return
		}
		page("ok")(w, r)
	})
	got, err := f.Fetch(t.Context(), "http://journal.fr/")
	if err != nil || got.Source != "http://s0.journal.fr/aaaaa" {
		t.Errorf("got %q, %v", got.Source, err)
	}
	if len(asked) != 3 || asked["s0.journal.fr"] != 1 {
		t.Errorf("robots.txt was asked %v times", asked)
	}
}

// TestFetchAttachment takes what a member attached, whatever the CDN's robots.txt says: they gave it.
func TestFetchAttachment(t *testing.T) {
	f := web(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			t.Error("robots.txt is asked for an attachment")
		}
		page("ok")(w, r)
	})
	if _, err := f.Fetch(t.Context(), "http://cdn.discordapp.com/attachments/1/2/statuts.txt?ex=1"); err != nil {
		t.Error(err)
	}
}

// TestFetchEnds cuts a server that answers byte by byte, for ever.
func TestFetchEnds(t *testing.T) {
	f := web(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/plain")
		for r.Context().Err() == nil {
			_, _ = w.Write([]byte("a"))
			w.(http.Flusher).Flush()
			time.Sleep(5 * time.Millisecond)
		}
	})
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, err := f.Fetch(ctx, "http://journal.fr/"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got error %v, want the caller's deadline", err)
	}
	f.within = 200 * time.Millisecond
	if _, err := f.Fetch(t.Context(), "http://journal.fr/"); reasonOf(t, err) != Timeout {
		t.Errorf("got error %v, want a refusal", err)
	}
}

// TestFetchTellsNoSecret keeps what an address may hold out of errors, which are logged.
func TestFetchTellsNoSecret(t *testing.T) {
	gone := newFetcher(FetcherOptions{}, func(context.Context, string, string) (net.Conn, error) {
		return nil, errors.New("no network")
	})
	for _, address := range []string{
		"https://user:secret@journal.fr/", "https://journal.fr/?token=secret", "https://journal.fr/#secret",
		"ftp://user:secret@journal.fr/", "https://journal.fr:99/?secret", "https://secret:secret:secret", "http://127.0.0.1/?secret",
	} {
		_, err := gone.Fetch(t.Context(), address)
		if reasonOf(t, err) == 0 || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: got error %v", address, err)
		}
	}
}
