package main

import (
	"bytes"
	"crypto/ed25519"
	"database/sql"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"verbatim/knowledge/library"
)

// A program that is older than its library says so in a sentence, and ends before it reads or changes any of it.
func TestAnOlderProgramRefusesItsLibrary(t *testing.T) {
	where := filepath.Join(t.TempDir(), "library.db")
	l, err := library.Open(t.Context(), where, library.Options{})
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", where)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.ExecContext(t.Context(), "INSERT INTO library_versions (version_id, is_applied) VALUES (999, TRUE)")
	if err := errors.Join(err, db.Close(), l.Close()); err != nil {
		t.Fatal(err)
	}
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte("v"), ed25519.SeedSize))
	for _, call := range []string{"serve", "article list"} {
		var told strings.Builder
		env := environ("LIBRARY="+where, "DISCORD_PUBLIC_KEY="+publicHex(key), "HTTP_ADDR=127.0.0.1:0", "OPS_ADDR=127.0.0.1:0")
		status := run(t.Context(), strings.Fields(call), env, strings.NewReader(""), io.Discard, &told)
		if status != statusFailed || strings.Count(told.String(), "\n") != 1 || !strings.Contains(told.String(), "written by a newer version of the program") {
			t.Errorf("bot %s: got status %d and %q, want one line that says why", call, status, told.String())
		}
	}
}
