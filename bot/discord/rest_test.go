package discord

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot/discordtest"
)

// secret is the interaction token of the tests: no error may hold it.
const secret = "aW50ZXJhY3Rpb246c2VjcmV0"

// newREST returns a client of the fake.
func newREST(fake *discordtest.Server) *REST {
	return NewREST(RESTOptions{Token: discordtest.Token, Transport: fake.Transport()})
}

// issue makes an interaction known to the fake and returns it.
func issue(fake *discordtest.Server, id string) *discordgo.Interaction {
	fake.REST.Issue(fmt.Appendf(nil, `{"id":%q,"type":2,"token":%q}`, id, secret))
	return &discordgo.Interaction{ID: id, Token: secret, Type: discordgo.InteractionApplicationCommand}
}

func saying(s string) *discordgo.InteractionResponse {
	return &discordgo.InteractionResponse{Type: 4, Data: &discordgo.InteractionResponseData{Content: s}}
}

// TestReply shows what becomes of a reply that Discord makes difficult, and how often it was sent.
func TestReply(t *testing.T) {
	lost := func(t discordtest.Trouble) discordtest.Trouble { t.After = true; return t }
	tests := []struct {
		name     string
		troubles []discordtest.Trouble
		attempts int
		want     string // part of the error, empty for none
		within   time.Duration
	}{
		{"at once", nil, 1, "", time.Second},
		{"unknown interaction", []discordtest.Trouble{discordtest.Unknown()}, 1, "404 Not Found (code 10062): Unknown interaction", time.Second},
		{"answered by another", []discordtest.Trouble{discordtest.Acknowledged()}, 1, "(code 40060)", time.Second},
		{"a refusal", []discordtest.Trouble{{Status: 403, Code: 50001, Message: "Missing Access"}}, 1, "403 Forbidden (code 50001): Missing Access", time.Second},
		{"429 for a moment", []discordtest.Trouble{discordtest.RateLimited(150*time.Millisecond, false)}, 2, "", time.Second},
		{"429 for all", []discordtest.Trouble{discordtest.RateLimited(150*time.Millisecond, true)}, 2, "", time.Second},
		{"429 for longer than the member waits", []discordtest.Trouble{discordtest.RateLimited(3*time.Second, false)}, 1, "try again in 3s", time.Second},
		{"502 from a proxy", []discordtest.Trouble{{Status: 502}}, 2, "", time.Second},
		{"503 twice", []discordtest.Trouble{{Status: 503}, {Status: 503}}, 3, "", time.Second},
		{"500 after the response was taken", []discordtest.Trouble{lost(discordtest.Trouble{Status: 500})}, 2, "", time.Second},
		{"cut off", []discordtest.Trouble{{Drop: true}}, 2, "", time.Second},
		{"cut off after the response was taken", []discordtest.Trouble{lost(discordtest.Trouble{Drop: true})}, 2, "", time.Second},
		{"429 and then answered by another", []discordtest.Trouble{discordtest.RateLimited(50*time.Millisecond, false), discordtest.Acknowledged()}, 2, "(code 40060)", time.Second},
		{"500 and then unknown", []discordtest.Trouble{{Status: 500}, discordtest.Unknown()}, 2, "(code 10062)", time.Second},
		{"slow", []discordtest.Trouble{{Delay: 300 * time.Millisecond}}, 1, "", time.Second},
		{"down for good", []discordtest.Trouble{{Status: 503}, {Status: 503}, {Status: 503}, {Status: 503}, {Status: 503}, {Status: 503}}, 5, "Discord answered 503 Service Unavailable", 3 * time.Second},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			fake := discordtest.New(t)
			fake.REST.Break(discordtest.RouteCallback, tt.troubles...)
			rest := newREST(fake)
			began := time.Now()
			err := rest.Reply(t.Context(), issue(fake, "1"), saying("oui"))
			if took := time.Since(began); took > tt.within {
				t.Errorf("it took %v", took)
			}
			if (tt.want == "") != (err == nil) || (err != nil && !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("got %v, want …%s…", err, tt.want)
			}
			noSecret(t, err)
			if got := len(fake.REST.Requests(discordtest.RouteCallback)); got != tt.attempts {
				t.Errorf("it was sent %d times, want %d", got, tt.attempts)
			}
			if tt.want == "" {
				if got := string(fake.REST.Response("1")); !strings.Contains(got, `"oui"`) {
					t.Errorf("Discord has %s", got)
				}
			}
		})
	}
}

// noSecret wants err to hold no token, however it is printed.
func noSecret(t *testing.T, err error) {
	t.Helper()
	for _, verb := range []string{"%v", "%+v", "%#v"} {
		if s := fmt.Sprintf(verb, err); strings.Contains(s, secret) || strings.Contains(s, discordtest.Token) {
			t.Errorf("a token is in the error: %s", s)
		}
	}
}

func TestReplyEndsWithItsContext(t *testing.T) {
	fake := discordtest.New(t)
	fake.REST.Break(discordtest.RouteCallback, discordtest.Trouble{Delay: time.Minute})
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	began := time.Now()
	err := newREST(fake).Reply(ctx, issue(fake, "1"), saying("oui"))
	if took := time.Since(began); !errors.Is(err, context.DeadlineExceeded) || took > time.Second {
		t.Errorf("got %v after %v, want the deadline at 100 ms", err, took)
	}
	noSecret(t, err)
}

// roundTrip is a transport.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestReplyRequest(t *testing.T) {
	var sent *http.Request
	var left time.Duration
	rest := NewREST(RESTOptions{Token: discordtest.Token, Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		sent = r
		deadline, _ := r.Context().Deadline()
		left = time.Until(deadline)
		return nil, errors.New("no")
	})})
	ctx, cancel := context.WithCancel(t.Context())
	cancel() // one attempt is enough
	err := rest.Reply(ctx, &discordgo.Interaction{ID: "1/../2", Token: secret + "?%zz/"}, saying("x"))
	noSecret(t, err)
	if left <= 2*time.Second || left > 3*time.Second {
		t.Errorf("the request has %v, want the 3 s that Discord waits", left)
	}
	if got, want := sent.URL.EscapedPath(), "/api/v10/interactions/1%2F..%2F2/"+secret+"%3F%25zz%2F/callback"; got != want {
		t.Errorf("got path %s, want %s", got, want)
	}
	if got := sent.Header.Get("Authorization"); got != "" {
		t.Errorf("a reply carries the bot’s token: %s", got)
	}
}

func TestReplyThroughARefusedConnection(t *testing.T) {
	fake := discordtest.New(t)
	rest := newREST(fake)
	fake.Refuse(250 * time.Millisecond)
	if err := rest.Reply(t.Context(), issue(fake, "1"), saying("oui")); err != nil {
		t.Error(err)
	}
	fake.REST.Response("1")
}

func TestSlowReplyHoldsNobodyBack(t *testing.T) {
	fake := discordtest.New(t)
	rest := newREST(fake)
	fake.REST.Break(discordtest.RouteCallback, discordtest.Trouble{Delay: time.Second})
	slow := make(chan error, 1)
	i := issue(fake, "1")
	go func() { slow <- rest.Reply(t.Context(), i, saying("un")) }()
	fake.REST.AwaitTroubles(discordtest.RouteCallback) // the slow one is on its way
	began := time.Now()
	for n := range 20 {
		if err := rest.Reply(t.Context(), issue(fake, fmt.Sprint("quick", n)), saying("deux")); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(began); took > 500*time.Millisecond {
		t.Errorf("20 replies beside a slow one took %v", took)
	}
	if err := <-slow; err != nil {
		t.Error(err)
	}
}

// TestSpentBucketHoldsNobodyBack replies after an answer that says that no request is left, in this bucket
// or at all: Discord's limits do not count replies, and the next one has a token of its own.
func TestSpentBucketHoldsNobodyBack(t *testing.T) {
	rest := NewREST(RESTOptions{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		spent := http.Header{}
		spent.Set("X-RateLimit-Remaining", "0")
		spent.Set("X-RateLimit-Reset-After", "3")
		spent.Set("X-RateLimit-Global", "true")
		return &http.Response{StatusCode: http.StatusNoContent, Header: spent, Body: http.NoBody, Request: r}, nil
	})})
	began := time.Now()
	for _, token := range []string{"a", "a", "b"} {
		if err := rest.Reply(t.Context(), &discordgo.Interaction{ID: "1", Token: token}, saying("x")); err != nil {
			t.Error(err)
		}
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("three replies took %v", took)
	}
}

// TestBanIsNotProlonged meets the 429 of the proxy in front of Discord, which is a page.
func TestBanIsNotProlonged(t *testing.T) {
	n := 0
	rest := NewREST(RESTOptions{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		n++
		page := io.NopCloser(strings.NewReader("<html>error code: 1015</html>"))
		return &http.Response{StatusCode: http.StatusTooManyRequests, Body: page, Request: r}, nil
	})})
	err := rest.Reply(t.Context(), &discordgo.Interaction{ID: "1", Token: secret}, saying("x"))
	if err == nil || !strings.Contains(err.Error(), "429 Too Many Requests") || n != 1 {
		t.Errorf("got %v after %d requests, want a 429 after one", err, n)
	}
	noSecret(t, err)
}

func TestRedirectionIsNotFollowed(t *testing.T) {
	n := 0
	rest := NewREST(RESTOptions{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		n++
		return &http.Response{StatusCode: http.StatusFound, Header: http.Header{"Location": {"https://exemple.fr/"}}, Body: http.NoBody, Request: r}, nil
	})})
	err := rest.Reply(t.Context(), &discordgo.Interaction{ID: "1", Token: secret}, saying("x"))
	if err == nil || n != 1 {
		t.Errorf("got %v after %d requests, want an error after one", err, n)
	}
	noSecret(t, err)
}

func TestApplication(t *testing.T) {
	fake := discordtest.New(t)
	app, err := newREST(fake).Application(t.Context())
	if err != nil || app != discordtest.ApplicationID {
		t.Errorf("got %q, %v", app, err)
	}
	stranger := NewREST(RESTOptions{Token: secret, Transport: fake.Transport()})
	_, err = stranger.Application(t.Context())
	if !errors.Is(err, ErrToken) || !strings.Contains(err.Error(), "Bot page") {
		t.Errorf("got %v, want ErrToken, with what to do", err)
	}
	noSecret(t, err)
	if got := len(fake.REST.Requests(discordtest.RouteApplication)); got != 2 {
		t.Errorf("%d requests, want 2: a refused token is final", got)
	}
}
