package discord

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot"
)

// maxBody is the longest body that the endpoint reads, in bytes. Discord states no limit; the longest
// interactions, a command on messages with their embeds, stay far below it.
const maxBody = 1 << 20

// EndpointOptions tunes [NewEndpoint].
type EndpointOptions struct {
	// PublicKey is the application's, 64 hexadecimal digits as the Developer Portal shows them. Required.
	PublicKey string
	// Drain is how long [Endpoint.Serve] waits for replies in flight at its end. 0 means 10 s.
	Drain time.Duration
	// REST edits what a response promised. It needs no token. nil means one of the endpoint's own.
	REST Replier
	// Log tells what went wrong: requests refused at debug level, our own faults as errors. nil means none.
	Log *slog.Logger
}

// An Endpoint answers the interactions that Discord posts to /interactions, and GET /healthz for
// load balancers. It may be used by many goroutines.
//
// A request that Discord did not sign, or signed too long ago, gets 401 before anything else is done
// for it: Discord sends such requests on purpose and drops an endpoint that accepts one. See
// [maxSkew] for what too long is.
type Endpoint struct {
	key       ed25519.PublicKey
	responder Responder
	later     *later
	drain     time.Duration
	log       *slog.Logger
	mux       *http.ServeMux
}

// NewEndpoint returns an endpoint whose interactions r answers. The error says what a public key
// looks like when o's is not one.
func NewEndpoint(r Responder, o EndpointOptions) (*Endpoint, error) {
	key, err := parseKey(o.PublicKey)
	if err != nil {
		return nil, err
	}
	e := &Endpoint{key: key, responder: r, drain: o.Drain, log: o.Log, mux: http.NewServeMux()}
	if e.drain == 0 {
		e.drain = 10 * time.Second
	}
	if e.log == nil {
		e.log = slog.New(slog.DiscardHandler)
	}
	if o.REST == nil {
		o.REST = NewREST(RESTOptions{})
	}
	e.later = newLater(o.REST, e.log)
	e.mux.HandleFunc("POST /interactions", e.interactions)
	e.mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { reply(w, http.StatusOK, "ok") })
	return e, nil
}

// ServeHTTP answers one request. It never panics.
func (e *Endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if p := recover(); p != nil {
			e.log.Error("panic while answering a request", "panic", p, "stack", string(debug.Stack()))
			reply(w, http.StatusInternalServerError, "internal error: it has been noted")
		}
	}()
	e.mux.ServeHTTP(w, r)
}

// interactions answers a signed interaction and refuses everything else.
func (e *Endpoint) interactions(w http.ResponseWriter, r *http.Request) {
	sig, err := readSignature(r.Header, time.Now())
	if err != nil {
		e.refuse(w, http.StatusUnauthorized, err.Error())
		return
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	switch {
	case errors.As(err, new(*http.MaxBytesError)):
		e.refuse(w, http.StatusRequestEntityTooLarge, "the body is over 1 MiB")
		return
	case err != nil:
		e.refuse(w, http.StatusBadRequest, "the body ends too early")
		return
	case !sig.signs(e.key, raw):
		e.refuse(w, http.StatusUnauthorized, "the signature is not this application’s, or not over this body")
		return
	}
	e.answer(r.Context(), w, raw)
}

// answer replies to an interaction that Discord did send.
func (e *Endpoint) answer(ctx context.Context, w http.ResponseWriter, raw []byte) {
	var head struct {
		Type *int `json:"type"` // wider than discordgo's own, in which 257 would be a ping
	}
	if err := json.Unmarshal(raw, &head); err != nil || head.Type == nil {
		e.refuse(w, http.StatusBadRequest, "the body is not an interaction: expected a JSON object with a numeric type")
		return
	}
	switch *head.Type {
	case int(discordgo.InteractionPing):
		e.send(w, &discordgo.InteractionResponse{Type: discordgo.InteractionResponsePong})
		return
	case int(discordgo.InteractionApplicationCommand), int(discordgo.InteractionMessageComponent),
		int(discordgo.InteractionApplicationCommandAutocomplete), int(discordgo.InteractionModalSubmit):
	default:
		e.refuse(w, http.StatusBadRequest, "unknown interaction type "+strconv.Itoa(*head.Type))
		return
	}
	i, err := bot.Decode(raw)
	if err != nil {
		e.malformed(w, *head.Type, err)
		return
	}
	ctx, cancel := context.WithTimeout(ctx, discordgo.InteractionDeadline)
	defer cancel()
	r := e.responder.Respond(ctx, i)
	if r.Response == nil {
		e.refuse(w, http.StatusBadRequest, "this interaction has no reply")
		return
	}
	if e.send(w, r.Response) && http.NewResponseController(w).Flush() == nil {
		e.later.start(i, r)
	}
}

// malformed answers an interaction of a known type that cannot be read: a member is waiting, and is told so.
// A suggestion has no room for words.
func (e *Endpoint) malformed(w http.ResponseWriter, kind int, err error) {
	e.log.Warn("interaction not understood", "type", kind, "error", err)
	if kind == int(discordgo.InteractionApplicationCommandAutocomplete) {
		reply(w, http.StatusBadRequest, "the interaction cannot be read")
		return
	}
	e.send(w, bot.Malformed())
}

// send writes a response inline, as the body that the gateway would post to the callback, and reports whether
// it could.
func (e *Endpoint) send(w http.ResponseWriter, r *discordgo.InteractionResponse) bool {
	body, err := bot.Encode(r)
	if err != nil {
		e.log.Error("reply to an interaction", "error", err)
		reply(w, http.StatusInternalServerError, "internal error: it has been noted")
		return false
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	if _, err := w.Write(body); err != nil {
		e.log.Warn("reply to an interaction", "error", err)
		return false
	}
	return true
}

// refuse tells the sender in plain words why it gets no reply. It logs at debug level: what strangers
// send must not fill a log.
func (e *Endpoint) refuse(w http.ResponseWriter, status int, why string) {
	e.log.Debug("request refused", "status", status, "why", why)
	reply(w, status, why)
}

// reply writes text as the whole answer.
func reply(w http.ResponseWriter, status int, text string) {
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text+"\n") // a sender that has gone needs no answer
}
