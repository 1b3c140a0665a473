package main

import (
	"context"
	"fmt"
	"os/signal"
	"syscall"
	"time"

	"verbatim/bot"
	"verbatim/bot/discord"
)

// registerCmd makes Discord's commands equal to the program's.
type registerCmd struct {
	account
	Guild  snowflake `placeholder:"ID" help:"Register the commands in this server alone, where they appear at once, instead of everywhere."`
	DryRun bool      `help:"Print the difference and write nothing."`
}

// registerTime is how long registering may take in all, with Discord's pauses: a call that is refused
// for longer is better made by hand, later.
const registerTime = 2 * time.Minute

// Help is the part of the subcommand's help that no flag carries.
func (*registerCmd) Help() string {
	return `Prints what changes, a line for each command: "+" is added, "~" changed, "-" removed. Writes only when ` +
		`something does. Needs $DISCORD_TOKEN, from the environment or from .env.`
}

// Run compares, writes the difference, and prints it.
func (c *registerCmd) Run(ctx context.Context, p *program) error {
	if c.Token == "" {
		return usagef("%s is not set: registering commands needs the bot's token, as .env.example shows", envToken)
	}
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, registerTime)
	defer cancel()

	rest := discord.NewREST(discord.RESTOptions{Token: string(c.Token), Transport: p.transport})
	defer rest.Close()
	app, err := rest.Application(ctx)
	if err != nil {
		return err
	}
	diff, err := rest.Sync(ctx, app, string(c.Guild), bot.Commands(), c.DryRun)
	if err != nil {
		return err
	}
	switch {
	case diff.Empty():
		fmt.Fprintln(p.stdout, "Discord has the program's commands already.")
	case c.DryRun:
		fmt.Fprintf(p.stdout, "%sNothing was written.\n", diff)
	default:
		fmt.Fprintf(p.stdout, "%sDiscord has the program's commands now.\n", diff)
	}
	return nil
}
