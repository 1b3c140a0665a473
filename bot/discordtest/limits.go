package discordtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// CheckResponse fails t unless raw is a response to an interaction that Discord would take: by its
// schema and by the limits that its schema lacks. Lengths count code points.
func CheckResponse(t testing.TB, raw []byte) {
	t.Helper()
	report(t, "response", raw, responseProblems(t, raw))
}

// CheckCommands fails t unless raw is a list of commands that Discord would take, as the body of a
// request that replaces an application's commands.
func CheckCommands(t testing.TB, raw []byte) {
	t.Helper()
	report(t, "commands", raw, commandsProblems(t, raw))
}

func report(t testing.TB, what string, raw []byte, problems []string) {
	t.Helper()
	for _, p := range problems {
		t.Errorf("%s that Discord would refuse: %s", what, p)
	}
	if len(problems) > 0 {
		t.Logf("the body: %s", raw)
	}
}

// Types of response.
//
// Source: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type
const (
	callbackPong         = 1
	callbackMessage      = 4
	callbackDeferMessage = 5
	callbackDeferUpdate  = 6
	callbackUpdate       = 7
	callbackAutocomplete = 8
	callbackModal        = 9
)

// Schemas of the other bodies, by name or by JSON pointer into Discord's description.
const (
	schemaFollowup = "IncomingWebhookRequestPartial"
	schemaEdit     = "IncomingWebhookUpdateRequestPartial"
	schemaCommands = "/paths/~1applications~1{application_id}~1commands/put/requestBody/content/application~1json/schema"
)

// callbackSchemas names one schema for each type of response: the union of them all would only say
// that a body is none of seven things.
var callbackSchemas = map[int]string{
	callbackPong:         "PongInteractionCallbackRequest",
	callbackMessage:      "CreateMessageInteractionCallbackRequest",
	callbackDeferMessage: "CreateMessageInteractionCallbackRequest",
	callbackDeferUpdate:  "UpdateMessageInteractionCallbackRequest",
	callbackUpdate:       "UpdateMessageInteractionCallbackRequest",
	callbackAutocomplete: "ApplicationCommandAutocompleteCallbackRequest",
	callbackModal:        "ModalInteractionCallbackRequest",
}

// responseProblems returns what Discord has against a response.
func responseProblems(t logger, raw []byte) []string {
	t.Helper()
	var head struct {
		Type int             `json:"type"`
		Data json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(raw, &head); err != nil {
		return []string{"not a response: " + err.Error()}
	}
	schema, ok := callbackSchemas[head.Type]
	if !ok {
		return []string{fmt.Sprintf("/type: %d is not a type of response", head.Type)}
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return []string{err.Error()}
	}
	var p problems
	p = append(p, schemaProblems(t, schema, value)...)
	switch head.Type {
	case callbackPong, callbackDeferUpdate:
		p.unless(isNull(head.Data), "/data", "a response of type %d has no data", head.Type)
	case callbackDeferMessage:
		p.deferred(head.Data)
	case callbackMessage:
		p.message("/data", head.Data, created)
	case callbackUpdate:
		p.message("/data", head.Data, updated)
	case callbackAutocomplete:
		p.autocomplete(head.Data)
	case callbackModal:
		p.modal(head.Data)
	}
	return p
}

func isNull(raw json.RawMessage) bool { return len(raw) == 0 || string(raw) == "null" }

// A problems is what Discord has against a body, each with the JSON pointer of where.
type problems []string

func (p *problems) add(at, format string, args ...any) {
	*p = append(*p, at+": "+fmt.Sprintf(format, args...))
}

// unless adds a problem, except when ok.
func (p *problems) unless(ok bool, at, format string, args ...any) {
	if !ok {
		p.add(at, format, args...)
	}
}

// length wants s to have from least to most code points.
func (p *problems) length(at, s string, least, most int) {
	n := utf8.RuneCountInString(s)
	p.unless(n >= least && n <= most, at, "%d characters, expected %d to %d", n, least, most)
	p.unless(utf8.ValidString(s), at, "not valid UTF-8")
}

// count wants n, of something, to be from least to most.
func (p *problems) count(at, what string, n, least, most int) {
	p.unless(n >= least && n <= most, at, "%d %s, expected %d to %d", n, what, least, most)
}

// decode reads raw into v, and reports whether it could.
func (p *problems) decode(at string, raw json.RawMessage, v any) bool {
	if isNull(raw) {
		p.add(at, "missing")
		return false
	}
	if err := json.Unmarshal(raw, v); err != nil {
		p.add(at, "%v", err)
		return false
	}
	return true
}

// unique wants each key once.
type unique map[string]string // a key to where it was seen first

func (u unique) see(p *problems, at, key string) {
	if first, seen := u[key]; seen {
		p.add(at, "%q is also at %s", key, first)
		return
	}
	u[key] = at
}
