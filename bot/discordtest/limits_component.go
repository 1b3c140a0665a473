package discordtest

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Types of component.
//
// Source: https://discord.com/developers/docs/components/reference#component-object-component-types
const (
	typeRow               = 1
	typeButton            = 2
	typeStringSelect      = 3
	typeTextInput         = 4
	typeUserSelect        = 5
	typeRoleSelect        = 6
	typeMentionableSelect = 7
	typeChannelSelect     = 8
	typeSection           = 9
	typeText              = 10
	typeThumbnail         = 11
	typeGallery           = 12
	typeFile              = 13
	typeSeparator         = 14
	typeContainer         = 17
	typeLabel             = 18
	typeFileUpload        = 19
	typeRadioGroup        = 21
	typeCheckboxGroup     = 22
	typeCheckbox          = 23
)

var (
	selectTypes = []int{typeStringSelect, typeUserSelect, typeRoleSelect, typeMentionableSelect, typeChannelSelect}

	inContainer = []int{typeRow, typeSection, typeText, typeGallery, typeFile, typeSeparator}
	atTopOfV2   = append(slices.Clone(inContainer), typeContainer)
	inLabel     = append(slices.Clone(selectTypes), typeTextInput, typeFileUpload, typeRadioGroup, typeCheckboxGroup, typeCheckbox)
)

const (
	styleLink    = 5
	stylePremium = 6
)

// A component is the fields of every component that has a limit.
type component struct {
	Type        int             `json:"type"`
	ID          int             `json:"id"`
	CustomID    string          `json:"custom_id"`
	Content     string          `json:"content"`
	Label       string          `json:"label"`
	Description string          `json:"description"`
	Placeholder string          `json:"placeholder"`
	Value       string          `json:"value"`
	Style       int             `json:"style"`
	URL         string          `json:"url"`
	SKU         string          `json:"sku_id"`
	Emoji       json.RawMessage `json:"emoji"`
	Options     []selectOption  `json:"options"`
	MinValues   *int            `json:"min_values"`
	MaxValues   *int            `json:"max_values"`
	MinLength   int             `json:"min_length"`
	MaxLength   *int            `json:"max_length"`
	Components  []component     `json:"components"`
	Accessory   *component      `json:"accessory"`
	Component   *component      `json:"component"`
}

type selectOption struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description"`
	Default     bool   `json:"default"`
}

// A tree is what is counted over all the components of one message or modal.
type tree struct {
	*problems
	customIDs unique
	ids       unique
	total     int // components
	text      int // code points in text displays
}

func newTree(p *problems) *tree { return &tree{problems: p, customIDs: unique{}, ids: unique{}} }

// rows checks the components of a message without Components V2.
func (p *problems) rows(at string, list []component) {
	p.count(at, "rows", len(list), 0, maxRows)
	newTree(p).each(at, list, []int{typeRow})
}

// componentsV2 checks the components of a message with Components V2.
func (p *problems) componentsV2(at string, list []component) {
	t := newTree(p)
	t.each(at, list, atTopOfV2)
	p.count(at, "components, nested ones included", t.total, 1, maxComponents)
	p.unless(t.text <= maxV2Text, at, "%d characters of text in all, expected at most %d", t.text, maxV2Text)
}

// modal checks the data of a response that opens a modal.
func (p *problems) modal(raw json.RawMessage) {
	var data struct {
		CustomID   string      `json:"custom_id"`
		Title      string      `json:"title"`
		Components []component `json:"components"`
	}
	if !p.decode("/data", raw, &data) {
		return
	}
	p.length("/data/custom_id", data.CustomID, 1, maxCustomID)
	p.length("/data/title", data.Title, 1, maxModalTitle)
	p.count("/data/components", "components", len(data.Components), 1, maxModalFields)
	t := newTree(p)
	for i, c := range data.Components {
		at := "/data/components/" + strconv.Itoa(i)
		if c.Type == typeRow {
			p.unless(len(c.Components) == 1, at, "%d components, expected one text input", len(c.Components))
			t.each(at+"/components", c.Components, []int{typeTextInput})
			continue
		}
		t.one(at, c, []int{typeLabel, typeText})
	}
}

func (t *tree) each(at string, list []component, allowed []int) {
	for i, c := range list {
		t.one(at+"/"+strconv.Itoa(i), c, allowed)
	}
}

// one checks a component and what it holds.
func (t *tree) one(at string, c component, allowed []int) {
	if !slices.Contains(allowed, c.Type) {
		t.add(at+"/type", "a component of type %d does not belong here", c.Type)
		return
	}
	t.total++
	if c.ID != 0 {
		t.ids.see(t.problems, at+"/id", strconv.Itoa(c.ID))
	}
	switch c.Type {
	case typeRow:
		t.row(at, c)
	case typeButton:
		t.button(at, c)
	case typeSection:
		t.section(at, c)
	case typeText:
		t.length(at+"/content", c.Content, 1, maxV2Text)
		t.text += utf8.RuneCountInString(c.Content)
	case typeContainer:
		t.count(at+"/components", "components", len(c.Components), 1, maxComponents)
		t.each(at+"/components", c.Components, inContainer)
	case typeLabel:
		t.label(at, c)
	case typeTextInput:
		t.textInput(at, c)
	case typeFileUpload, typeRadioGroup, typeCheckboxGroup, typeCheckbox:
		t.customID(at, c)
	default:
		if slices.Contains(selectTypes, c.Type) {
			t.selectMenu(at, c)
		}
	}
}

// row wants five buttons at the most, or one select.
func (t *tree) row(at string, c component) {
	at += "/components"
	t.count(at, "components", len(c.Components), 1, 5)
	selects := slices.ContainsFunc(c.Components, func(c component) bool { return slices.Contains(selectTypes, c.Type) })
	t.unless(!selects || len(c.Components) == 1, at, "a select beside other components: a row has buttons or one select")
	t.each(at, c.Components, append([]int{typeButton}, selectTypes...))
}

func (t *tree) section(at string, c component) {
	t.count(at+"/components", "texts", len(c.Components), 1, 3)
	t.each(at+"/components", c.Components, []int{typeText})
	if c.Accessory == nil {
		t.add(at+"/accessory", "missing")
		return
	}
	t.one(at+"/accessory", *c.Accessory, []int{typeButton, typeThumbnail})
}

func (t *tree) label(at string, c component) {
	t.length(at+"/label", c.Label, 1, 45)
	t.length(at+"/description", c.Description, 0, 100)
	if c.Component == nil {
		t.add(at+"/component", "missing")
		return
	}
	t.unless(c.Component.Type != typeTextInput || c.Component.Label == "", at+"/component/label", "a text input in a label has none of its own")
	t.one(at+"/component", *c.Component, inLabel)
}

func (t *tree) button(at string, c component) {
	t.length(at+"/label", c.Label, 0, 80)
	shown := c.Label != "" || !isNull(c.Emoji)
	switch c.Style {
	case styleLink:
		t.unless(c.CustomID == "", at+"/custom_id", "a link button has none")
		t.link(at+"/url", c.URL)
	case stylePremium:
		t.unless(c.SKU != "", at+"/sku_id", "missing")
		t.unless(!shown && c.CustomID == "" && c.URL == "", at, "a premium button has only an SKU")
		return
	default:
		t.customID(at, c)
		t.unless(c.URL == "", at+"/url", "only a link button has one")
	}
	t.unless(shown, at, "a button without label or emoji")
}

func (t *tree) link(at, s string) {
	t.length(at, s, 1, 512)
	u, err := url.Parse(s)
	ok := err == nil && u.Host != "" && slices.Contains([]string{"http", "https", "discord"}, u.Scheme)
	t.unless(ok, at, "%q is not an address of http, https or discord", s)
	// Seen of embeds, by others (https://github.com/bugsink/bugsink/issues/280), and supposed of buttons.
	named := !ok || u.Scheme == "discord" || strings.Contains(strings.Trim(u.Hostname(), "."), ".") || strings.Contains(u.Hostname(), ":")
	plain := !ok || !strings.ContainsFunc(u.Host, func(r rune) bool { return r > unicode.MaxASCII })
	t.unless(named && plain, at, "%q is not a well formed URL", s)
}

func (t *tree) customID(at string, c component) {
	t.length(at+"/custom_id", c.CustomID, 1, maxCustomID)
	t.customIDs.see(t.problems, at+"/custom_id", c.CustomID)
}

func (t *tree) selectMenu(at string, c component) {
	t.customID(at, c)
	t.length(at+"/placeholder", c.Placeholder, 0, 150)
	least, most, defaults := 1, 1, 0
	if c.MinValues != nil {
		least = *c.MinValues
	}
	if c.MaxValues != nil {
		most = *c.MaxValues
	}
	t.unless(least >= 0 && least <= most && most >= 1 && most <= 25, at, "min_values %d, max_values %d", least, most)
	if c.Type != typeStringSelect {
		return
	}
	t.count(at+"/options", "options", len(c.Options), 1, 25)
	t.unless(most <= len(c.Options), at+"/max_values", "%d of %d options", most, len(c.Options))
	values := unique{}
	for i, o := range c.Options {
		at := at + "/options/" + strconv.Itoa(i)
		t.length(at+"/label", o.Label, 1, 100)
		t.length(at+"/value", o.Value, 1, 100)
		t.length(at+"/description", o.Description, 0, 100)
		values.see(t.problems, at+"/value", o.Value)
		if o.Default {
			defaults++
		}
	}
	t.unless(defaults <= most, at+"/options", "%d chosen by default, expected at most %d", defaults, most)
}

func (t *tree) textInput(at string, c component) {
	t.customID(at, c)
	t.length(at+"/placeholder", c.Placeholder, 0, 100)
	most := 4000
	if c.MaxLength != nil {
		most = *c.MaxLength
	}
	t.unless(c.MinLength >= 0 && c.MinLength <= most && most >= 1 && most <= 4000, at, "min_length %d, max_length %d", c.MinLength, most)
	t.length(at+"/value", c.Value, 0, most)
}
