package discordtest

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// locales are the keys of Discord's localizations.
//
// Source: https://discord.com/developers/docs/reference#locales, August 2026.
var locales = strings.Fields(`id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr
	cs el bg ru uk hi th zh-CN ja zh-TW ko`)

// commandName is the form of the names of chat commands and of options.
//
// Source: https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming
var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// maxCommand is the most characters in the names, descriptions and values of one command, its options
// and choices, the longest localization of each counted.
const maxCommand = 8000

// Types of command and of option.
const (
	commandChat      = 1
	optionSubcommand = 1
	optionGroup      = 2
	optionString     = 3
	optionInteger    = 4
	optionNumber     = 10
)

// maxCommands is how many commands of each type an application has.
var maxCommands = map[int]int{commandChat: 100, 2: 15, 3: 15, 4: 1}

// A command is a command or one of its options: what both have, and what only one has.
type command struct {
	Type                     int               `json:"type"`
	Name                     string            `json:"name"`
	NameLocalizations        map[string]string `json:"name_localizations"`
	Description              string            `json:"description"`
	DescriptionLocalizations map[string]string `json:"description_localizations"`
	Options                  []command         `json:"options"`

	DefaultMemberPermissions *string `json:"default_member_permissions"` // of commands

	Required     bool     `json:"required"` // from here on, of options
	Autocomplete bool     `json:"autocomplete"`
	Choices      []choice `json:"choices"`
	MinLength    int      `json:"min_length"`
	MaxLength    *int     `json:"max_length"`
}

type choice struct {
	Name              string            `json:"name"`
	NameLocalizations map[string]string `json:"name_localizations"`
	Value             any               `json:"value"`
}

// commandsProblems returns what Discord has against a list of commands.
func commandsProblems(t logger, raw []byte) []string {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return []string{err.Error()}
	}
	var p problems
	p = append(p, schemaProblems(t, schemaCommands, value)...)
	var list []command
	if !p.decode("", raw, &list) {
		return p
	}
	names, byType := unique{}, map[int]int{}
	for i, c := range list {
		if c.Type == 0 {
			c.Type = commandChat
		}
		at := "/" + strconv.Itoa(i)
		names.see(&p, at+"/name", strconv.Itoa(c.Type)+" "+c.Name)
		byType[c.Type]++
		p.command(at, c)
	}
	for kind, n := range byType {
		p.count("", "commands of type "+strconv.Itoa(kind), n, 0, maxCommands[kind])
	}
	return p
}

func (p *problems) command(at string, c command) {
	if d := c.DefaultMemberPermissions; d != nil {
		_, err := strconv.ParseUint(*d, 10, 64)
		p.unless(err == nil, at+"/default_member_permissions", "%q is not a number of permissions", *d)
	}
	n := c.characters()
	p.unless(n <= maxCommand, at, "%d characters in all, expected at most %d", n, maxCommand)
	if c.Type == commandChat {
		p.names(at, c)
		p.options(at+"/options", c.Options, 2)
		return
	}
	p.length(at+"/name", c.Name, 1, 32)
	p.localized(at+"/name_localizations", c.NameLocalizations, 32)
	p.unless(c.Description == "" && len(c.DescriptionLocalizations) == 0, at+"/description", "only a chat command has one")
	p.unless(len(c.Options) == 0, at+"/options", "only a chat command has some")
}

// names checks the name and description of a chat command or of an option.
func (p *problems) names(at string, c command) {
	p.name(at+"/name", c.Name)
	for locale, name := range c.NameLocalizations {
		p.name(at+"/name_localizations/"+locale, name)
	}
	p.localized(at+"/name_localizations", c.NameLocalizations, 32)
	p.length(at+"/description", c.Description, 1, 100)
	p.localized(at+"/description_localizations", c.DescriptionLocalizations, 100)
}

func (p *problems) name(at, name string) {
	p.unless(commandName.MatchString(name), at, "%q does not match %s", name, commandName)
	p.unless(strings.ToLower(name) == name, at, "%q is not in lower case", name)
}

func (p *problems) localized(at string, texts map[string]string, most int) {
	for _, locale := range slices.Sorted(maps.Keys(texts)) {
		p.unless(slices.Contains(locales, locale), at, "%q is not one of Discord’s locales", locale)
		p.length(at+"/"+locale, texts[locale], 1, most)
	}
}

// options checks a list of options that may hold depth levels of subcommands: a command two, a group one.
func (p *problems) options(at string, list []command, depth int) {
	p.count(at, "options", len(list), 0, 25)
	names, optional, nested := unique{}, false, 0
	for i, o := range list {
		at := at + "/" + strconv.Itoa(i)
		names.see(p, at+"/name", o.Name)
		p.names(at, o)
		if o.Type == optionSubcommand || o.Type == optionGroup {
			nested++
			p.unless(depth > 0 && (o.Type == optionSubcommand || depth == 2), at+"/type", "a subcommand that deep")
			p.options(at+"/options", o.Options, o.Type-1)
			continue
		}
		p.unless(!o.Required || !optional, at+"/required", "a required option after one that is not")
		optional = optional || !o.Required
		p.values(at, o)
	}
	p.unless(nested == 0 || nested == len(list), at, "subcommands beside other options")
}

// values checks what bounds the value of an option.
func (p *problems) values(at string, o command) {
	p.unless(len(o.Options) == 0, at+"/options", "only a subcommand has some")
	typed := o.Type == optionString || o.Type == optionInteger || o.Type == optionNumber
	p.unless(typed || (!o.Autocomplete && len(o.Choices) == 0), at, "suggestions for an option of type %d", o.Type)
	p.unless(!o.Autocomplete || len(o.Choices) == 0, at, "autocomplete beside choices")
	p.choices(at+"/choices", o.Choices)
	most := 6000
	if o.MaxLength != nil && *o.MaxLength != 0 {
		most = *o.MaxLength
	}
	p.unless(o.MinLength >= 0 && o.MinLength <= most && most <= 6000, at, "min_length %d, max_length %d", o.MinLength, most)
}

// choices checks the choices of an option, or those that autocomplete suggests.
func (p *problems) choices(at string, list []choice) {
	p.count(at, "choices", len(list), 0, maxChoices)
	for i, c := range list {
		at := at + "/" + strconv.Itoa(i)
		p.length(at+"/name", c.Name, 1, maxChoice)
		p.localized(at+"/name_localizations", c.NameLocalizations, maxChoice)
		switch v := c.Value.(type) {
		case string:
			p.length(at+"/value", v, 1, maxChoice)
		case float64:
		default:
			p.add(at+"/value", "%v is neither a string nor a number", v)
		}
	}
}

// characters counts what [maxCommand] bounds.
func (c command) characters() int {
	n := longest(c.Name, c.NameLocalizations) + longest(c.Description, c.DescriptionLocalizations)
	for _, o := range c.Options {
		n += o.characters()
	}
	for _, ch := range c.Choices {
		n += longest(ch.Name, ch.NameLocalizations)
		if s, ok := ch.Value.(string); ok {
			n += utf8.RuneCountInString(s)
		}
	}
	return n
}

func longest(s string, localized map[string]string) int {
	n := utf8.RuneCountInString(s)
	for _, l := range localized {
		n = max(n, utf8.RuneCountInString(l))
	}
	return n
}
