package discord

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/bot/discordtest"
)

// What is observed of the calls to Discord has no ID and no token in it, whatever their addresses hold.
func TestObserverIsToldRoutesWithoutSecrets(t *testing.T) {
	fake := discordtest.New(t)
	var mu sync.Mutex
	var calls []string
	rest := NewREST(RESTOptions{
		Token: discordtest.Token, Transport: fake.Transport(),
		Observe: Observer{Called: func(route string, status int, took time.Duration) {
			mu.Lock()
			defer mu.Unlock()
			if took <= 0 {
				t.Errorf("%s took %v", route, took)
			}
			calls = append(calls, fmt.Sprint(route, " ", status))
		}},
	})
	defer rest.Close()
	fake.REST.Break(discordtest.RouteApplication, discordtest.Trouble{Status: http.StatusBadGateway})
	if _, err := rest.Application(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := rest.Sync(t.Context(), discordtest.ApplicationID, "300000000000000001", nil, true); err != nil {
		t.Fatal(err)
	}
	i := issue(fake, "1")
	fake.REST.Break(discordtest.RouteCallback, discordtest.Trouble{Drop: true}, discordtest.Unknown())
	_ = rest.Reply(t.Context(), i, saying("oui"))
	want := []string{
		"GET applications/@me 502", "GET applications/@me 200",
		"GET applications/{}/guilds/{}/commands 200",
		"POST interactions/{}/{}/callback 0", "POST interactions/{}/{}/callback 404",
	}
	if !slices.Equal(calls, want) {
		t.Errorf("observed\n%s\nwant\n%s", strings.Join(calls, "\n"), strings.Join(want, "\n"))
	}
}
