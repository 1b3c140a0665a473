package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/bot/discordtest"
)

// A roll is a Roll in memory.
type roll struct {
	known        []string
	joined, left []string
	err          error
}

func (r *roll) Guilds(context.Context) ([]string, error) { return r.known, r.err }

func (r *roll) Joined(_ context.Context, guild string) error {
	r.joined = append(r.joined, guild)
	return nil
}

func (r *roll) Left(_ context.Context, guild string) error {
	r.left = append(r.left, guild)
	return nil
}

// many returns n server IDs from the given number on.
func many(from, n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = fmt.Sprint(300000000000000000 + from + i)
	}
	return ids
}

var quickly = CensusOptions{Pause: time.Millisecond}

// More servers than fit a page are compared, and those that removed the bot are told.
func TestCensus(t *testing.T) {
	for _, n := range []int{0, 1, 199, 200, 201, 400, 450} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			fake := discordtest.New(t)
			in, gone := many(0, n), many(5000, 3)
			fake.REST.SetGuilds(in...)
			rest := newREST(fake)
			defer rest.Close()
			r := &roll{known: slices.Concat(gone, in)}
			count, err := rest.Census(t.Context(), r, quickly)
			if err != nil || count != (Count{Known: n + 3, Left: 3}) {
				t.Errorf("got %+v and %v", count, err)
			}
			if !slices.Equal(r.left, gone) || !slices.Equal(r.joined, in) {
				t.Errorf("%d are left and %d joined, want %d and %d", len(r.left), len(r.joined), 3, n)
			}
		})
	}
}

// A list that comes in part, or not at all, or that cannot be believed, marks nobody as left.
func TestCensusOfAPartMarksNobody(t *testing.T) {
	in := many(0, 450)
	tests := []struct {
		name     string
		troubles []discordtest.Trouble // of the list
		asking   []discordtest.Trouble // of the questions about one server
		known    []string
		want     string // of the error, "" for none
	}{
		{"refused", []discordtest.Trouble{{Status: 403, Code: 50001, Message: "Missing Access"}}, nil, in, "403"},
		{"the third page is refused", []discordtest.Trouble{{Delay: 1}, {Delay: 1}, {Status: 403, Code: 50001, Message: "Missing Access"}}, nil, in, "403"},
		{"a proxy's page", []discordtest.Trouble{{Delay: 1}, {Status: 400}}, nil, in, "400"},
		{"a pause that is too long", []discordtest.Trouble{discordtest.RateLimited(time.Hour, true)}, nil, in, "429"},
		{"a list that is short, of servers that have the bot", nil, nil, in, ""},
		{"no word on a server", nil, []discordtest.Trouble{{Status: 400, Code: 50035, Message: "Invalid Form Body"}}, many(5000, 1), "50035"},
		{"a proxy's word on a server", nil, []discordtest.Trouble{{Status: 404}}, many(5000, 1), "404"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fake := discordtest.New(t)
			fake.REST.SetGuilds(in...)
			fake.REST.Break(discordtest.RouteGuilds, tt.troubles...)
			fake.REST.Break(discordtest.RouteCommands, tt.asking...)
			o := RESTOptions{Token: discordtest.Token, Transport: fake.Transport()}
			if tt.want == "" {
				o.Transport = shortened{o.Transport}
			}
			rest := NewREST(o)
			defer rest.Close()
			r := &roll{known: tt.known}
			_, err := rest.Census(t.Context(), r, quickly)
			if len(r.left) != 0 {
				t.Errorf("%d servers are taken for left", len(r.left))
			}
			if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("got %v, want an error that says %q", err, tt.want)
			}
		})
	}
}

// shortened asks for shorter lists than its client: Discord seems to have fewer servers than it has.
type shortened struct{ next http.RoundTripper }

func (s shortened) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.RawQuery = strings.Replace(r.URL.RawQuery, "limit=200", "limit=150", 1)
	return s.next.RoundTrip(r)
}

// When most servers are missing, Discord is not asked about all of them at once.
func TestCensusIsBounded(t *testing.T) {
	fake := discordtest.New(t)
	fake.REST.SetGuilds()
	rest := newREST(fake)
	defer rest.Close()
	r := &roll{known: many(0, 30)}
	count, err := rest.Census(t.Context(), r, CensusOptions{MaxAsked: 10, Pause: time.Millisecond})
	if err != nil || count != (Count{Known: 30, Left: 10, Unasked: 20}) || len(r.left) != 10 {
		t.Errorf("got %+v and %v, with %d left", count, err, len(r.left))
	}
	r = &roll{err: errors.New("of the test")}
	if _, err := rest.Census(t.Context(), r, quickly); !errors.Is(err, r.err) {
		t.Errorf("got %v, want the roll's error", err)
	}
}

type lostRoll struct {
	roll
	asked int
}

func (r *lostRoll) Joined(context.Context, string) error {
	r.asked++
	return errors.New("the library's database cannot be reached")
}

// A database that goes away during a census of many servers is told at once, and not a server at a time.
func TestCensusWithoutDatabase(t *testing.T) {
	fake := discordtest.New(t)
	in := many(0, 1000)
	fake.REST.SetGuilds(in...)
	rest := newREST(fake)
	defer rest.Close()
	r := &lostRoll{roll: roll{known: in}}
	if _, err := rest.Census(t.Context(), r, quickly); err == nil || r.asked != maxFailed {
		t.Errorf("asked %d times, got %.80v", r.asked, err)
	}
}
