package bot

import (
	"context"

	"github.com/bwmarrin/discordgo"
)

// A request is an interaction being answered. What it holds came from outside: nothing of it may be
// there, and what is there may be of any type, so each reader below gives a zero value instead.
// discordgo's own readers (IntValue, StringValue, …) panic there.
type request struct {
	*discordgo.Interaction
	words *catalogue
	later func(context.Context, Edit) // what is left to do once a deferred response is sent
}

// command returns what was called, the zero value when the interaction calls no command.
func (r *request) command() discordgo.ApplicationCommandInteractionData {
	data, _ := r.Data.(discordgo.ApplicationCommandInteractionData)
	return data
}

// option returns the option of that name, nil when it was not given.
func (r *request) option(name string) *discordgo.ApplicationCommandInteractionDataOption {
	for _, o := range r.command().Options {
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
