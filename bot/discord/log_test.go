package discord_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot/discord"
)

// A valuer is a value that says something else to a log than it is.
type valuer struct{ s string }

func (v valuer) LogValue() slog.Value { return slog.GroupValue(slog.String("inside", v.s)) }

// Secrets are taken out wherever a record can hold them, whatever writes it.
func TestRedact(t *testing.T) {
	const (
		given    = "not shaped like a token"
		shaped   = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs" // the documentation's
		inPath   = "aW50ZXJhY3Rpb246MTIz"
		callback = "https://discord.com/api/v10/interactions/123/" + inPath + "/callback"
		webhook  = "/webhooks/456/" + inPath + "?wait=true"
	)
	type config struct {
		Name  string
		Token *string
		Raw   []byte
	}
	pointed := shaped
	write := func(log *slog.Logger) {
		for _, secret := range []string{given, shaped, callback, webhook} {
			log.Info("message with "+secret, "string", secret, "bytes", []byte(secret)) //nolint:sloglint // the mistake that is tested
			log.Info("m", "error", fmt.Errorf("call: %w", &url.Error{Op: "Post", URL: callback, Err: errors.New(secret)}))
			log.Info("m", "struct", config{Name: secret, Token: &pointed, Raw: []byte(secret)})
			log.Info("m", "pointer", &config{Name: secret}, "map", map[string]any{"k": secret}, "list", []string{secret})
			log.Info("m", "valuer", valuer{secret}, slog.Group("group", "k", secret))
			log.With("with", secret, "error", errors.New(secret)).WithGroup("g").Debug("m", "k", secret)
		}
		log.Info("plain", "n", 3, "took", time.Second, "ok", true, "id", "123456789012345678", "nothing", nil)
	}
	o := &slog.HandlerOptions{Level: slog.LevelDebug, AddSource: true}
	var text, json bytes.Buffer
	write(slog.New(discord.Redact(slog.NewTextHandler(&text, o), given, "")))
	write(slog.New(discord.Redact(slog.NewJSONHandler(&json, o), given, "")))
	for name, out := range map[string]string{"text": text.String(), "JSON": json.String()} {
		for _, secret := range []string{given, shaped, inPath} {
			if i := strings.Index(out, secret); i >= 0 {
				t.Errorf("%s: %q is in …%s…", name, secret, out[max(0, i-80):i+len(secret)])
			}
		}
		for _, kept := range []string{"123456789012345678", "plain", "interactions/123/", "call: Post"} {
			if !strings.Contains(out, kept) {
				t.Errorf("%s: %q is gone", name, kept)
			}
		}
	}
	if last := text.String(); !strings.Contains(last, "n=3 took=1s ok=true") {
		t.Errorf("plain values were changed: …%s", last[max(0, len(last)-200):])
	}
}

// What discordgo logs arrives, redacted.
func TestLogDiscordgo(t *testing.T) {
	const token = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs"
	discordgo.Logger(discordgo.LogWarning, 1, "identify of the test: %v", struct{ Token string }{token})
	got := discordgoLogs.String()
	if !strings.Contains(got, "identify of the test: {[redacted]}") || strings.Contains(got, token) {
		t.Errorf("got %s", got)
	}
}

// A disabled level stays disabled.
func TestRedactKeepsTheLevel(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(discord.Redact(slog.NewTextHandler(&out, nil)))
	log.Debug("quiet")
	log.Info("aloud")
	if strings.Contains(out.String(), "quiet") || !strings.Contains(out.String(), "aloud") {
		t.Errorf("got %s", out.String())
	}
}
