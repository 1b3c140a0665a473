package discord

import (
	"context"
	"fmt"
	"log/slog"
	"regexp"
	"strings"

	"github.com/bwmarrin/discordgo"
)

const redacted = "[redacted]"

// tokens finds what has the shape of a secret: a bot token, and the token in an interaction's address.
//
// Sources: https://discord.com/developers/docs/reference#authentication-example-bot-token-authorization-header
// (two parts vary in length over the years) and the addresses of
// https://discord.com/developers/docs/interactions/receiving-and-responding#endpoints.
var tokens = regexp.MustCompile(`[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}|((?:interactions|webhooks)/\d+/)[^/?"\s]+`)

// Redact returns a handler that passes records on to h with every secret replaced: the ones given,
// and whatever has the shape of one, in the message and in the values of any kind. An empty secret is none.
func Redact(h slog.Handler, secrets ...string) slog.Handler {
	pairs := make([]string, 0, 2*len(secrets))
	for _, s := range secrets {
		if s != "" {
			pairs = append(pairs, s, redacted)
		}
	}
	return redactor{h, strings.NewReplacer(pairs...)}
}

type redactor struct {
	slog.Handler
	secrets *strings.Replacer
}

func (r redactor) Handle(ctx context.Context, rec slog.Record) error {
	clean := slog.NewRecord(rec.Time, rec.Level, r.text(rec.Message), rec.PC)
	rec.Attrs(func(a slog.Attr) bool {
		clean.AddAttrs(r.attr(a))
		return true
	})
	return r.Handler.Handle(ctx, clean)
}

func (r redactor) WithAttrs(attrs []slog.Attr) slog.Handler {
	return redactor{r.Handler.WithAttrs(r.attrs(attrs)), r.secrets}
}

func (r redactor) WithGroup(name string) slog.Handler {
	return redactor{r.Handler.WithGroup(name), r.secrets}
}

func (r redactor) attrs(attrs []slog.Attr) []slog.Attr {
	clean := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		clean[i] = r.attr(a)
	}
	return clean
}

func (r redactor) attr(a slog.Attr) slog.Attr {
	switch v := a.Value.Resolve(); v.Kind() {
	case slog.KindString:
		return slog.String(a.Key, r.text(v.String()))
	case slog.KindGroup:
		return slog.Attr{Key: a.Key, Value: slog.GroupValue(r.attrs(v.Group())...)}
	case slog.KindAny: // an error, a struct, bytes: a handler may print any field of it
		return slog.String(a.Key, r.text(words(v.Any())))
	default: // a number, a time: nothing to hide
		return slog.Attr{Key: a.Key, Value: v}
	}
}

// words is v as text, with the strings that it holds in plain sight.
func words(v any) string {
	if b, ok := v.([]byte); ok {
		return string(b)
	}
	return fmt.Sprintf("%+v", v)
}

// text returns s without its secrets.
func (r redactor) text(s string) string {
	return tokens.ReplaceAllString(r.secrets.Replace(s), "${1}"+redacted)
}

// LogDiscordgo sends what discordgo logs to log, redacted. It is all at debug level: what matters of it
// is told at its own level by the [Gateway]. It sets a variable of discordgo's, so it is called once,
// before anything else of that package, and does nothing where the level is disabled.
func LogDiscordgo(log *slog.Logger, secrets ...string) {
	if !log.Enabled(context.Background(), slog.LevelDebug) {
		return
	}
	log = slog.New(Redact(log.Handler(), secrets...))
	discordgo.Logger = func(_, _ int, format string, a ...any) {
		log.Debug("discordgo logs", "message", strings.TrimSpace(fmt.Sprintf(format, a...)))
	}
}
