package discordtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"strconv"
	"strings"
	"testing"
)

// A File came with a message.
type File struct {
	Name    string
	Content []byte
}

// An Edited is an edit of the message that the response to an interaction made: its JSON, and the files that
// came with it.
type Edited struct {
	Body  []byte
	Files []File
}

// CheckEdit fails t unless Discord would take a body of that content type as an edit of the message that a
// deferred response promised. It returns what was edited.
func CheckEdit(t testing.TB, contentType string, body []byte) Edited {
	t.Helper()
	payload, files, err := parts(contentType, body)
	if err != nil {
		t.Fatalf("an edit that Discord would refuse: %v", err)
	}
	found := editProblems(t, payload, files)
	report(t, "edit", payload, found)
	return Edited{payload, files}
}

// maxFiles is the most bytes that come with a message where a server has no boosts.
//
// Source: https://discord.com/developers/docs/reference#uploading-files, August 2026.
const maxFiles = 10 << 20

// parts returns the JSON of a message and the files that come with it.
func parts(contentType string, body []byte) ([]byte, []File, error) {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil || kind != "multipart/form-data" {
		return body, nil, nil // its type is checked elsewhere
	}
	var payload []byte
	var files []File
	for form := multipart.NewReader(bytes.NewReader(body), params["boundary"]); ; {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return payload, files, nil
		}
		if err != nil {
			return body, nil, fmt.Errorf("a form that cannot be read: %w", err)
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return body, nil, fmt.Errorf("a part of a form: %w", err)
		}
		switch part.FormName() {
		case "payload_json":
			payload = content
		case "files[" + strconv.Itoa(len(files)) + "]":
			files = append(files, File{part.FileName(), content})
		default:
			return body, nil, fmt.Errorf("a part named %q, expected payload_json or files[%d]", part.FormName(), len(files))
		}
	}
}

// files checks that a message with Components V2 shows each file that comes with it, and no other.
func (p *problems) files(at string, body []byte, files []File) {
	var m struct {
		Attachments []struct {
			ID       string `json:"id"`
			Filename string `json:"filename"`
		} `json:"attachments"`
		Components any `json:"components"`
		Flags      int `json:"flags"`
	}
	if err := json.Unmarshal(body, &m); err != nil {
		return // found already
	}
	shown := references(m.Components)
	total := 0
	for i, f := range files {
		at := at + "/attachments/" + strconv.Itoa(i)
		total += len(f.Content)
		named := i < len(m.Attachments) && m.Attachments[i].ID == strconv.Itoa(i) && m.Attachments[i].Filename == f.Name
		p.unless(named, at, "does not name the file %q", f.Name)
		p.unless(m.Flags&flagComponentsV2 == 0 || shown[f.Name], at, "no component shows %q", f.Name)
		delete(shown, f.Name)
	}
	for name := range shown {
		p.add(at+"/components", "attachment://%s is no file of this message", name)
	}
	p.unless(total <= maxFiles, at, "%d bytes of files, expected at most %d", total, maxFiles)
}

// references returns the names of the files that components show.
func references(v any) map[string]bool {
	found := map[string]bool{}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, member := range v {
				walk(member)
			}
		case map[string]any:
			address, _ := v["url"].(string)
			if name, ok := strings.CutPrefix(address, "attachment://"); ok {
				found[name] = true
			}
			for _, member := range v {
				walk(member)
			}
		}
	}
	walk(v)
	return found
}

// stays checks what an edit cannot undo: a message with Components V2 never has content or embeds again.
func (p *problems) stays(message, edit map[string]any) {
	flags, _ := message["flags"].(float64)
	if int(flags)&flagComponentsV2 == 0 {
		return
	}
	for _, name := range []string{"content", "embeds"} {
		p.unless(edit[name] == nil, "/"+name, "a message with Components V2 stays one")
	}
}

// Edits waits until the original message of an interaction has been edited n times, and returns its edits. It
// fails the test when it has not for 10 s.
func (r *REST) Edits(id string, n int) []Edited {
	r.s.t.Helper()
	var edits []Edited
	r.await(fmt.Sprintf("%d edits of the response to interaction %s", n, id), func() bool {
		if i := r.interactions[id]; i != nil {
			edits = i.edits
		}
		return len(edits) >= n
	})
	return edits
}
