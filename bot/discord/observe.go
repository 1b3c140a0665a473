package discord

import (
	"net/http"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// An Observer is told what happens on the wire, to count it and to time it. Any of its functions may be
// nil. They are called by many goroutines at once, and must return at once. None is told who asked, where
// or what.
type Observer struct {
	// Called is told of each request to Discord's API that has ended: its method and path as a template,
	// such as "POST interactions/{}/{}/callback", and the status, 0 when no answer came.
	Called func(route string, status int, took time.Duration)
	// Handled is told of each interaction, and of each request that should have been one.
	Handled func(Handled)
	// Identified is told of each IDENTIFY, with how many more Discord allowed today just before it.
	Identified func(remaining int)
	// Disconnected is told of each gateway connection that ended or did not open.
	Disconnected func()
}

// A Fate is what became of an interaction.
type Fate string

// The fates of an interaction.
const (
	Replied    Fate = "replied"
	Unsent     Fate = "unsent"     // there was a reply, and Discord did not take it
	Shed       Fate = "shed"       // too many were being answered
	Unreadable Fate = "unreadable" // signed, and no interaction that this program knows
	Refused    Fate = "refused"    // over HTTP: not signed by Discord, or too long
	Panicked   Fate = "panicked"   // a bug of ours
)

// Fates are all of them.
var Fates = []Fate{Replied, Unsent, Shed, Unreadable, Refused, Panicked}

// Handled is the end of an interaction. Durations are 0 for what did not happen.
type Handled struct {
	Kind string // "command", "component", "autocomplete", "modal", "ping"; "unknown" where it was not read
	Fate Fate

	Respond time.Duration // making the reply
	Send    time.Duration // handing it to Discord; over HTTP, to the connection
	Total   time.Duration // from the arrival to the end
}

// Kinds are what [Handled.Kind] may be.
var Kinds = []string{"command", "component", "autocomplete", "modal", "ping", "unknown"}

func kindOf(t discordgo.InteractionType) string {
	switch t {
	case discordgo.InteractionPing:
		return "ping"
	case discordgo.InteractionApplicationCommand:
		return "command"
	case discordgo.InteractionMessageComponent:
		return "component"
	case discordgo.InteractionApplicationCommandAutocomplete:
		return "autocomplete"
	case discordgo.InteractionModalSubmit:
		return "modal"
	}
	return "unknown"
}

func (o *Observer) called(route string, status int, took time.Duration) {
	if o.Called != nil {
		o.Called(route, status, took)
	}
}

func (o *Observer) handled(h Handled) {
	if o.Handled != nil {
		o.Handled(h)
	}
}

func (o *Observer) identified(remaining int) {
	if o.Identified != nil {
		o.Identified(remaining)
	}
}

func (o *Observer) disconnected() {
	if o.Disconnected != nil {
		o.Disconnected()
	}
}

// literal are the parts of the API's paths that are the same for everybody.
var literal = map[string]bool{
	"@me": true, "@original": true, "applications": true, "bot": true, "callback": true, "commands": true, "gateway": true,
	"guilds": true, "interactions": true, "messages": true, "oauth2": true, "users": true, "webhooks": true,
}

// route is a request's method and path with a placeholder for each part that is an ID, a token, or not
// known to be neither. So there are few of them, and no secret is in any.
func route(r *http.Request) string {
	parts := strings.Split(strings.TrimPrefix(r.URL.Path, apiPath), "/")
	for i, part := range parts {
		if !literal[part] {
			parts[i] = "{}"
		}
	}
	return r.Method + " " + strings.Join(parts, "/")
}

// observed is a transport whose requests are observed.
type observed struct {
	next http.RoundTripper
	by   *Observer
}

func (o observed) RoundTrip(r *http.Request) (*http.Response, error) {
	began := time.Now()
	resp, err := o.next.RoundTrip(r)
	status := 0
	if err == nil {
		status = resp.StatusCode
	}
	o.by.called(route(r), status, time.Since(began))
	return resp, err
}

// CloseIdleConnections closes those of the transport below, where it has any.
func (o observed) CloseIdleConnections() {
	if c, ok := o.next.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}
