package discordtest

import (
	"encoding/json"
	"strconv"
	"unicode/utf8"
)

// Limits of one message, in code points or items.
//
// Sources: https://discord.com/developers/docs/resources/message#embed-object-embed-limits and
// https://discord.com/developers/docs/components/reference, August 2026.
const (
	maxContent     = 2000
	maxEmbeds      = 10
	maxEmbedTotal  = 6000 // over all the embeds of a message
	maxRows        = 5    // of a message without Components V2
	maxComponents  = 40   // of a message with Components V2, nested ones included
	maxV2Text      = 4000 // over all the text displays of a message
	maxCustomID    = 100
	maxChoices     = 25
	maxChoice      = 100 // the name, and the value when it is a string
	maxModalTitle  = 45
	maxModalFields = 5
)

// Flags that a response may set.
//
// Source: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-messages
const (
	flagSuppressEmbeds        = 1 << 2
	flagEphemeral             = 1 << 6
	flagSuppressNotifications = 1 << 12
	flagComponentsV2          = 1 << 15
)

// A use says what a message's body is for.
type use struct {
	flags int  // that may be set
	whole bool // the message is new, so it must not be empty
}

var (
	created = use{flagSuppressEmbeds | flagEphemeral | flagSuppressNotifications | flagComponentsV2, true}
	updated = use{flagSuppressEmbeds | flagComponentsV2, false}
)

type messageBody struct {
	Content         string          `json:"content"`
	Embeds          []embed         `json:"embeds"`
	Components      []component     `json:"components"`
	AllowedMentions *mentions       `json:"allowed_mentions"`
	Attachments     []any           `json:"attachments"`
	Poll            json.RawMessage `json:"poll"`
	Flags           int             `json:"flags"`
}

type mentions struct {
	Parse       []string `json:"parse"`
	Users       []string `json:"users"`
	Roles       []string `json:"roles"`
	RepliedUser bool     `json:"replied_user"`
}

type embed struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	Fields      []struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	} `json:"fields"`
	Footer struct {
		Text string `json:"text"`
	} `json:"footer"`
	Author struct {
		Name string `json:"name"`
	} `json:"author"`
}

// message checks a message's limits.
func (p *problems) message(at string, raw json.RawMessage, u use) {
	var m messageBody
	if !p.decode(at, raw, &m) {
		return
	}
	p.unless(m.Flags&^u.flags == 0, at+"/flags", "%d sets a flag that is not allowed here", m.Flags)
	p.mentions(at+"/allowed_mentions", m.AllowedMentions)
	p.length(at+"/content", m.Content, 0, maxContent)
	p.embeds(at+"/embeds", m.Embeds)
	hasPoll := !isNull(m.Poll)
	if m.Flags&flagComponentsV2 != 0 {
		p.unless(m.Content == "", at+"/content", "no content beside Components V2")
		p.unless(len(m.Embeds) == 0, at+"/embeds", "no embeds beside Components V2")
		p.unless(!hasPoll, at+"/poll", "no poll beside Components V2")
		p.unless(len(m.Components) > 0, at+"/components", "no components, which are the whole of a message with Components V2")
		p.componentsV2(at+"/components", m.Components)
		return
	}
	empty := m.Content == "" && len(m.Embeds)+len(m.Components)+len(m.Attachments) == 0 && !hasPoll
	p.unless(!u.whole || !empty, at, "an empty message")
	p.rows(at+"/components", m.Components)
}

// mentions wants a message to mention nobody: whatever a member or an article wrote, it is only quoted.
// An absent or null list is not that: Discord then reads the mentions out of the text.
func (p *problems) mentions(at string, m *mentions) {
	if m == nil {
		p.add(at, `missing, expected {"parse": []}`)
		return
	}
	nobody := m.Parse != nil && len(m.Parse)+len(m.Users)+len(m.Roles) == 0 && !m.RepliedUser
	p.unless(nobody, at, `mentions somebody or leaves it open, expected {"parse": []}`)
}

func (p *problems) embeds(at string, embeds []embed) {
	p.count(at, "embeds", len(embeds), 0, maxEmbeds)
	total := 0
	part := func(at, s string, least, most int) {
		p.length(at, s, least, most)
		total += utf8.RuneCountInString(s)
	}
	for i, e := range embeds {
		at := at + "/" + strconv.Itoa(i)
		part(at+"/title", e.Title, 0, 256)
		part(at+"/description", e.Description, 0, 4096)
		part(at+"/footer/text", e.Footer.Text, 0, 2048)
		part(at+"/author/name", e.Author.Name, 0, 256)
		p.count(at+"/fields", "fields", len(e.Fields), 0, 25)
		for j, f := range e.Fields {
			at := at + "/fields/" + strconv.Itoa(j)
			part(at+"/name", f.Name, 1, 256)
			part(at+"/value", f.Value, 1, 1024)
		}
	}
	p.unless(total <= maxEmbedTotal, at, "%d characters in all the embeds together, expected at most %d", total, maxEmbedTotal)
}

// deferred checks the data of a response that promises a message.
func (p *problems) deferred(raw json.RawMessage) {
	if isNull(raw) {
		return
	}
	var fields map[string]json.RawMessage
	if !p.decode("/data", raw, &fields) {
		return
	}
	for name, value := range fields {
		switch {
		case isNull(value):
		case name != "flags":
			p.add("/data/"+name, "a deferred response takes only the flag that makes it ephemeral")
		default:
			p.unless(string(value) == "0" || string(value) == strconv.Itoa(flagEphemeral), "/data/flags",
				"%s, expected 0 or %d: a deferred response takes only the flag that makes it ephemeral", value, flagEphemeral)
		}
	}
}

// autocomplete checks the data of a response with choices.
func (p *problems) autocomplete(raw json.RawMessage) {
	var data struct {
		Choices *[]choice `json:"choices"`
	}
	if !p.decode("/data", raw, &data) {
		return
	}
	if data.Choices == nil {
		p.add("/data/choices", "missing, expected a list, [] when there is nothing to suggest")
		return
	}
	p.choices("/data/choices", *data.Choices)
}
