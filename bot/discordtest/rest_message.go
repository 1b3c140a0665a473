package discordtest

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// answered returns the interaction of a webhook request, which its first response must precede, or
// what Discord answers instead.
func (r *REST) answered(req *http.Request) (*interaction, answer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, i := range r.interactions {
		if i.token == req.PathValue("token") && i.response != nil && time.Since(i.issued) < tokenLife {
			return i, answer{}
		}
	}
	return nil, refusal(http.StatusNotFound, codeUnknownWebhook, "Unknown Webhook")
}

func unknownMessage() answer {
	return refusal(http.StatusNotFound, codeUnknownMessage, "Unknown Message")
}

func (r *REST) readOriginal(req *http.Request, _ []byte) answer {
	i, no := r.answered(req)
	if i == nil {
		return no
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if i.original == nil {
		return unknownMessage()
	}
	return answer{http.StatusOK, maps.Clone(i.original)}
}

func (r *REST) editOriginal(req *http.Request, body []byte) answer {
	i, no := r.answered(req)
	if i == nil {
		return no
	}
	body, files, err := parts(req.Header.Get("Content-Type"), body)
	if err != nil {
		return r.refuse("an edit", body, []string{err.Error()})
	}
	a := r.edit(body, files, func() map[string]any { return i.original })
	if a.status == http.StatusOK {
		r.set(func() { i.edits = append(i.edits, Edited{body, files}) })
	}
	return a
}

func (r *REST) deleteOriginal(req *http.Request, _ []byte) answer {
	i, no := r.answered(req)
	if i == nil {
		return no
	}
	a := answer{status: http.StatusNoContent}
	r.set(func() {
		if i.original == nil {
			a = unknownMessage()
		}
		i.original = nil
	})
	return a
}

func (r *REST) followUp(req *http.Request, body []byte) answer {
	i, no := r.answered(req)
	if i == nil {
		return no
	}
	problems := messageProblems(reporter{r.s}, schemaFollowup, body, created)
	var data map[string]any
	_ = json.Unmarshal(body, &data) // what is not an object has just been found
	if len(problems) > 0 {
		return r.refuse("a follow-up", body, problems)
	}
	var m map[string]any
	r.set(func() {
		m = r.newMessage(data)
		i.messages[m["id"].(string)] = m
	})
	return answer{http.StatusOK, m}
}

func (r *REST) editFollowup(req *http.Request, body []byte) answer {
	i, no := r.answered(req)
	if i == nil {
		return no
	}
	return r.edit(body, nil, func() map[string]any { return i.messages[req.PathValue("message")] })
}

func (r *REST) deleteFollowup(req *http.Request, _ []byte) answer {
	i, no := r.answered(req)
	if i == nil {
		return no
	}
	a := answer{status: http.StatusNoContent}
	r.set(func() {
		if i.messages[req.PathValue("message")] == nil {
			a = unknownMessage()
		}
		delete(i.messages, req.PathValue("message"))
	})
	return a
}

// edit changes the message that find returns, which holds r.mu.
func (r *REST) edit(body []byte, files []File, find func() map[string]any) answer {
	found := editProblems(reporter{r.s}, body, files)
	var data map[string]any
	_ = json.Unmarshal(body, &data) // what is not an object has just been found
	a := unknownMessage()
	r.set(func() {
		m := find()
		if m == nil {
			return
		}
		found.stays(m, data)
		if len(found) == 0 {
			maps.Copy(m, data)
			a = answer{http.StatusOK, maps.Clone(m)}
		}
	})
	if len(found) > 0 {
		return r.refuse("an edit", body, found)
	}
	return a
}

// editProblems returns what Discord has against an edit of a message.
func editProblems(t logger, body []byte, files []File) problems {
	t.Helper()
	found := messageProblems(t, schemaEdit, body, updated)
	found.files("", body, files)
	return found
}

// messageProblems returns what Discord has against the body of a message that is not a response.
func messageProblems(t logger, schema string, body []byte, u use) problems {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return problems{err.Error()}
	}
	var p problems
	p = append(p, schemaProblems(t, schema, value)...)
	p.message("", body, u)
	return p
}
