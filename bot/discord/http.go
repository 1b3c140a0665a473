package discord

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"golang.org/x/time/rate"

	"verbatim/bot"
)

// maxBody is the longest body that the endpoint reads, in bytes. Discord states no limit; the longest
// interactions, a command on messages with their embeds, stay far below it.
const maxBody = 1 << 20

// EndpointOptions tunes [NewEndpoint].
type EndpointOptions struct {
	// PublicKey is the application's, 64 hexadecimal digits as the Developer Portal shows them. Required.
	PublicKey string
	// Delay is how long [Endpoint.Serve] goes on once told to stop, while GET /healthz answers 503, for a
	// load balancer to see it. 0 means not at all.
	Delay time.Duration
	// Drain is how long [Endpoint.Serve] then waits for replies in flight. 0 means 10 s.
	Drain time.Duration
	// MaxInFlight bounds the interactions that are answered at once; what comes above gets 503. 0 means 128.
	MaxInFlight int
	// MaxConns bounds the connections that are open at once; others wait to be accepted. 0 means 1024.
	MaxConns int
	// REST edits what a response promised. It needs no token. nil means one of the endpoint's own.
	REST Replier
	// Log tells what went wrong: requests refused at debug level, our own faults as errors. nil means none.
	Log *slog.Logger
	// Observe is told of interactions.
	Observe Observer
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
	opts      EndpointOptions
	log       *slog.Logger
	mux       *http.ServeMux

	bodies   *budget
	slots    slots
	crowded  func() bool // whether requests wait for long before they come here
	shedding rate.Sometimes
	draining atomic.Bool // the end is near: connections are not kept
}

// NewEndpoint returns an endpoint whose interactions r answers. The error says what a public key
// looks like when o's is not one.
func NewEndpoint(r Responder, o EndpointOptions) (*Endpoint, error) {
	key, err := parseKey(o.PublicKey)
	if err != nil {
		return nil, err
	}
	o.Drain = cmp.Or(o.Drain, 10*time.Second)
	o.MaxConns = cmp.Or(o.MaxConns, maxConns)
	o.Log = cmp.Or(o.Log, slog.New(slog.DiscardHandler))
	if o.REST == nil {
		o.REST = NewREST(RESTOptions{})
	}
	e := &Endpoint{
		key: key, responder: r, later: newLater(o.REST, o.Log), opts: o, log: o.Log, mux: http.NewServeMux(),
		bodies: newBudget(maxHeld), slots: newSlots(o.MaxInFlight), crowded: crowded, shedding: rate.Sometimes{Interval: sheddingLogged},
	}
	e.mux.HandleFunc("POST /interactions", e.interactions)
	e.mux.HandleFunc("GET /healthz", e.health)
	return e, nil
}

// health tells a load balancer whether to send requests here.
func (e *Endpoint) health(w http.ResponseWriter, _ *http.Request) {
	if e.draining.Load() {
		reply(w, http.StatusServiceUnavailable, "draining")
		return
	}
	reply(w, http.StatusOK, "ok")
}

// ServeHTTP answers one request. It never panics.
//
// Of the connections of HTTP/1.1 only those are kept that have carried something signed, so that strangers
// cannot hold what [EndpointOptions.MaxConns] allows by doing nothing.
func (e *Endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if p := recover(); p != nil {
			e.log.Error("panic while answering a request", "panic", p, "stack", string(debug.Stack()))
			reply(w, http.StatusInternalServerError, "internal error: it has been noted")
		}
	}()
	if r.ProtoMajor == 1 || e.draining.Load() {
		w.Header().Set("Connection", "close")
	}
	e.mux.ServeHTTP(w, r)
}

// keep leaves the connection open for the next request.
func (e *Endpoint) keep(w http.ResponseWriter) {
	if !e.draining.Load() {
		w.Header().Del("Connection")
	}
}

// interactions answers a signed interaction and refuses everything else.
func (e *Endpoint) interactions(w http.ResponseWriter, r *http.Request) {
	arrived := time.Now()
	h := Handled{Kind: kindOf(0), Fate: Refused}
	defer func() {
		h.Total = time.Since(arrived)
		e.opts.Observe.handled(h)
	}()
	if e.crowded() {
		e.shed(w, &h)
		return
	}
	sig, err := readSignature(r.Header, arrived)
	if err != nil {
		e.refuse(w, http.StatusUnauthorized, err.Error())
		return
	}
	raw, release, err := e.bodies.readBody(r)
	defer release()
	switch {
	case errors.Is(err, errBusy):
		e.shed(w, &h)
		return
	case errors.Is(err, errLarge):
		e.refuse(w, http.StatusRequestEntityTooLarge, err.Error())
		return
	case err != nil:
		e.refuse(w, http.StatusBadRequest, err.Error())
		return
	case !e.slots.take(): // before the signature, whose check costs a fifth of an answer
		e.shed(w, &h)
		return
	}
	defer e.slots.give()
	if !sig.signs(e.key, raw) {
		e.refuse(w, http.StatusUnauthorized, "the signature is not this application’s, or not over this body")
		return
	}
	e.keep(w)
	h.Fate = Panicked // unless it ends otherwise
	h.Fate = e.answer(r.Context(), w, raw, &h)
}

// shed tells at once that there is no room for one more.
func (e *Endpoint) shed(w http.ResponseWriter, h *Handled) {
	h.Fate = Shed
	e.shedding.Do(func() {
		e.log.Warn("interactions are refused with 503: more come than can be answered", "in_flight", len(e.slots), "of", cap(e.slots))
	})
	e.keep(w) // a proxy's, most likely: to open it again would cost more than the answer
	w.Header().Set("Retry-After", "1")
	reply(w, http.StatusServiceUnavailable, errBusy.Error())
}

// answer replies to an interaction that Discord did send. It returns what became of it, and notes in h what
// it was and how long it took.
func (e *Endpoint) answer(ctx context.Context, w http.ResponseWriter, raw []byte, h *Handled) Fate {
	var head struct {
		Type *int `json:"type"` // wider than discordgo's own, in which 257 would be a ping
	}
	if err := json.Unmarshal(raw, &head); err != nil || head.Type == nil {
		e.refuse(w, http.StatusBadRequest, "the body is not an interaction: expected a JSON object with a numeric type")
		return Unreadable
	}
	switch *head.Type {
	case int(discordgo.InteractionPing):
		h.Kind = kindOf(discordgo.InteractionPing)
		return e.send(w, &discordgo.InteractionResponse{Type: discordgo.InteractionResponsePong}, h)
	case int(discordgo.InteractionApplicationCommand), int(discordgo.InteractionMessageComponent),
		int(discordgo.InteractionApplicationCommandAutocomplete), int(discordgo.InteractionModalSubmit):
		h.Kind = kindOf(discordgo.InteractionType(*head.Type)) // #nosec G115 -- one of those
	default:
		e.refuse(w, http.StatusBadRequest, "unknown interaction type "+strconv.Itoa(*head.Type))
		return Unreadable
	}
	i, err := bot.Decode(raw)
	if err != nil {
		e.malformed(w, *head.Type, err, h)
		return Unreadable
	}
	ctx, cancel := context.WithTimeout(ctx, discordgo.InteractionDeadline)
	defer cancel()
	began := time.Now()
	r := e.responder.Respond(ctx, i)
	h.Respond = time.Since(began)
	if r.Response == nil {
		e.refuse(w, http.StatusBadRequest, "this interaction has no reply")
		return Unreadable
	}
	fate := e.send(w, r.Response, h)
	if fate == Replied && http.NewResponseController(w).Flush() == nil {
		e.later.start(i, r)
	}
	return fate
}

// malformed answers an interaction of a known type that cannot be read: a member is waiting, and is told so.
// A suggestion has no room for words.
func (e *Endpoint) malformed(w http.ResponseWriter, kind int, err error, h *Handled) {
	e.log.Warn("interaction not understood", "type", kind, "error", err)
	if kind == int(discordgo.InteractionApplicationCommandAutocomplete) {
		reply(w, http.StatusBadRequest, "the interaction cannot be read")
		return
	}
	e.send(w, bot.Malformed(), h)
}

// send writes a response inline, as the body that the gateway would post to the callback. It returns what
// became of it.
func (e *Endpoint) send(w http.ResponseWriter, r *discordgo.InteractionResponse, h *Handled) Fate {
	began := time.Now()
	defer func() { h.Send = time.Since(began) }()
	body, err := bot.Encode(r)
	if err != nil {
		e.log.Error("reply to an interaction", "error", err)
		reply(w, http.StatusInternalServerError, "internal error: it has been noted")
		return Unsent
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	if _, err := w.Write(body); err != nil {
		e.log.Warn("reply to an interaction", "error", err)
		return Unsent
	}
	return Replied
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
