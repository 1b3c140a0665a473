package main

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"verbatim/bot/discord"
	"verbatim/bot/discordtest"
	"verbatim/knowledge"
	"verbatim/knowledge/library"
)

// libraryOf returns a library with an article, « a », of each server.
func libraryOf(t *testing.T, now func() time.Time, guilds ...string) *library.Library {
	t.Helper()
	l, err := library.Open(t.Context(), "", library.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	article, err := knowledge.NewArticle(knowledge.Meta{ID: "a", Title: "Un article"}, "La réunion commence à neuf heures.")
	if err != nil {
		t.Fatal(err)
	}
	for _, guild := range guilds {
		if _, _, err := l.Put(t.Context(), guild, article); err != nil {
			t.Fatal(err)
		}
	}
	return l
}

// TestCensusForgetsServersThatRemovedTheBot keeps articles of three servers, of which one has removed the bot: once
// its days of grace are over its articles are deleted, and those of the others are not.
func TestCensusForgetsServersThatRemovedTheBot(t *testing.T) {
	const in, back, gone = "300000000000000001", "300000000000000002", "300000000000000003"
	var mu sync.Mutex
	now := time.Now()
	l := libraryOf(t, func() time.Time { mu.Lock(); defer mu.Unlock(); return now }, in, back, gone)
	if err := l.Left(t.Context(), back); err != nil { // as it seemed the last time
		t.Fatal(err)
	}
	fake := discordtest.New(t)
	fake.REST.SetGuilds(in, back)
	rest := discord.NewREST(discord.RESTOptions{Token: discordtest.Token, Transport: fake.Transport()})
	defer rest.Close()
	ctx, cancel := context.WithCancel(t.Context())
	journal := newJournal()
	done := make(chan error, 1)
	go func() {
		done <- (&census{rest: rest, roll: l, first: time.Millisecond, log: slog.New(slog.NewTextHandler(journal, nil))}).run(ctx)
	}()
	for changed := journal.changed(); journal.String() == ""; changed = journal.changed() {
		select {
		case <-changed:
		case <-time.After(patience):
			t.Fatal("no census is told in the log")
		}
	}
	cancel()
	if err := <-done; err != nil {
		t.Errorf("run: %v", err)
	}
	mu.Lock()
	now = now.Add(8 * 24 * time.Hour)
	mu.Unlock()
	for _, guild := range []string{in, back, gone} {
		if err := l.SweepLeft(t.Context(), guild); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := l.Guilds(t.Context())
	if err != nil || !slices.Equal(kept, []string{in, back}) {
		t.Errorf("kept are %v (%v), want %v\n%s", kept, err, []string{in, back}, journal)
	}
}

// Two servers removed the bot longer ago than the days of grace. One added it again while the program was away, or on a
// day on which nobody asked anything: Discord says so to the census, and its articles stay. The other's are deleted.
func TestAServerThatIsBack(t *testing.T) {
	const back, gone = "300000000000000002", "300000000000000003"
	now := time.Now()
	l := libraryOf(t, func() time.Time { return now }, back, gone)
	for _, guild := range []string{back, gone} {
		if err := l.Left(t.Context(), guild); err != nil {
			t.Fatal(err)
		}
	}
	now = now.Add(8 * 24 * time.Hour) // and the program starts
	fake := discordtest.New(t)
	fake.REST.SetGuilds(back)
	rest := discord.NewREST(discord.RESTOptions{Token: discordtest.Token, Transport: fake.Transport()})
	defer rest.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	log := slog.New(slog.DiscardHandler)
	kept := &keeper{Library: l, log: log}
	_ = together(ctx, kept.run, (&census{rest: rest, roll: kept, first: 50 * time.Millisecond, log: log}).run)
	if _, err := l.Article(t.Context(), back, "a"); err != nil {
		t.Errorf("a server that the bot is in: %v", err)
	}
	if guilds, err := l.Guilds(t.Context()); err != nil || !slices.Equal(guilds, []string{back}) {
		t.Errorf("kept are %v (%v), want %s alone", guilds, err, back)
	}
}
