package main

import (
	"encoding"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"strings"
	"time"
)

// The variables that decide what a call without arguments does.
const (
	envToken     = "DISCORD_TOKEN"
	envPublicKey = "DISCORD_PUBLIC_KEY"
)

// An expectation is the error of a setting's type: it says what the value should be. Text that may be
// shown is in got; a value that may be a secret leaves it empty.
type expectation struct{ want, got string }

func (e *expectation) Error() string {
	if e.got == "" {
		return "expected " + e.want
	}
	return fmt.Sprintf("%s: expected %s", e.got, e.want)
}

// wrongSetting names the variable whose value err rejects. It shows the value only where its type says
// that it may be shown.
func wrongSetting(name string, err error) error {
	var e *expectation
	if errors.As(err, &e) {
		err = e
	}
	return usagef("%s=%v", name, err)
}

// A secret is a value that is never shown: whatever prints it prints a placeholder.
type secret string

const hidden = "[secret]"

// UnmarshalText takes a token as people paste it: with spaces around, or with the word « Bot » that
// Discord's documentation puts before it.
func (s *secret) UnmarshalText(text []byte) error {
	words := strings.Fields(string(text))
	if len(words) > 0 && words[0] == "Bot" {
		words = words[1:]
	}
	if len(words) != 1 || strings.ContainsFunc(words[0], func(r rune) bool { return r <= ' ' || r > '~' }) {
		return &expectation{got: hidden, want: "the bot's token, one word, as the page « Bot » of the application gives it"}
	}
	*s = secret(words[0])
	return nil
}

// A secret takes the place of its value in JSON and in any other text made of it.
var _ encoding.TextMarshaler = secret("")

func (secret) String() string               { return hidden }
func (secret) GoString() string             { return hidden }
func (secret) LogValue() slog.Value         { return slog.StringValue(hidden) }
func (secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// An address is where to listen: host:port, with no host for all interfaces.
type address string

// UnmarshalText checks that the text has a port from 0 to 65535; port 0 lets the system choose one.
func (a *address) UnmarshalText(text []byte) error {
	s := strings.TrimSpace(string(text))
	_, port, err := net.SplitHostPort(s)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return &expectation{got: s, want: "host:port or :port, such as 127.0.0.1:8081 or :8080"}
	}
	*a = address(s)
	return nil
}

// A snowflake is one of Discord's IDs, "" for none.
type snowflake string

// UnmarshalText takes 17 to 20 digits: those that a 64-bit number of this century has.
// Source: https://discord.com/developers/docs/reference#snowflakes.
func (s *snowflake) UnmarshalText(text []byte) error {
	id := strings.TrimSpace(string(text))
	if len(id) < 17 || len(id) > 20 || strings.Trim(id, "0123456789") != "" {
		return &expectation{got: id, want: "an ID of 17 to 20 digits, as « Copy Server ID » gives it in Discord's developer mode"}
	}
	*s = snowflake(id)
	return nil
}

// A perMinute is how often something may happen in a minute.
type perMinute int

// UnmarshalText reads a whole number that makes sense as a limit.
func (n *perMinute) UnmarshalText(text []byte) error {
	s := strings.TrimSpace(string(text))
	v, err := strconv.Atoi(s)
	if err != nil || v < 1 || v > 60_000 {
		return &expectation{got: s, want: "a number of questions a minute, from 1 to 60000"}
	}
	*n = perMinute(v)
	return nil
}

// every is the time between two, when they come evenly.
func (n perMinute) every() time.Duration { return time.Minute / time.Duration(n) }

// A logLevel is the least serious level that is logged.
type logLevel struct{ slog.Level }

// UnmarshalText reads one of the four names that .env.example gives.
func (l *logLevel) UnmarshalText(text []byte) error {
	s := strings.TrimSpace(string(text))
	switch strings.ToLower(s) {
	case "debug", "info", "warn", "error":
		return l.Level.UnmarshalText([]byte(s))
	}
	return &expectation{got: s, want: "debug, info, warn or error"}
}

// A logFormat is how to log.
type logFormat string

// UnmarshalText reads one of the three names that .env.example gives.
func (f *logFormat) UnmarshalText(text []byte) error {
	s := strings.TrimSpace(string(text))
	switch format := logFormat(strings.ToLower(s)); format {
	case "auto", "text", "json":
		*f = format
		return nil
	}
	return &expectation{got: s, want: "auto, text or json"}
}

// A pause is a time to wait, in whole or parts of seconds.
type pause time.Duration

// maxPause is ours: what waits for longer is taken for stuck by whoever waits for it.
const maxPause = 5 * time.Minute

// UnmarshalText reads a duration as Go writes it.
func (p *pause) UnmarshalText(text []byte) error {
	s := strings.TrimSpace(string(text))
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 || d > maxPause {
		return &expectation{got: s, want: "a duration such as 5s or 500ms, at most 5m"}
	}
	*p = pause(d)
	return nil
}

// errNothingToServe is told when there is no way to reach Discord.
var errNothingToServe = &usageError{text: "neither DISCORD_TOKEN nor DISCORD_PUBLIC_KEY is set, so there is nothing to serve: " +
	"set one as .env.example shows, or try the bot without Discord: `bot playground`"}
