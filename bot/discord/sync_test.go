package discord

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"

	"verbatim/bot"
	"verbatim/bot/discordtest"
)

// methods are the methods of the requests that the fake got for commands.
func methods(fake *discordtest.Server) string {
	var m []string
	for _, r := range fake.REST.Requests(discordtest.RouteCommands) {
		m = append(m, r.Method)
	}
	return strings.Join(m, " ")
}

// TestSyncIsIdempotent registers the program's own commands twice, everywhere and in one server.
func TestSyncIsIdempotent(t *testing.T) {
	for name, guild := range map[string]string{"everywhere": "", "in a server": "300000000000000001"} {
		t.Run(name, func(t *testing.T) {
			fake := discordtest.New(t)
			rest := newREST(fake)
			sync := func(dryRun bool) Diff {
				t.Helper()
				d, err := rest.Sync(t.Context(), discordtest.ApplicationID, guild, bot.Commands(), dryRun)
				if err != nil {
					t.Fatal(err)
				}
				return d
			}
			if d := sync(true); len(d.Added) != len(bot.Commands()) || !strings.Contains(d.String(), "+ /demander\n") {
				t.Errorf("dry run on an empty list: got\n%s", d)
			}
			if got := methods(fake); got != "GET" {
				t.Errorf("a dry run sent %s", got)
			}
			if d := sync(false); len(d.Added) != len(bot.Commands()) {
				t.Errorf("first run: got\n%s", d)
			}
			for range 2 {
				if d := sync(false); !d.Empty() || d.String() != "" {
					t.Errorf("later run: got a difference\n%s", d)
				}
			}
			if got := methods(fake); got != "GET GET PUT GET GET" {
				t.Errorf("got requests %s, want one PUT", got)
			}
		})
	}
}

func TestSyncWritesAChange(t *testing.T) {
	fake := discordtest.New(t)
	rest := newREST(fake)
	old := []*discordgo.ApplicationCommand{
		{Name: "citer", Description: "Cite."},
		{Name: "aide", Description: "Dit ce qu’il sait faire.", Options: []*discordgo.ApplicationCommandOption{
			{Type: discordgo.ApplicationCommandOptionString, Name: "sujet", Description: "Le sujet."},
			{Type: discordgo.ApplicationCommandOptionBoolean, Name: "prive", Description: "Pour moi."},
		}},
	}
	if _, err := rest.Sync(t.Context(), discordtest.ApplicationID, "", old, false); err != nil {
		t.Fatal(err)
	}
	english := map[discordgo.Locale]string{discordgo.EnglishUS: "help"}
	admins := int64(discordgo.PermissionManageGuild)
	now := []*discordgo.ApplicationCommand{
		{Name: "Chercher", Type: discordgo.MessageApplicationCommand},
		{Name: "aide", Description: "Aide.", NameLocalizations: &english, DefaultMemberPermissions: &admins, Options: []*discordgo.ApplicationCommandOption{
			{Type: discordgo.ApplicationCommandOptionBoolean, Name: "prive", Description: "Pour moi.", Required: true},
			{Type: discordgo.ApplicationCommandOptionString, Name: "sujet", Description: "Le sujet."},
		}},
	}
	d, err := rest.Sync(t.Context(), discordtest.ApplicationID, "", now, false)
	if err != nil {
		t.Fatal(err)
	}
	want := `+ message menu “Chercher”
~ /aide
    default_member_permissions: (none) → "32"
    description: "Dit ce qu’il sait faire." → "Aide."
    name_localizations.en-US: (none) → "help"
    options: ["sujet","prive"] → ["prive","sujet"]
    options.prive.required: (none) → true
- /citer
`
	if diff := cmp.Diff(want, d.String()); diff != "" {
		t.Errorf("difference (-want +got):\n%s", diff)
	}
	if d, err := rest.Sync(t.Context(), discordtest.ApplicationID, "", now, true); err != nil || !d.Empty() {
		t.Errorf("after writing: got %v\n%s", err, d)
	}
	if d, err := rest.Sync(t.Context(), discordtest.ApplicationID, "", nil, false); err != nil || len(d.Removed) != 2 {
		t.Errorf("removing all: got %v\n%s", err, d)
	}
}

// TestDefaultsAreEqual pairs what Discord writes back with what a program may leave out, or must not.
func TestDefaultsAreEqual(t *testing.T) {
	const base = `"name":"a","description":"b"`
	tests := []struct {
		name, registered, wanted string
		equal                    bool
	}{
		{"Discord’s own fields", `{"id":"1","application_id":"2","guild_id":"3","version":"4","type":1,"nsfw":false,"dm_permission":true,` + base + `}`, `{` + base + `}`, true},
		{"null localizations", `{"name_localizations":null,"description_localizations":null,` + base + `}`, `{"name_localizations":{},` + base + `}`, true},
		{"null options", `{"options":null,` + base + `}`, `{"options":[],` + base + `}`, true},
		{"null contexts", `{"contexts":null,` + base + `}`, `{"contexts":[0,1,2],` + base + `}`, true},
		{"contexts in another order", `{"contexts":[2,0],` + base + `}`, `{"contexts":[0,2],` + base + `}`, true},
		{"other contexts", `{"contexts":[0],` + base + `}`, `{"contexts":[0,1],` + base + `}`, false},
		{"contexts taken away", `{"contexts":[0],` + base + `}`, `{` + base + `}`, false},
		{"installation by default", `{"integration_types":[0],` + base + `}`, `{` + base + `}`, true},
		{"another installation", `{"integration_types":[0],` + base + `}`, `{"integration_types":[0,1],` + base + `}`, false},
		{"no permissions", `{"default_member_permissions":null,` + base + `}`, `{` + base + `}`, true},
		{"permissions of nobody", `{"default_member_permissions":null,` + base + `}`, `{"default_member_permissions":"0",` + base + `}`, false},
		{"for adults", `{"nsfw":true,` + base + `}`, `{` + base + `}`, false},
		{"an option’s defaults", `{"options":[{"type":3,"name":"o","description":"d"}],` + base + `}`,
			`{"options":[{"type":3,"name":"o","description":"d","required":false,"autocomplete":false,"choices":[],"channel_types":null,"min_length":0}],` + base + `}`, true},
		{"an option’s type", `{"options":[{"type":3,"name":"o","description":"d"}],` + base + `}`, `{"options":[{"type":4,"name":"o","description":"d"}],` + base + `}`, false},
		{"a least value of nought", `{"options":[{"type":4,"name":"o","description":"d"}],` + base + `}`, `{"options":[{"type":4,"name":"o","description":"d","min_value":0}],` + base + `}`, false},
		{"a choice", `{"options":[{"type":3,"name":"o","description":"d","choices":[{"name":"x","value":"1","name_localizations":null}]}],` + base + `}`,
			`{"options":[{"type":3,"name":"o","description":"d","choices":[{"name":"x","value":"1"}]}],` + base + `}`, true},
		{"a choice’s value", `{"options":[{"type":3,"name":"o","description":"d","choices":[{"name":"x","value":"1"}]}],` + base + `}`,
			`{"options":[{"type":3,"name":"o","description":"d","choices":[{"name":"x","value":"2"}]}],` + base + `}`, false},
		{"a subcommand’s option", `{"options":[{"type":1,"name":"s","description":"d","options":[{"type":3,"name":"o","description":"d"}]}],` + base + `}`,
			`{"options":[{"type":1,"name":"s","description":"d","options":[{"type":3,"name":"o","description":"e"}]}],` + base + `}`, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := diffCommands(commandsOf(t, tt.registered), commandsOf(t, tt.wanted))
			if err != nil {
				t.Fatal(err)
			}
			if d.Empty() != tt.equal {
				t.Errorf("equal: got %v, want %v\n%s", d.Empty(), tt.equal, d)
			}
		})
	}
}

func commandsOf(t *testing.T, raw string) []*discordgo.ApplicationCommand {
	t.Helper()
	var c *discordgo.ApplicationCommand
	if err := json.Unmarshal([]byte(raw), &c); err != nil {
		t.Fatal(err)
	}
	return []*discordgo.ApplicationCommand{c}
}

func TestSyncInTrouble(t *testing.T) {
	fake := discordtest.New(t)
	rest := newREST(fake)
	sync := func(ctx context.Context) error {
		_, err := rest.Sync(ctx, discordtest.ApplicationID, "", bot.Commands(), false)
		return err
	}
	soon, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	fake.REST.Break(discordtest.RouteCommands, discordtest.Trouble{Status: 503})
	if err := sync(soon); err == nil || !strings.Contains(err.Error(), "read the commands from Discord: Discord answered 503") {
		t.Errorf("got %v", err)
	}
	fake.REST.Break(discordtest.RouteCommands, discordtest.Trouble{}, discordtest.Trouble{Status: 400, Code: 50035, Message: "Invalid Form Body"})
	err := sync(t.Context())
	if refused, ok := errors.AsType[*APIError](err); !ok || refused.Code != 50035 || !strings.HasPrefix(err.Error(), "write the commands to Discord") {
		t.Errorf("got %v", err)
	}
	fake.REST.Break(discordtest.RouteCommands, discordtest.Trouble{}, discordtest.RateLimited(time.Hour, false))
	began := time.Now()
	if err := sync(t.Context()); err == nil || !strings.Contains(err.Error(), "try again in 1h0m0s") || time.Since(began) > time.Second {
		t.Errorf("got %v after %v, want the hour told at once", err, time.Since(began))
	}
	fake.REST.Break(discordtest.RouteCommands, discordtest.RateLimited(100*time.Millisecond, true))
	if err := sync(t.Context()); err != nil {
		t.Errorf("after a pause: %v", err)
	}
}

func TestCommandsAreWhatDiscordTakes(t *testing.T) {
	raw, err := json.Marshal(bot.Commands())
	if err != nil {
		t.Fatal(err)
	}
	discordtest.CheckCommands(t, raw)
}
