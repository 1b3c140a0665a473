package discordtest

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// A Trouble is what befalls one request over HTTP. The zero value is none.
type Trouble struct {
	// Delay passes before the answer.
	Delay time.Duration
	// Status answers in place of the endpoint. 0 lets the endpoint answer.
	Status int
	// Code and Message are Discord's error beside Status. 0 makes a body that is not JSON, as proxies send.
	Code    int
	Message string
	// RetryAfter and Global describe a 429.
	RetryAfter time.Duration
	Global     bool
	// Drop closes the connection in place of an answer.
	Drop bool
	// After lets the request take effect before Status or Drop keep the client from knowing.
	After bool
}

// RateLimited is a 429 that asks for a pause.
func RateLimited(pause time.Duration, global bool) Trouble {
	return Trouble{Status: http.StatusTooManyRequests, Message: "You are being rate limited.", RetryAfter: pause, Global: global}
}

// Unknown is error 10062, the interaction is unknown: its token died or never was.
func Unknown() Trouble {
	return Trouble{Status: http.StatusNotFound, Code: codeUnknownInteraction, Message: "Unknown interaction"}
}

// Acknowledged is error 40060, the interaction has been answered.
func Acknowledged() Trouble {
	return Trouble{Status: http.StatusBadRequest, Code: codeAcknowledged, Message: "Interaction has already been acknowledged."}
}

// Break makes the next requests of a route suffer the troubles, one each, after those that wait already.
func (r *REST) Break(route Route, troubles ...Trouble) {
	r.set(func() { r.troubles[route] = append(r.troubles[route], troubles...) })
}

// ClearTroubles forgets the troubles that no request has suffered yet.
func (r *REST) ClearTroubles() { r.set(func() { clear(r.troubles) }) }

// trouble takes what befalls the next request of a route.
func (r *REST) trouble(route Route) Trouble {
	var t Trouble
	r.set(func() {
		if waiting := r.troubles[route]; len(waiting) > 0 {
			t, r.troubles[route] = waiting[0], waiting[1:]
		}
	})
	return t
}

// AwaitTroubles waits until every trouble of a route has befallen a request. It fails the test when one
// still waits after 10 s.
func (r *REST) AwaitTroubles(route Route) {
	r.s.t.Helper()
	r.await("a request for every trouble", func() bool { return len(r.troubles[route]) == 0 })
}

func (t Trouble) strikes() bool { return t.Status != 0 || t.Drop }

// wait passes the delay, and reports whether the client is still there.
func (t Trouble) wait(ctx context.Context) bool {
	if t.Delay == 0 {
		return true
	}
	timer := time.NewTimer(t.Delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// answer is the answer in place of the endpoint's. It sets the headers that Discord sends with a 429.
func (t Trouble) answer(h http.Header) answer {
	switch {
	case t.Status == http.StatusTooManyRequests:
		seconds := t.RetryAfter.Seconds()
		h.Set("Retry-After", strconv.Itoa(int(seconds)+1))
		h.Set("X-RateLimit-Reset-After", strconv.FormatFloat(seconds, 'f', 3, 64))
		h.Set("X-RateLimit-Scope", map[bool]string{true: "global", false: "user"}[t.Global])
		if t.Global {
			h.Set("X-RateLimit-Global", "true")
		}
		return answer{t.Status, map[string]any{"message": t.Message, "retry_after": seconds, "global": t.Global}}
	case t.Code == 0:
		return answer{t.Status, html(fmt.Sprintf("<html><h1>%d %s</h1></html>", t.Status, http.StatusText(t.Status)))}
	}
	return refusal(t.Status, t.Code, t.Message)
}

// html is a body that is not JSON.
type html string
