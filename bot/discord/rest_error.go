package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Errors of Discord's: a second response to one interaction, and a token of no interaction that was answered.
//
// Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
const (
	codeAcknowledged   = 40060
	codeUnknownWebhook = 10015
)

// ErrToken means that Discord does not accept the bot's token.
var ErrToken = errors.New("Discord refused the bot token (401): copy the current one from the application’s Bot page")

// An APIError is Discord's refusal of a request.
type APIError struct {
	Status     int           // of HTTP
	Code       int           // Discord's own, 0 when it gave none
	Message    string        // Discord's own, empty when it gave none
	Details    string        // the fields at fault, as Discord's JSON; empty for most errors
	RetryAfter time.Duration // 0 unless Discord asked for a pause
}

func (e *APIError) Error() string {
	s := fmt.Sprintf("Discord answered %d %s", e.Status, http.StatusText(e.Status))
	if e.Code != 0 {
		s += fmt.Sprintf(" (code %d)", e.Code)
	}
	if e.Message != "" {
		s += ": " + e.Message
	}
	if e.Details != "" {
		s += " " + e.Details
	}
	if e.RetryAfter > 0 {
		s += fmt.Sprintf(", try again in %v", e.RetryAfter)
	}
	return s
}

// failure is an error of discordgo's requests as ours: without the request, whose URL may hold an
// interaction's token and whose header the bot's.
func failure(err error, bot bool) error {
	if e, ok := errors.AsType[*discordgo.RESTError](err); ok {
		if bot && e.Response.StatusCode == http.StatusUnauthorized {
			return ErrToken
		}
		return newAPIError(e.Response.StatusCode, e.ResponseBody)
	}
	if e, ok := errors.AsType[*discordgo.RateLimitError](err); ok {
		// It is cut to whole milliseconds, and a pause of 0 would be none.
		return &APIError{Status: http.StatusTooManyRequests, Message: e.Message, RetryAfter: max(e.RetryAfter, time.Millisecond)}
	}
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err
	}
	if _, ok := errors.AsType[*json.SyntaxError](err); ok {
		return &APIError{Status: http.StatusTooManyRequests} // whose body it fails to decode; other bodies it may
	}
	// A 500, 502, 503 or 504 is told in words alone. Source: RequestWithLockedBucket in discordgo's restapi.go.
	e := &APIError{}
	if n, _ := fmt.Sscanf(err.Error(), "Exceeded Max retries HTTP %d", &e.Status); n == 1 {
		return e
	}
	return fmt.Errorf("read the answer: %w", err)
}

// newAPIError reads a refusal. A proxy in front of Discord answers in HTML, which is not repeated.
func newAPIError(status int, body []byte) *APIError {
	var told struct {
		Code    int             `json:"code"`
		Message string          `json:"message"`
		Errors  json.RawMessage `json:"errors"` // which discordgo's own type leaves out
	}
	_ = json.Unmarshal(body, &told) // what cannot be read was not told
	return &APIError{Status: status, Code: told.Code, Message: told.Message, Details: string(told.Errors)}
}

// hasCode reports whether err is a refusal with Discord's code.
func hasCode(err error, code int) bool {
	e, ok := errors.AsType[*APIError](err)
	return ok && e.Code == code
}

// mayHaveArrived reports whether Discord may have acted on a request that ended in err.
func mayHaveArrived(err error) bool {
	if err == nil {
		return false
	}
	if e, ok := errors.AsType[*APIError](err); ok {
		return e.Status >= 500
	}
	op, ok := errors.AsType[*net.OpError](err)
	return !ok || op.Op != "dial"
}

const (
	maxAttempts = 5
	maxPause    = 30 * time.Second // a longer one, as for the day's last command, is for people to wait out
)

// retry calls f until it succeeds, its error is final, or the next attempt would come after ctx's
// end. The pause is first, then twice as long each time, or what Discord asked for where that is longer.
func retry(ctx context.Context, first time.Duration, f func() error) error {
	pause := first
	for attempt := 1; ; attempt++ {
		err := f()
		asked, transient := passing(err)
		wait := max(pause, asked)
		if !transient || attempt == maxAttempts || wait > maxPause || !sleep(ctx, wait) {
			return err
		}
		pause *= 2
	}
}

// passing reports whether the same request may succeed later, and how long Discord asked to wait.
func passing(err error) (time.Duration, bool) {
	if err == nil || errors.Is(err, ErrToken) {
		return 0, false
	}
	if e, ok := errors.AsType[*APIError](err); ok {
		// A 429 that asks for no pause is the ban of a proxy's, which every further request prolongs.
		return e.RetryAfter, e.RetryAfter > 0 || e.Status >= 500
	}
	if _, ok := errors.AsType[*json.SyntaxError](err); ok {
		return 0, false
	}
	return 0, true
}

// sleep waits for d, and reports whether ctx outlived it. It does not begin when ctx would not.
func sleep(ctx context.Context, d time.Duration) bool {
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < d {
		return false
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// persist makes a call that may be repeated without harm, again while its error is passing.
func (c *REST) persist(ctx context.Context, r request, out any) error {
	return retry(ctx, 500*time.Millisecond, func() error { return c.call(ctx, r, out) })
}
