package main

import (
	"context"
	"log/slog"
	"math"
	"time"

	"verbatim/bot/discord"
	"verbatim/knowledge"
)

// logging is how a subcommand that runs unattended tells what happens.
type logging struct {
	LogLevel  logLevel  `env:"LOG_LEVEL" default:"info" placeholder:"LEVEL" help:"The least serious level to log: debug, info, warn or error."`
	LogFormat logFormat `env:"LOG_FORMAT" default:"auto" placeholder:"FORMAT" help:"How to log: text, json, or auto for text at a terminal and JSON elsewhere."`
}

// logger writes to standard error. The secrets, and whatever looks like one, are taken out at every level.
func (l *logging) logger(p *program, secrets ...string) *slog.Logger {
	o := &slog.HandlerOptions{Level: l.LogLevel.Level, ReplaceAttr: readable}
	var h slog.Handler = slog.NewJSONHandler(p.stderr, o)
	if l.LogFormat == "text" || l.LogFormat == "auto" && isTerminal(p.stderr) {
		h = slog.NewTextHandler(p.stderr, o)
	}
	return slog.New(discord.Redact(h, secrets...))
}

// logAnswered returns what logs a line for each question: its outcome, and never its words or who asked.
func logAnswered(log *slog.Logger) func(context.Context, knowledge.Answer, time.Duration, error) {
	return func(ctx context.Context, a knowledge.Answer, took time.Duration, err error) {
		if err != nil {
			return // the bot logs it
		}
		log.LogAttrs(ctx, slog.LevelInfo, "question", slog.String("outcome", outcomes[a.Outcome]), slog.String("kind", a.Kind.String()),
			slog.Float64("confidence", math.Round(a.Confidence*100)/100), slog.Float64("took_ms", float64(took.Microseconds())/1000))
	}
}

// readable writes a duration as « 1.5s »: slog's JSON has nanoseconds, which nobody reads.
func readable(_ []string, a slog.Attr) slog.Attr {
	if a.Value.Kind() == slog.KindDuration {
		return slog.String(a.Key, a.Value.Duration().Round(time.Millisecond).String())
	}
	return a
}
