package discordtest

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// A Route is a group of endpoints that fail together.
type Route string

// The routes of the fake's HTTP API.
const (
	RouteCallback    Route = "callback"    // the first response to an interaction
	RouteMessages    Route = "messages"    // what follows it: the original message, follow-ups
	RouteCommands    Route = "commands"    // the application's commands, global or of a server
	RouteApplication Route = "application" // the application that a token belongs to
)

// REST is what the fake received over HTTP and what it breaks there. It may be used by many goroutines.
//
// A body that Discord would refuse is answered as Discord does, and fails the test besides.
type REST struct {
	s *Server

	mu           sync.Mutex
	changed      chan struct{} // closed, and replaced, whenever something below changes
	troubles     map[Route][]Trouble
	requests     []Request
	interactions map[string]*interaction // by ID
	commands     map[string][]any        // by server, "" for global
	guilds       []string                // that the bot is in, in order; nil for any
	lastID       int                     // of what the fake gives an ID
}

// A Request is a request that the fake has answered, or dropped.
type Request struct {
	Route  Route
	Method string
	Path   string // with the query
	Body   []byte
	Status int // of the answer, 0 when the connection was dropped
	At     time.Time
}

func newREST(s *Server) *REST {
	return &REST{
		s:            s,
		changed:      make(chan struct{}),
		troubles:     map[Route][]Trouble{},
		interactions: map[string]*interaction{},
		commands:     map[string][]any{},
		lastID:       100,
	}
}

func (s *Server) routesREST(mux *http.ServeMux) {
	r := s.REST
	const (
		api      = " /api/{version}/"
		original = "webhooks/{app}/{token}/messages/@original"
		followup = "webhooks/{app}/{token}/messages/{message}"
	)
	handle := func(route Route, pattern string, h handler) { mux.Handle(pattern, r.serve(route, h)) }
	handle(RouteCallback, "POST"+api+"interactions/{interaction}/{token}/callback", r.callback)
	handle(RouteMessages, "GET"+api+original, r.readOriginal)
	handle(RouteMessages, "PATCH"+api+original, r.editOriginal)
	handle(RouteMessages, "DELETE"+api+original, r.deleteOriginal)
	handle(RouteMessages, "POST"+api+"webhooks/{app}/{token}", r.followUp)
	handle(RouteMessages, "PATCH"+api+followup, r.editFollowup)
	handle(RouteMessages, "DELETE"+api+followup, r.deleteFollowup)
	for _, scope := range []string{"applications/{app}/", "applications/{app}/guilds/{guild}/"} {
		handle(RouteCommands, "GET"+api+scope+"commands", r.bot(r.member(r.readCommands)))
		handle(RouteCommands, "PUT"+api+scope+"commands", r.bot(r.member(r.writeCommands)))
	}
	handle(RouteGuilds, "GET"+api+"users/@me/guilds", r.bot(r.listGuilds))
	handle(RouteApplication, "GET"+api+"applications/@me", r.bot(r.application))
	handle(RouteApplication, "GET"+api+"oauth2/applications/@me", r.bot(r.application))
}

// A handler answers a request whose body has been read.
type handler func(req *http.Request, body []byte) answer

// An answer is a status and what is encoded as JSON, nil for nothing.
type answer struct {
	status int
	body   any
}

// refusal is an answer of the form of Discord's errors.
func refusal(status, code int, message string) answer {
	return answer{status, map[string]any{"code": code, "message": message}}
}

// serve reads, breaks, answers and records the requests of a route.
func (r *REST) serve(route Route, h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, err := io.ReadAll(req.Body)
		if err != nil {
			return // the client has gone
		}
		r.checkHeaders(req, body)
		rec := Request{Route: route, Method: req.Method, Path: req.URL.RequestURI(), Body: body, At: time.Now()}
		defer func() { r.set(func() { r.requests = append(r.requests, rec) }) }()
		t := r.trouble(route)
		if !t.wait(req.Context()) {
			return
		}
		var a answer
		if !t.strikes() || t.After {
			a = h(req, body)
		}
		if t.strikes() {
			a = t.answer(w.Header())
		}
		if t.Drop {
			panic(http.ErrAbortHandler)
		}
		rec.Status = a.status
		write(w, a)
	})
}

func write(w http.ResponseWriter, a answer) {
	switch body := a.body.(type) {
	case nil:
		w.WriteHeader(a.status)
	case html:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(a.status)
		_, _ = io.WriteString(w, string(body))
	default:
		writeJSON(w, a.status, body)
	}
}

// checkHeaders fails the test on headers that Discord does not stand.
func (r *REST) checkHeaders(req *http.Request, body []byte) {
	if !strings.HasPrefix(req.UserAgent(), "DiscordBot (") {
		r.s.fail("User-Agent %q, expected “DiscordBot (address, version)”", req.UserAgent())
	}
	kind := req.Header.Get("Content-Type")
	if len(body) > 0 && kind != "application/json" && !strings.HasPrefix(kind, "multipart/form-data;") {
		r.s.fail("Content-Type %q of a body of JSON, or of a form with files", kind)
	}
}

// bot lets only requests with the bot's token through to h.
func (r *REST) bot(h handler) handler {
	return func(req *http.Request, body []byte) answer {
		if req.Header.Get("Authorization") != "Bot "+Token {
			return refusal(http.StatusUnauthorized, 0, "401: Unauthorized")
		}
		if app := req.PathValue("app"); app != "" && app != ApplicationID {
			return refusal(http.StatusForbidden, 20012, "You are not authorized to perform this action on this application")
		}
		return h(req, body)
	}
}

func (r *REST) application(*http.Request, []byte) answer {
	return answer{http.StatusOK, map[string]any{"id": ApplicationID, "name": "Verbatim", "bot_public": true}}
}

// Requests returns the requests of a route so far, oldest first.
func (r *REST) Requests(route Route) []Request {
	r.mu.Lock()
	defer r.mu.Unlock()
	var of []Request
	for _, req := range r.requests {
		if req.Route == route {
			of = append(of, req)
		}
	}
	return of
}

// set changes the state and wakes who waits for it.
func (r *REST) set(change func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	change()
	close(r.changed)
	r.changed = make(chan struct{})
}

// await waits until done, which is called with r.mu held. It fails the test after [patience].
func (r *REST) await(what string, done func() bool) {
	r.s.t.Helper()
	late := time.After(patience)
	for {
		r.mu.Lock()
		ok, changed := done(), r.changed
		r.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-changed:
		case <-late:
			r.s.t.Fatalf("discordtest: waited %v for %s", patience, what)
		}
	}
}
