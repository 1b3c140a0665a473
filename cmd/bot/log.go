package main

import (
	"log/slog"
	"time"

	"verbatim/bot/discord"
)

// logging is how a subcommand that runs unattended tells what happens.
type logging struct {
	LogLevel logLevel `env:"LOG_LEVEL" default:"info" placeholder:"LEVEL" help:"The least serious level to log: debug, info, warn or error."`
}

// logger writes to standard error: text for people at a terminal, JSON for programs elsewhere. The
// secrets, and whatever looks like one, are taken out of it at every level.
func (l *logging) logger(p *program, secrets ...string) *slog.Logger {
	o := &slog.HandlerOptions{Level: l.LogLevel.Level, ReplaceAttr: readable}
	var h slog.Handler = slog.NewJSONHandler(p.stderr, o)
	if isTerminal(p.stderr) {
		h = slog.NewTextHandler(p.stderr, o)
	}
	return slog.New(discord.Redact(h, secrets...))
}

// readable writes a duration as « 1.5s »: slog's JSON has nanoseconds, which nobody reads.
func readable(_ []string, a slog.Attr) slog.Attr {
	if a.Value.Kind() == slog.KindDuration {
		return slog.String(a.Key, a.Value.Duration().Round(time.Millisecond).String())
	}
	return a
}
