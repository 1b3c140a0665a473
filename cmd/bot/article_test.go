package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTitle(t *testing.T) {
	tests := []struct{ base, want string }{
		{"article", "Article"},
		{"reglement_du-club", "Reglement du club"},
		{"été à Nice", "Été à Nice"},
		{"  --a--  ", "A"},
		{"--", "--"},
		{"2024", "2024"},
	}
	for _, tt := range tests {
		if got := title(tt.base); got != tt.want {
			t.Errorf("title(%q): got %q, want %q", tt.base, got, tt.want)
		}
	}
}

func TestLoadArticleTooLong(t *testing.T) {
	file := filepath.Join(t.TempDir(), "long.txt")
	if err := os.WriteFile(file, bytes.Repeat([]byte("Un mot. "), maxArticle/8+1), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := loadArticle(file)
	if err == nil || !strings.HasSuffix(err.Error(), "it is longer than 16 MiB, as no article is") {
		t.Errorf("got %v", err)
	}
}

func TestLines(t *testing.T) {
	var got []string
	for line, err := range lines(strings.NewReader("un\n\n" + strings.Repeat("x", maxLine+1) + "\nquatre\n")) {
		if err != nil {
			line = err.Error()
		}
		got = append(got, line)
	}
	want := []string{"un", "", "line 3: bufio.Scanner: token too long"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got %q, want %q", got, want)
	}
}
