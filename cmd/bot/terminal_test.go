package main

import (
	"strings"
	"testing"
)

// environ is a getenv that knows only what it holds.
func environ(pairs ...string) func(string) string {
	return func(name string) string {
		for _, p := range pairs {
			if k, v, _ := strings.Cut(p, "="); k == name {
				return v
			}
		}
		return ""
	}
}

func TestWantsEnglish(t *testing.T) {
	tests := []struct {
		name string
		env  []string
		want bool
	}{
		{"nothing set", nil, false},
		{"French", []string{"LANG=fr_FR.UTF-8"}, false},
		{"English", []string{"LANG=en_US.UTF-8"}, true},
		{"no country", []string{"LANG=en.UTF-8"}, true},
		{"the plain word", []string{"LANG=en"}, true},
		{"LC_ALL first", []string{"LANG=en_US", "LC_ALL=fr_CA"}, false},
		{"then LC_MESSAGES", []string{"LANG=fr_FR", "LC_MESSAGES=en_GB"}, true},
		{"another language", []string{"LANG=enm_XX"}, false},
		{"C", []string{"LANG=C.UTF-8"}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := wantsEnglish(environ(tt.env...)); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestStreamsThatAreNoTerminals(t *testing.T) {
	var b strings.Builder
	if isTerminal(&b) || wantsColors(environ("TERM=xterm"), &b) {
		t.Error("a builder is taken for a terminal")
	}
	if got := columns(&b); got != defaultWidth {
		t.Errorf("got %d columns, want %d", got, defaultWidth)
	}
}
