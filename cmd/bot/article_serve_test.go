package main

import (
	"bytes"
	"crypto/ed25519"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A bot that serves quotes what the command line adds within two seconds, stops quoting what it removes, and has
// it all again when it is started again.
func TestServingSeesTheCommandLine(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "library.db")
	for name, text := range map[string]string{"club.txt": "Le club de bridge ouvre mardi à 18 h.", "shared/charte.txt": "La charte du réseau date de 1998."} {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	call := func(args ...string) {
		t.Helper()
		var stderr bytes.Buffer
		if status := run(t.Context(), append([]string{"article"}, args...), environ("LIBRARY="+file), nil, io.Discard, &stderr); status != statusOK {
			t.Fatalf("bot article %s: got status %d: %s", strings.Join(args, " "), status, &stderr)
		}
	}
	private := ed25519.NewKeyFromSeed(bytes.Repeat([]byte("v"), ed25519.SeedSize))
	client := &http.Client{Transport: &http.Transport{}}
	t.Cleanup(client.CloseIdleConnections)
	serve := func() (r *running, ask func(question string) string) {
		r = newRunning(t)
		r.start("DISCORD_PUBLIC_KEY="+publicHex(private), "LIBRARY="+file, "ARTICLES_DIR="+filepath.Join(folder, "shared"))
		url := "http://" + r.logged("http_addr") + "/interactions"
		n := 0
		return r, func(question string) string {
			t.Helper()
			n++
			_, reply := post(t, client, url, demand(n, question), private)
			return string(reply)
		}
	}
	const when, tuesday = "Quand ouvre le club de bridge ?", "mardi"
	within := func(ask func(string) string, what string, holds bool) {
		t.Helper()
		for began := time.Now(); strings.Contains(ask(when), tuesday) != holds; time.Sleep(100 * time.Millisecond) {
			if time.Since(began) > 2*time.Second {
				t.Fatalf("%s: not seen within two seconds", what)
			}
		}
	}

	r, ask := serve()
	if reply := ask("De quand date la charte du réseau ?"); !strings.Contains(reply, "1998") {
		t.Errorf("the folder's article: got %s", reply)
	}
	if reply := ask(whoReplaces); strings.Contains(reply, "Droege") {
		t.Errorf("the article of the program is known beside the operator's own: got %s", reply)
	}
	call("add", "--guild", "300000000000000001", filepath.Join(folder, "club.txt"))
	within(ask, "an addition", true)
	call("remove", "--guild", "300000000000000001", "club")
	within(ask, "a removal", false)
	call("add", "--guild", "300000000000000001", filepath.Join(folder, "club.txt"))
	if status := r.stop(); status != statusOK {
		t.Errorf("got status %d", status)
	}
	_, ask = serve()
	if reply := ask(when); !strings.Contains(reply, tuesday) {
		t.Errorf("after a restart: got %s", reply)
	}
}
