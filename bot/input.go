package bot

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge/library"
)

// A request is an interaction being answered. What it holds came from outside: nothing of it may be
// there, and what is there may be of any type, so each reader below gives a zero value instead.
// discordgo's own readers (IntValue, StringValue, …) panic there.
type request struct {
	*discordgo.Interaction
	words *catalogue
	guild string // the server whose library answers, "" when that is the operator's shelf alone

	// What members' requests are answered from, while they are; see [Bot.informed].
	corpus   *corpus
	settings library.Settings

	later func(context.Context, Edit) // what is left to do once a deferred response is sent
}

// command returns what was called, the zero value when the interaction calls no command.
func (r *request) command() discordgo.ApplicationCommandInteractionData {
	data, _ := r.Data.(discordgo.ApplicationCommandInteractionData)
	return data
}

// newRequest returns a request for an interaction.
func newRequest(i *discordgo.Interaction) *request {
	r := &request{Interaction: i, words: speak(i), guild: i.GuildID}
	if owners := i.AuthorizingIntegrationOwners; len(owners) > 0 && owners[discordgo.ApplicationIntegrationGuildInstall] != i.GuildID {
		r.guild = "" // the member brought the bot into a server that has not installed it
	}
	return r
}

// options returns the options that were given, of the subcommand when there is one.
func (r *request) options() []*discordgo.ApplicationCommandInteractionDataOption {
	options := r.command().Options
	if len(options) == 1 && options[0] != nil && options[0].Type == discordgo.ApplicationCommandOptionSubCommand {
		return options[0].Options
	}
	return options
}

// subcommand returns the name of the subcommand, "" when there is none.
func (r *request) subcommand() string {
	options := r.command().Options
	if len(options) == 1 && options[0] != nil && options[0].Type == discordgo.ApplicationCommandOptionSubCommand {
		return options[0].Name
	}
	return ""
}

// option returns the option of that name, nil when it was not given.
func (r *request) option(name string) *discordgo.ApplicationCommandInteractionDataOption {
	for _, o := range r.options() {
		if o != nil && o.Name == name {
			return o
		}
	}
	return nil
}

// text returns the option of that name, "" when it was not given or is no text.
func (r *request) text(name string) string {
	if o := r.option(name); o != nil {
		text, _ := o.Value.(string)
		return text
	}
	return ""
}

// flag returns the option of that name, false when it was not given or is neither true nor false.
func (r *request) flag(name string) bool {
	if o := r.option(name); o != nil {
		flag, _ := o.Value.(bool)
		return flag
	}
	return false
}
