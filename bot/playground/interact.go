package playground

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot"
)

// maxBody is the longest body that is read, in bytes. The endpoint that Discord posts to reads less; here a
// file stands within the interaction, which Discord keeps and only names.
const maxBody = 8 << 20

// laterLimit is how long the work behind a deferred response may take. On Discord it is 15 min.
const laterLimit = 15 * time.Minute

// An exchange is what the page gets for an interaction.
type exchange struct {
	Response json.RawMessage `json:"response"` // as Discord would get it, byte for byte
	// Asked is the question that the articles were asked, null when none was.
	Asked *Asked `json:"asked"`
	// Microseconds is how long the conversation took, without the way to the browser.
	Microseconds int64 `json:"microseconds"`
}

// An edited is an edit of the message that a deferred response promised. The page gets a line for each,
// after the exchange.
type edited struct {
	Edit  json.RawMessage `json:"edit"` // as Discord would get it, without the files
	Files []file          `json:"files,omitempty"`
}

// A file comes with a message.
type file struct {
	Name    string `json:"name"`
	Type    string `json:"type"`
	Content []byte `json:"content"`
}

// interact answers an interaction. What cannot be decoded is answered as it is over the gateway.
func (s *Server) interact(w http.ResponseWriter, r *http.Request) {
	body, ok := s.body(w, r)
	if !ok {
		return
	}
	ctx, noted := withNote(r.Context())
	began := time.Now()
	reply := bot.Reply{Response: bot.Malformed()}
	if i, err := bot.Decode(body); err == nil {
		reply = s.responder.Respond(ctx, i)
	}
	took := time.Since(began)
	encoded, err := bot.Encode(reply.Response)
	if err != nil {
		s.log.ErrorContext(r.Context(), "a reply of the playground cannot be encoded", "error", err)
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	s.send(w, r, exchange{Response: encoded, Asked: noted.last(), Microseconds: took.Microseconds()})
	if reply.Later != nil {
		s.later(w, r, reply.Later)
	}
}

// later does the work behind a deferred response, and sends its edits as they come, a line each.
func (s *Server) later(w http.ResponseWriter, r *http.Request, work func(context.Context, bot.Edit)) {
	ctx, cancel := context.WithTimeout(r.Context(), laterLimit)
	defer cancel()
	connection := http.NewResponseController(w)
	if err := connection.SetWriteDeadline(time.Now().Add(laterLimit + bodyTimeout)); err != nil {
		s.log.DebugContext(ctx, "the work of the playground may be cut short", "error", err)
	}
	_ = connection.Flush() // the page may go at any time
	work(ctx, func(_ context.Context, e *discordgo.WebhookEdit) error {
		line, err := lineOf(e)
		if err != nil {
			return err
		}
		s.send(w, r, line)
		_ = connection.Flush()
		return nil
	})
}

// lineOf returns an edit for the page.
func lineOf(e *discordgo.WebhookEdit) (edited, error) {
	var line edited
	for _, f := range e.Files {
		content, err := io.ReadAll(f.Reader)
		if err != nil {
			return line, fmt.Errorf("read the file %s: %w", f.Name, err)
		}
		line.Files = append(line.Files, file{f.Name, f.ContentType, content})
	}
	bare := *e
	bare.Files = nil
	var err error
	line.Edit, _, err = bot.EncodeEdit(&bare)
	return line, err
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
		http.Error(w, "the body is over 8 MiB", http.StatusRequestEntityTooLarge)
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
