package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"github.com/bwmarrin/discordgo"
)

// Sync makes the commands that Discord has for the application app equal to commands, in the server
// guild, or everywhere when guild is empty. It returns the difference that it found, and writes only
// when there is one and dryRun is false: Discord allows an application 200 new commands a day.
//
// Discord replaces the whole list in one request, so members see the old commands or the new ones and
// never a part of both.
func (c *REST) Sync(ctx context.Context, app, guild string, commands []*discordgo.ApplicationCommand, dryRun bool) (Diff, error) {
	commands = scoped(commands, guild)
	path := commandsPath(app, guild)
	var registered []*discordgo.ApplicationCommand
	// Without the parameter Discord leaves every localization out, and each run would differ.
	read := request{method: http.MethodGet, path: path + "?with_localizations=true", bot: true}
	if err := c.persist(ctx, read, &registered); err != nil {
		return Diff{}, fmt.Errorf("read the commands from Discord: %w", err)
	}
	diff, err := diffCommands(scoped(registered, guild), commands)
	if err != nil || diff.Empty() || dryRun {
		return diff, err
	}
	body, err := json.Marshal(commands)
	if err != nil {
		return diff, fmt.Errorf("encode the commands: %w", err)
	}
	write := request{method: http.MethodPut, path: path, body: body, bot: true}
	if err := c.persist(ctx, write, nil); err != nil {
		return diff, fmt.Errorf("write the commands to Discord: %w", err)
	}
	return diff, nil
}

func commandsPath(app, guild string) string {
	path := "applications/" + url.PathEscape(app)
	if guild != "" {
		path += "/guilds/" + url.PathEscape(guild)
	}
	return path + "/commands"
}

// scoped returns a list, never nil, of the commands as they are for guild: JSON has null for nil,
// which Discord refuses. Where a command may be used and by which kind of installation are fields of
// global commands only.
//
// Source: https://discord.com/developers/docs/interactions/application-commands#application-command-object
func scoped(commands []*discordgo.ApplicationCommand, guild string) []*discordgo.ApplicationCommand {
	list := make([]*discordgo.ApplicationCommand, len(commands))
	for i, c := range commands {
		copied := *c
		if guild != "" {
			copied.Contexts, copied.IntegrationTypes = nil, nil
		}
		list[i] = &copied
	}
	return list
}
