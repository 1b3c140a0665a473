package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// A Roll is a list of servers, and takes note of those that the bot is in and is no longer in.
// [*library.Library] is one.
type Roll interface {
	Guilds(ctx context.Context) ([]string, error)
	Joined(ctx context.Context, guild string) error
	Left(ctx context.Context, guild string) error
}

// A Count is the outcome of a [REST.Census], in servers of the roll.
type Count struct {
	Known   int // in all
	Left    int // of them, that Discord said the bot is not in
	Unasked int // that were not on Discord's list and were not asked about, as there were too many
}

// CensusOptions tunes [REST.Census]. The zero value is what the bot runs with.
type CensusOptions struct {
	// MaxAsked bounds the servers that Discord is asked about one by one. 0 means 500: a refusal counts among
	// the 10,000 in 10 min for which Discord bans an address.
	MaxAsked int
	// Pause is the time between two such questions. 0 means 250 ms.
	Pause time.Duration
}

// Census tells a roll which of its servers the bot is still in. The bot must have a token.
//
// Nothing is concluded from a list that Discord gave in part, or not at all. A server that is not on it may
// have the bot's commands without the bot: so Discord is asked about each, and one is left only when Discord
// says that the application is not in it.
//
// Sources: https://discord.com/developers/docs/resources/user#get-current-user-guilds,
// https://discord.com/developers/docs/interactions/application-commands#get-guild-application-commands.
func (c *REST) Census(ctx context.Context, roll Roll, o CensusOptions) (Count, error) {
	maxAsked, pause := o.MaxAsked, o.Pause
	if maxAsked == 0 {
		maxAsked = 500
	}
	if pause == 0 {
		pause = 250 * time.Millisecond
	}
	known, err := roll.Guilds(ctx) // first: a server that comes later is not missed
	if err != nil {
		return Count{}, fmt.Errorf("read the servers that are known: %w", err)
	}
	count := Count{Known: len(known)}
	if len(known) == 0 {
		return count, nil
	}
	app, err := c.Application(ctx)
	if err != nil {
		return count, err
	}
	listed, err := c.guilds(ctx)
	if err != nil {
		return count, err
	}
	asked, failed := 0, 0
	for _, guild := range known {
		if listed[guild] {
			if lost := roll.Joined(ctx, guild); lost != nil {
				err = errors.Join(err, lost)
				if failed++; failed == maxFailed {
					return count, err
				}
			}
			continue
		}
		if asked == maxAsked {
			count.Unasked++
			continue
		}
		if asked++; asked > 1 && !sleep(ctx, pause) {
			return count, ctx.Err()
		}
		in, unknown := c.in(ctx, app, guild)
		switch {
		case unknown != nil:
			err = errors.Join(err, unknown)
		case in:
			err = errors.Join(err, roll.Joined(ctx, guild))
		default:
			count.Left++
			err = errors.Join(err, roll.Left(ctx, guild))
		}
	}
	return count, err
}

// maxFailed is how many servers that are there may fail to be noted: after as many it is the library that cannot be reached.
const maxFailed = 3

// guildsPage is the most servers that Discord lists at once.
const guildsPage = 200

// guilds returns the servers that the bot is in: all of them, or an error.
func (c *REST) guilds(ctx context.Context) (map[string]bool, error) {
	all := map[string]bool{}
	for after := "0"; ; {
		var page []struct {
			ID string `json:"id"`
		}
		path := fmt.Sprintf("users/@me/guilds?limit=%d&after=%s", guildsPage, url.QueryEscape(after))
		if err := c.persist(ctx, request{method: http.MethodGet, path: path, bot: true}, &page); err != nil {
			return nil, fmt.Errorf("list the bot’s servers: %w", err)
		}
		before := len(all)
		for _, g := range page {
			if g.ID == "" {
				return nil, errors.New("list the bot’s servers: Discord listed one without an ID")
			}
			all[g.ID] = true
			after = g.ID
		}
		if len(page) < guildsPage {
			return all, nil
		}
		if len(all) == before {
			return nil, errors.New("list the bot’s servers: Discord gave the same page twice")
		}
	}
}

// Discord's errors for a server that the application is not in.
//
// Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
const (
	codeUnknownGuild  = 10004
	codeMissingAccess = 50001
)

// in reports whether the application is in a server, with the bot or with its commands alone.
func (c *REST) in(ctx context.Context, app, guild string) (bool, error) {
	path := "applications/" + url.PathEscape(app) + "/guilds/" + url.PathEscape(guild) + "/commands"
	err := c.persist(ctx, request{method: http.MethodGet, path: path, bot: true}, nil)
	switch {
	case err == nil:
		return true, nil
	case hasCode(err, codeUnknownGuild), hasCode(err, codeMissingAccess):
		return false, nil
	}
	return false, fmt.Errorf("ask whether the bot is in a server: %w", err)
}
