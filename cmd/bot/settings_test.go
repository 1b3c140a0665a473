package main

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"verbatim/knowledge"
)

func TestSecretIsNeverShown(t *testing.T) {
	const token = "MTIz.abc.def"
	var s secret
	if err := s.UnmarshalText([]byte(" Bot " + token + "\n")); err != nil {
		t.Fatal(err)
	}
	if string(s) != token {
		t.Fatalf("got %q, want %q", string(s), token)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%v %+v %#v %s %q %x", s, s, s, s, s, s)
	fmt.Fprintf(&b, "%v %+v %#v", struct{ S secret }{s}, &struct{ S secret }{s}, []secret{s})
	slog.New(slog.NewJSONHandler(&b, nil)).Info("m", "token", s, "all", map[string]any{"token": s})
	slog.New(slog.NewTextHandler(&b, nil)).Info("m", "token", s)
	if got := b.String(); strings.Contains(got, token) || strings.Contains(got, fmt.Sprintf("%x", token)) {
		t.Errorf("the token is shown: %s", got)
	}
}

func TestSettings(t *testing.T) {
	tests := []struct {
		name, text string
		setting    interface{ UnmarshalText([]byte) error }
		want       string // of the error, "" for none
	}{
		{"token", "MTIz.abc.def", new(secret), ""},
		{"token in two words", "MTIz abc", new(secret), "[secret]: expected the bot's token, one word"},
		{"token of control characters", "MTIz\x00", new(secret), "[secret]: expected"},
		{"no token", "Bot ", new(secret), "[secret]: expected"},
		{"address", "127.0.0.1:8081", new(address), ""},
		{"all interfaces", ":8080", new(address), ""},
		{"IPv6", "[::1]:0", new(address), ""},
		{"no port", "localhost", new(address), "localhost: expected host:port"},
		{"port too high", ":65536", new(address), ":65536: expected host:port"},
		{"port by name", ":http", new(address), ":http: expected host:port"},
		{"limit", "60", new(perMinute), ""},
		{"no limit", "0", new(perMinute), "0: expected a number of questions a minute"},
		{"limit in words", "many", new(perMinute), "many: expected"},
		{"snowflake", "300000000000000001", new(snowflake), ""},
		{"no snowflake", "30000000000000000a", new(snowflake), "30000000000000000a: expected an ID"},
		{"level", "warn", new(logLevel), ""},
		{"level in capitals", "DEBUG", new(logLevel), ""},
		{"no such level", "verbose", new(logLevel), "verbose: expected debug, info, warn or error"},
		{"level and a half", "info+2", new(logLevel), "info+2: expected"},
		{"format", "json", new(logFormat), ""},
		{"format in capitals", "TEXT", new(logFormat), ""},
		{"no such format", "yaml", new(logFormat), "yaml: expected auto, text or json"},
		{"pause", "500ms", new(pause), ""},
		{"no pause", "0s", new(pause), ""},
		{"pause without a unit", "5", new(pause), "5: expected a duration"},
		{"pause backwards", "-1s", new(pause), "-1s: expected a duration"},
		{"pause of a day", "24h", new(pause), "24h: expected a duration such as 5s or 500ms, at most 5m"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.setting.UnmarshalText([]byte(tt.text))
			switch {
			case tt.want == "" && err != nil:
				t.Errorf("got %v, want no error", err)
			case tt.want != "" && (err == nil || !strings.HasPrefix(err.Error(), tt.want)):
				t.Errorf("got %v, want %s…", err, tt.want)
			}
		})
	}
}

func TestLogLevel(t *testing.T) {
	var l logLevel
	if err := l.UnmarshalText([]byte("warn")); err != nil || l.Level != slog.LevelWarn {
		t.Errorf("got %v, %v", l.Level, err)
	}
}

// A log that no terminal shows is JSON, unless it is asked to be text.
func TestLogFormat(t *testing.T) {
	for format, want := range map[logFormat]string{"auto": `"msg":"question"`, "json": `"msg":"question"`, "text": "msg=question outcome=no_terms"} {
		var b strings.Builder
		l := logging{LogFormat: format}
		logAnswered(l.logger(&program{stderr: &b}))(t.Context(), knowledge.Answer{Question: "hunter2"}, time.Millisecond, nil)
		if got := b.String(); !strings.Contains(got, want) || strings.Contains(got, "hunter2") || strings.Count(got, "\n") != 1 {
			t.Errorf("%s: got %q, want a line with %s and no word of the question", format, got, want)
		}
	}
}
