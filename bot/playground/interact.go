package playground

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"time"

	"verbatim/bot"
)

// maxBody is the longest body that is read, in bytes: what the endpoint that Discord posts to reads too.
const maxBody = 1 << 20

// An exchange is what the page gets for an interaction.
type exchange struct {
	Response json.RawMessage `json:"response"` // as Discord would get it, byte for byte
	// Asked is the question that the articles were asked, null when none was.
	Asked *Asked `json:"asked"`
	// Microseconds is how long the conversation took, without the way to the browser.
	Microseconds int64 `json:"microseconds"`
}

// interact answers an interaction. What cannot be decoded is answered as it is over the gateway.
func (s *Server) interact(w http.ResponseWriter, r *http.Request) {
	body, ok := s.body(w, r)
	if !ok {
		return
	}
	ctx, noted := withNote(r.Context())
	began := time.Now()
	response := bot.Malformed()
	if i, err := bot.Decode(body); err == nil {
		response = s.responder.Respond(ctx, i)
	}
	took := time.Since(began)
	encoded, err := bot.Encode(response)
	if err != nil {
		s.log.ErrorContext(r.Context(), "a reply of the playground cannot be encoded", "error", err)
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	s.send(w, r, exchange{Response: encoded, Asked: noted.last(), Microseconds: took.Microseconds()})
}

// reasons tells why a question is answered as it is.
func (s *Server) reasons(w http.ResponseWriter, r *http.Request) {
	body, ok := s.body(w, r)
	if !ok {
		return
	}
	var q Asked
	switch err := json.Unmarshal(body, &q); {
	case err != nil || q.Question == "":
		http.Error(w, `expected {"question": …, "article": …}`, http.StatusBadRequest)
		return
	case s.explain == nil:
		http.Error(w, "this server tells no reasons", http.StatusNotFound)
		return
	}
	why, err := s.explain(r.Context(), q)
	if err != nil {
		s.log.ErrorContext(r.Context(), "a question of the playground cannot be explained", "error", err)
		http.Error(w, "the reasons cannot be told: see the program's log", http.StatusInternalServerError)
		return
	}
	s.send(w, r, why)
}

// body reads the JSON that was posted. When it is not ok, the request was answered.
func (s *Server) body(w http.ResponseWriter, r *http.Request) (body []byte, ok bool) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		http.Error(w, "expected a body of type application/json", http.StatusUnsupportedMediaType)
		return nil, false
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &tooLong):
		http.Error(w, "the body is over 1 MiB", http.StatusRequestEntityTooLarge)
		return nil, false
	case err != nil:
		http.Error(w, "the body cannot be read", http.StatusBadRequest)
		return nil, false
	}
	return body, true
}

func (s *Server) send(w http.ResponseWriter, r *http.Request, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if err := json.NewEncoder(w).Encode(v); err != nil {
		s.log.DebugContext(r.Context(), "an answer to the page was not sent", "error", err) // the page has gone
	}
}
