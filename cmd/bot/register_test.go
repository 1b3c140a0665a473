package main

import (
	"net/http"
	"strings"
	"testing"

	"verbatim/bot/discordtest"
)

// TestRegister goes through what an operator does: look, write, look again.
func TestRegister(t *testing.T) {
	fake := discordtest.New(t)
	register := func(args ...string) string {
		t.Helper()
		var out, errs strings.Builder
		p := &program{
			getenv:    environ("DISCORD_TOKEN=" + discordtest.Token),
			stdout:    &out,
			stderr:    &errs,
			transport: fake.Transport(),
		}
		if status := p.run(t.Context(), append([]string{"register"}, args...)); status != statusOK {
			t.Fatalf("bot register %s: got status %d: %s", strings.Join(args, " "), status, errs.String())
		}
		return out.String()
	}
	writes := func() (n int) {
		for _, r := range fake.REST.Requests(discordtest.RouteCommands) {
			if r.Method != http.MethodGet {
				n++
			}
		}
		return n
	}
	const same = "Discord has the program's commands already.\n"
	steps := []struct {
		args   []string
		want   []string // lines of what is printed
		writes int      // so far
	}{
		{[]string{"--dry-run"}, []string{"+ /demander", "+ /aide", "Nothing was written."}, 0},
		{nil, []string{"+ /demander", "Discord has the program's commands now."}, 1},
		{nil, []string{same}, 1},
		{[]string{"--dry-run"}, []string{same}, 1},
		{[]string{"--guild=300000000000000001"}, []string{"+ /demander"}, 2},
		{[]string{"--guild=300000000000000001"}, []string{same}, 2},
	}
	for _, s := range steps {
		got := register(s.args...)
		for _, want := range s.want {
			if !strings.Contains(got, strings.TrimSpace(want)+"\n") {
				t.Errorf("bot register %s: got %q, want %q in it", strings.Join(s.args, " "), got, want)
			}
		}
		if n := writes(); n != s.writes {
			t.Errorf("after bot register %s: got %d writes, want %d", strings.Join(s.args, " "), n, s.writes)
		}
	}
}
