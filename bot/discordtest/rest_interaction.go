package discordtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// Errors of interactions, and of any body that Discord refuses.
//
// Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
const (
	codeUnknownMessage     = 10008
	codeUnknownWebhook     = 10015
	codeUnknownInteraction = 10062
	codeAcknowledged       = 40060
	codeInvalidBody        = 50035
)

// Lives of an interaction's token: until the first response, and after it.
//
// Source: https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages
const (
	firstResponse = 3 * time.Second
	tokenLife     = 15 * time.Minute
)

// kindModal is the type of an interaction that submits a modal.
const kindModal = 5

// An interaction is one that the fake has sent to the bot.
type interaction struct {
	token    string
	kind     int
	issued   time.Time
	response []byte                    // the first response, nil until there is one
	original map[string]any            // the message that the response made, nil when deleted or none
	messages map[string]map[string]any // follow-ups by ID
	edits    []Edited                  // of the original message
}

// Issue makes an interaction known, as if Discord had sent it now: its token allows one response within
// 3 s. [Gateway.Dispatch] does it; a test that posts one itself, or answers one that was never sent,
// calls it.
func (r *REST) Issue(raw []byte) {
	r.s.t.Helper()
	var i struct {
		ID    string `json:"id"`
		Token string `json:"token"`
		Type  int    `json:"type"`
	}
	if err := json.Unmarshal(raw, &i); err != nil {
		return // malformed on purpose: nothing can be answered to it
	}
	r.set(func() {
		r.interactions[i.ID] = &interaction{token: i.Token, kind: i.Type, issued: time.Now(), messages: map[string]map[string]any{}}
	})
}

// Response waits for the first response to an interaction and returns its body. It fails the test when
// none has come for 10 s.
func (r *REST) Response(id string) []byte {
	r.s.t.Helper()
	var response []byte
	r.await("a response to interaction "+id, func() bool {
		if i := r.interactions[id]; i != nil {
			response = i.response
		}
		return response != nil
	})
	return response
}

// Answered reports whether the first response to an interaction has come.
func (r *REST) Answered(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	i := r.interactions[id]
	return i != nil && i.response != nil
}

// callback takes the first response to an interaction.
func (r *REST) callback(req *http.Request, body []byte) answer {
	id := req.PathValue("interaction")
	r.mu.Lock()
	i := r.interactions[id]
	r.mu.Unlock()
	if i == nil || i.token != req.PathValue("token") {
		return refusal(http.StatusNotFound, codeUnknownInteraction, "Unknown interaction")
	}
	a := r.take(id, i, body)
	if a.status == http.StatusNoContent && req.URL.Query().Get("with_response") == "true" {
		return answer{http.StatusOK, map[string]any{"interaction": map[string]any{"id": id, "type": i.kind}}}
	}
	return a
}

// Inline takes the body that an endpoint answered an interaction with, as Discord does.
func (r *REST) Inline(id string, body []byte) {
	r.s.t.Helper()
	r.mu.Lock()
	i := r.interactions[id]
	r.mu.Unlock()
	if i == nil {
		r.s.t.Fatalf("discordtest: interaction %s was not issued", id)
	}
	if a := r.take(id, i, body); a.status != http.StatusNoContent {
		r.s.t.Errorf("discordtest: the inline response to %s: %v", id, a.body)
	}
}

// take takes the first response to an interaction.
func (r *REST) take(id string, i *interaction, body []byte) answer {
	if time.Since(i.issued) > firstResponse {
		return refusal(http.StatusNotFound, codeUnknownInteraction, "Unknown interaction")
	}
	problems := responseProblems(reporter{r.s}, body)
	if i.kind == kindModal && callbackType(body) == callbackModal {
		problems = append(problems, "/type: a modal in reply to a modal")
	}
	if len(problems) > 0 {
		return r.refuse("the response to interaction "+id, body, problems)
	}
	taken := true
	r.set(func() {
		if taken = i.response == nil; taken {
			i.response = body
			i.original = r.messageOf(body)
		}
	})
	if !taken {
		return refusal(http.StatusBadRequest, codeAcknowledged, "Interaction has already been acknowledged.")
	}
	return answer{status: http.StatusNoContent}
}

// refuse answers a body that Discord would not take, and fails the test.
func (r *REST) refuse(what string, body []byte, problems []string) answer {
	for _, p := range problems {
		r.s.fail("%s: %s\n%s", what, p, body)
	}
	return answer{http.StatusBadRequest, map[string]any{
		"code": codeInvalidBody, "message": "Invalid Form Body", "errors": map[string]any{"_errors": problems},
	}}
}

func callbackType(body []byte) int {
	var head struct {
		Type int `json:"type"`
	}
	_ = json.Unmarshal(body, &head) // already checked
	return head.Type
}

// messageOf returns the message that a response makes, nil when it makes none. r.mu is held.
func (r *REST) messageOf(body []byte) map[string]any {
	var response struct {
		Type int            `json:"type"`
		Data map[string]any `json:"data"`
	}
	_ = json.Unmarshal(body, &response) // already checked
	switch response.Type {
	case callbackMessage, callbackUpdate, callbackDeferMessage:
		return r.newMessage(response.Data)
	}
	return nil
}

// newMessage gives a message an ID. r.mu is held.
func (r *REST) newMessage(data map[string]any) map[string]any {
	m := map[string]any{"id": r.newID(), "type": 0, "content": "", "channel_id": "1", "timestamp": time.Now().UTC().Format(time.RFC3339)}
	for key, value := range data {
		m[key] = value
	}
	return m
}

// newID returns a snowflake that the fake has not given yet. r.mu is held.
func (r *REST) newID() string {
	r.lastID++
	return fmt.Sprint(900000000000000000 + r.lastID)
}

// reporter reports to the test, for as long as there is one.
type reporter struct{ s *Server }

func (r reporter) Helper() {}

func (r reporter) Errorf(format string, args ...any) { r.s.fail(format, args...) }

func (r reporter) Logf(format string, args ...any) {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	if !r.s.over() {
		r.s.t.Logf(format, args...)
	}
}
