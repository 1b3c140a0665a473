package bot

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot/discordtest"
)

func TestCommandsAreWhatDiscordTakes(t *testing.T) {
	defs := Commands()
	raw, err := json.Marshal(defs)
	if err != nil {
		t.Fatal(err)
	}
	discordtest.CheckCommands(t, raw)
	typed := regexp.MustCompile(`^[-_'\p{L}\p{N}]{1,32}$`)
	for _, def := range defs {
		names := []string{def.Name, (*def.NameLocalizations)[discordgo.EnglishUS], (*def.NameLocalizations)[discordgo.EnglishGB]}
		for _, name := range names {
			if def.Type == discordgo.ChatApplicationCommand && (!typed.MatchString(name) || strings.ToLower(name) != name) {
				t.Errorf("/%s: name %q", def.Name, name)
			}
		}
		contexts, types := 3, 2
		if def.DefaultMemberPermissions != nil {
			contexts, types = 1, 1
		}
		if len(*def.Contexts) != contexts || len(*def.IntegrationTypes) != types {
			t.Errorf("/%s: contexts %v, integration types %v, want everywhere, or only servers for moderators", def.Name, *def.Contexts, *def.IntegrationTypes)
		}
		for _, o := range def.Options {
			if !typed.MatchString(o.Name) || o.NameLocalizations[discordgo.EnglishUS] == "" || o.DescriptionLocalizations[discordgo.EnglishGB] == "" {
				t.Errorf("/%s: option %+v", def.Name, o)
			}
		}
	}
	const most = 8000 // characters of a command: https://discord.com/developers/docs/interactions/application-commands
	for _, def := range defs {
		if n := utf8.RuneCountInString(wording(def)); n > most {
			t.Errorf("/%s has %d characters, want at most %d", def.Name, n, most)
		}
	}
}

// TestModeratorsCommands names the commands that only those who manage a server are offered.
func TestModeratorsCommands(t *testing.T) {
	var got []string
	for _, def := range Commands() {
		if p := def.DefaultMemberPermissions; p != nil {
			got = append(got, def.Name)
			if *p != 1<<5 || (*def.Contexts)[0] != discordgo.InteractionContextGuild || (*def.IntegrationTypes)[0] != discordgo.ApplicationIntegrationGuildInstall {
				t.Errorf("/%s: permissions %b, contexts %v, integration types %v", def.Name, *p, *def.Contexts, *def.IntegrationTypes)
			}
		}
	}
	if want := []string{"articles", "reglages", "lacunes"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// wording returns the names and descriptions of a command in all its languages.
func wording(def *discordgo.ApplicationCommand) string {
	raw, _ := json.Marshal(def) // longer than what Discord counts
	return string(raw)
}

// TestCommandsAreTheCallersToChange changes what Commands returned, and sees what it returns next.
func TestCommandsAreTheCallersToChange(t *testing.T) {
	first := Commands()
	first[0].Name = "x"
	(*first[0].NameLocalizations)[discordgo.EnglishUS] = "x"
	first[0].Options[0].NameLocalizations[discordgo.EnglishUS] = "x"
	next := Commands()[0]
	if next.Name == "x" || (*next.NameLocalizations)[discordgo.EnglishUS] == "x" || next.Options[0].NameLocalizations[discordgo.EnglishUS] == "x" {
		t.Errorf("the change shows: %+v", next)
	}
}
