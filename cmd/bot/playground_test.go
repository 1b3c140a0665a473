package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"verbatim/bot/discordtest"
	"verbatim/bot/playground"
)

// TestPlayground calls the program as a fresh clone's owner does, without anything: a page is there that
// answers, until the program is told to stop.
func TestPlayground(t *testing.T) {
	before := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, before) })
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	stdout := newJournal()
	ended := make(chan int, 1)
	go func() { ended <- run(ctx, nil, environ(), nil, stdout, io.Discard) }()
	url := strings.TrimSpace(firstLine(t, stdout))

	client := &http.Client{Transport: &http.Transport{}}
	t.Cleanup(client.CloseIdleConnections)
	if page := fetch(t, client, http.MethodGet, url, nil); !bytes.Contains(page, []byte("<!doctype html>")) {
		t.Errorf("got no page: %s", page)
	}
	var got struct {
		Response json.RawMessage
		Asked    playground.Asked
	}
	decode(t, fetch(t, client, http.MethodPost, url+"interactions", demand(1, whoReplaces)), &got)
	discordtest.CheckResponse(t, got.Response)
	if !bytes.Contains(got.Response, []byte("Jason Droege")) || got.Asked.Question != whoReplaces {
		t.Errorf("asked %q, got %s", got.Asked.Question, got.Response)
	}
	checkWhy(t, client, url, got.Asked)

	stop()
	select {
	case status := <-ended:
		if status != statusOK {
			t.Errorf("got status %d, want 0", status)
		}
	case <-time.After(patience):
		t.Fatal("the program did not end")
	}
}

// checkWhy asks for the reasons of an answer: they are the ranking's own.
func checkWhy(t *testing.T, client *http.Client, url string, q playground.Asked) {
	t.Helper()
	body, err := json.Marshal(q)
	if err != nil {
		t.Fatal(err)
	}
	var why playground.Reasons
	decode(t, fetch(t, client, http.MethodPost, url+"reasons", body), &why)
	if why.Outcome != "answered" || why.Kind != "person" || why.Confidence < why.Limit || len(why.Sentences) < 2 {
		t.Fatalf("got %+v", why)
	}
	first, second := why.Sentences[0], why.Sentences[1]
	sum := 0.0
	for _, f := range first.Features {
		sum += f.Share
	}
	if !strings.Contains(first.Text, "Jason Droege") || first.Paragraph != 9 || math.Abs(sum-(first.Score-second.Score)) > 1e-4 {
		t.Errorf("got § %d %q, whose shares add up to %v; the scores are %v and %v", first.Paragraph, first.Text, sum, first.Score, second.Score)
	}
}

// firstLine waits for a line.
func firstLine(t *testing.T, j *journal) string {
	t.Helper()
	timeout := time.After(patience)
	for {
		changed := j.changed()
		if line, _, whole := strings.Cut(j.String(), "\n"); whole {
			return line
		}
		select {
		case <-changed:
		case <-timeout:
			t.Fatalf("no line came within %v: %q", patience, j)
		}
	}
}

func fetch(t *testing.T, client *http.Client, method, url string, body []byte) []byte {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: got status %d, %s, %v", method, url, resp.StatusCode, got, err)
	}
	return got
}

func decode(t *testing.T, body []byte, v any) {
	t.Helper()
	if err := json.Unmarshal(body, v); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
}

// The page may be at an address of this machine, and at no other.
func TestLoopback(t *testing.T) {
	for text, want := range map[string]bool{
		"127.0.0.1:0": true, "[::1]:80": true, "localhost:8090": true, "127.1.2.3:1": true,
		"0.0.0.0:1": false, ":1": false, "192.168.0.1:1": false, "example.org:1": false, "127.0.0.1": false, "127.0.0.1:99999": false,
	} {
		var l loopback
		if err := l.UnmarshalText([]byte(text)); (err == nil) != want {
			t.Errorf("%s: got error %v, want it taken: %v", text, err, want)
		}
	}
}

// Where there is a screen the page is opened in the browser, once; where there is none nothing is started.
func TestBrowse(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("xdg-open is for Linux")
	}
	dir := t.TempDir()
	opened := filepath.Join(dir, "opened")
	script := "#!/bin/sh\necho \"$@\" >>" + opened + "\n"
	if err := os.WriteFile(filepath.Join(dir, "xdg-open"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
	browse(environ(), "http://127.0.0.1:1/none")
	browse(environ("DISPLAY=:0"), "http://127.0.0.1:1/some")
	for deadline := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		got, err := os.ReadFile(opened)
		if string(got) == "http://127.0.0.1:1/some\n" {
			return
		}
		if time.Now().After(deadline) || len(got) > 0 && bytes.Contains(got, []byte("none")) {
			t.Fatalf("opened %q, %v", got, err)
		}
	}
}
