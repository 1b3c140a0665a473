package bot

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot/discordtest"
)

// checked are the bodies that were checked already: many interactions get the same reply.
var checked sync.Map

// checkReply checks what must hold for every reply: Discord takes it, and nothing in it can mention
// anyone, forge a link or break out of where it stands.
func checkReply(t testing.TB, r *discordgo.InteractionResponse) {
	t.Helper()
	if r == nil {
		t.Fatal("no reply")
	}
	raw, err := Encode(r)
	if err != nil {
		t.Fatalf("the reply cannot be sent: %v", err)
	}
	if _, seen := checked.LoadOrStore(string(raw), true); seen {
		return // it was found good, or has failed a test
	}
	discordtest.CheckResponse(t, raw)
	switch r.Type {
	case discordgo.InteractionResponseChannelMessageWithSource, discordgo.InteractionResponseUpdateMessage:
		checkMessage(t, r)
	case discordgo.InteractionApplicationCommandAutocompleteResult:
		checkChoices(t, r.Data.Choices)
	case discordgo.InteractionResponsePong:
	case discordgo.InteractionResponseDeferredChannelMessageWithSource:
		if r.Data.Flags != discordgo.MessageFlagsEphemeral {
			t.Errorf("a promise with flags %b, want a private one", r.Data.Flags)
		}
	case discordgo.InteractionResponseModal:
		checkModal(t, r)
	default:
		t.Errorf("a reply of type %d", r.Type)
	}
}

func checkMessage(t testing.TB, r *discordgo.InteractionResponse) {
	t.Helper()
	d := r.Data
	if d.Content != "" || len(d.Embeds) > 0 || d.Flags&discordgo.MessageFlagsIsComponentsV2 == 0 {
		t.Errorf("content %q, %d embeds, flags %b: want components only", d.Content, len(d.Embeds), d.Flags)
	}
	if m := d.AllowedMentions; m == nil || m.Parse == nil || len(m.Parse)+len(m.Users)+len(m.Roles) > 0 || m.RepliedUser {
		t.Errorf("allowed mentions: %+v, want an empty list", m)
	}
	components := everyComponent(r)
	if len(components) == 0 || len(components) > maxComponents {
		t.Errorf("%d components", len(components))
	}
	runes, ids := 0, map[string]bool{}
	for _, c := range components {
		switch c := c.(type) {
		case discordgo.TextDisplay:
			runes += utf8.RuneCountInString(c.Content)
			checkText(t, c.Content)
		case discordgo.ActionsRow:
			if len(c.Components) == 0 || len(c.Components) > 5 {
				t.Errorf("a row of %d", len(c.Components))
			}
		case discordgo.Button:
			if c.Style != discordgo.LinkButton {
				checkID(t, ids, c.CustomID)
			}
			if n := utf8.RuneCountInString(c.Label); n > maxLabel || n == 0 && c.Emoji == nil {
				t.Errorf("a label of %d characters: %q", n, c.Label)
			}
		case discordgo.SelectMenu:
			checkID(t, ids, c.CustomID)
			if c.MenuType == discordgo.StringSelectMenu {
				checkOptions(t, c.Options)
			} else if len(c.Options) > 0 || len(c.DefaultValues) > c.MaxValues {
				t.Errorf("a select of channels with %d options, %d of at most %d chosen", len(c.Options), len(c.DefaultValues), c.MaxValues)
			}
		}
	}
	if runes > maxText {
		t.Errorf("%d characters of text", runes)
	}
}

// checkText checks that a text display holds no construct but those of the frame.
func checkText(t testing.TB, markdown string) {
	t.Helper()
	if markdown == "" {
		t.Error("an empty text display")
	}
	for _, active := range render(markdown).active {
		switch {
		case slices.Contains([]string{"line ## ", "line ### ", "line -# ", "line - ", "code `https://`", "code `http://`", "code `prive`", "code `private`"}, active):
		case ours.MatchString(active):
		case strings.HasPrefix(active, "bracketed <#") && isListOfChannels(markdown):
		default:
			t.Errorf("%q holds %q", markdown, active)
		}
	}
}

// ours matches the commands that the bot names to members.
var ours = regexp.MustCompile("^code `/(?:article|articles|demander|aide|reglages|lacunes|ask|help|settings|gaps)(?: (?:ajouter|lister|retirer|actualiser|add|list|remove|refresh))?`$")

// isListOfChannels reports whether a text is the one that names channels.
func isListOfChannels(markdown string) bool {
	fr, _, _ := strings.Cut(inFrench.channelsElsewhere, "%s")
	en, _, _ := strings.Cut(inEnglish.channelsElsewhere, "%s")
	return strings.HasPrefix(markdown, fr) || strings.HasPrefix(markdown, en)
}

// checkModal checks a window: it says who it is, and all of its fields can be told apart.
func checkModal(t testing.TB, r *discordgo.InteractionResponse) {
	t.Helper()
	ids := map[string]bool{}
	checkID(t, ids, r.Data.CustomID)
	fields := 0
	for _, c := range r.Data.Components {
		switch c := c.(type) {
		case discordgo.TextDisplay:
			checkText(t, c.Content)
		case discordgo.Label:
			input, _ := c.Component.(discordgo.TextInput)
			checkID(t, ids, input.CustomID)
			fields++
		default:
			t.Errorf("a window with %T", c)
		}
	}
	if fields == 0 || len(r.Data.Components) > 5 || size(r.Data.Title) > 45 {
		t.Errorf("a window of %d fields, %d components, %q", fields, len(r.Data.Components), r.Data.Title)
	}
}

func checkID(t testing.TB, seen map[string]bool, id string) {
	t.Helper()
	if n := utf8.RuneCountInString(id); n == 0 || n > maxChoice || seen[id] {
		t.Errorf("custom ID %q: %d characters, seen before: %v", id, n, seen[id])
	}
	seen[id] = true
}

func checkOptions(t testing.TB, options []discordgo.SelectMenuOption) {
	t.Helper()
	if len(options) == 0 || len(options) > maxChoices {
		t.Errorf("%d options", len(options))
	}
	seen := map[string]bool{}
	for _, o := range options {
		if n := utf8.RuneCountInString(o.Label); n == 0 || n > maxChoice {
			t.Errorf("an option of %d characters: %q", n, o.Label)
		}
		if o.Value == "" || len(o.Value) > maxChoice || seen[o.Value] || utf8.RuneCountInString(o.Description) > maxChoice {
			t.Errorf("option %q, value %q, seen before: %v", o.Description, o.Value, seen[o.Value])
		}
		seen[o.Value] = true
	}
}

func checkChoices(t testing.TB, list []*discordgo.ApplicationCommandOptionChoice) {
	t.Helper()
	if len(list) > maxChoices {
		t.Errorf("%d choices", len(list))
	}
	for _, c := range list {
		value, _ := c.Value.(string)
		for _, text := range []string{c.Name, value} {
			if n := utf8.RuneCountInString(text); n == 0 || n > maxChoice {
				t.Errorf("a choice of %d characters: %q", n, text)
			}
		}
	}
}
