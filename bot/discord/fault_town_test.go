package discord_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot"
	"verbatim/knowledge/library"
)

// A town is the servers of a fault run. Each has an article of its own, of which moderators paste one version after
// the other; members ask for it, judge the answers, and ask what it does not say. The town keeps account of what it
// was told, and holds the bot to it. It may be used by many goroutines.
type town struct {
	t       *testing.T
	servers []*place

	mu    sync.Mutex
	byID  map[string]*place
	sent  map[string]errand // interactions by ID
	by    map[string]string // what the bot said, by ID
	said  map[string]int    // how often it said what
	taken map[string]int    // by ID, how often the bot was asked

	longest time.Duration // that a change took
	broken  int           // promised messages whose end Discord did not take
}

// A place is one server.
type place struct {
	id     string
	kept   *keeper
	window string // the custom ID of the window to paste an article in

	tried, told int       // the newest version of its article that was pasted, and that the bot said it keeps
	changing    time.Time // when a version was sent that the bot has not said anything of, zero for none
	begun       bool      // the bot is at it
	good        screenful // the last answer that quotes
	votes       span      // 👍
	gaps        span      // questions that no article answers
}

// A span counts what the bot said that it did, and what it was asked to do: it may have done it without being able
// to say so.
type span struct{ told, tried int }

func (s span) holds(n int) bool { return s.told <= n && n <= s.tried }

// A screenful is what stands in a message.
type screenful struct {
	components json.RawMessage
	thumb      string // the custom ID of 👍
}

// An errand is why an interaction was sent.
type errand struct {
	kind    string // "ask", "gap", "vote", "paste"
	version int    // that is pasted
}

// newTown gives each shard some servers of each library, with the first version of their article, and has them keep
// what is not answered.
func newTown(t *testing.T, shards, each int, keepers []*keeper) *town {
	t.Helper()
	w := &town{t: t, byID: map[string]*place{}, sent: map[string]errand{}, by: map[string]string{}, said: map[string]int{}, taken: map[string]int{}}
	for n := range shards * each {
		p := &place{id: snowflake(uint64(1000*shards+n)<<22 + 7), kept: keepers[n/shards%len(keepers)], tried: 1, told: 1}
		settings := p.kept.library.SetSettings(t.Context(), p.id, library.Settings{KeepQuestions: true})
		_, _, err := p.kept.library.Put(t.Context(), p.id, rules(t, p.id, 1))
		if settings != nil || err != nil {
			t.Fatal(settings, err)
		}
		p.window = windowOf(t, p.kept.bot.Respond(t.Context(), read(t, opens("1", p.id))).Response)
		w.servers, w.byID[p.id] = append(w.servers, p), p
	}
	return w
}

// of is a server of one shard.
func (w *town) of(shard, n int) *place { return w.servers[n*faultShards+shard] }

// Respond answers from the library that the interaction's server is kept in, and takes account of what is said.
func (w *town) Respond(ctx context.Context, i *discordgo.Interaction) bot.Reply {
	w.mu.Lock()
	p, why := w.byID[i.GuildID], w.sent[i.ID]
	w.taken[i.ID]++
	told := p.told
	switch why.kind {
	case "vote":
		p.votes.tried++
	case "gap":
		p.gaps.tried++
	}
	w.mu.Unlock()
	reply := p.kept.bot.Respond(ctx, i)
	said := textOf(w.t, reply.Response.Data.Components)
	w.mu.Lock()
	defer w.mu.Unlock()
	if reply.Later != nil {
		w.said["promised"]++
		return bot.Reply{Response: reply.Response, Later: w.watched(p, why, reply.Later)}
	}
	w.by[i.ID] = w.judge(p, why, said, told)
	w.said[w.by[i.ID]]++
	if why.kind == "ask" && strings.Contains(said, "version") {
		p.good = screenOf(w.t, reply.Response.Data.Components)
	}
	return reply
}

var saysVersion = regexp.MustCompile(`version (\d+)`)

// judge returns what was said to an errand, in a word, and fails the test if it is not true. told is the version that
// was known to be kept before. w.mu is held.
func (w *town) judge(p *place, why errand, said string, told int) string {
	switch version := versionOf(said); {
	case version > 0:
		if version < told || version > p.tried {
			w.t.Errorf("server %s was told of version %d after version %d was kept, and before %d was pasted", p.id, version, told, p.tried+1)
		}
		if !strings.Contains(said, p.id) {
			w.t.Errorf("server %s was answered from another’s article: %s", p.id, said)
		}
		return "quoted"
	case strings.Contains(said, "c’est compté"):
		p.votes.told++
		return "counted"
	case strings.Contains(said, "est gardée pour la modération"):
		p.gaps.told++
		return "noted"
	case strings.Contains(said, "L’article a changé depuis"):
		return "changed since"
	}
	for _, sentence := range []string{
		"réponde à coup sûr à cette question", "porte sur autre chose", "La bibliothèque ne répond pas", "plus de place là où la bibliothèque",
		"Le disque de la bibliothèque", "La bibliothèque est occupée", "Je prépare les articles", "La réponse a pris trop de temps",
	} {
		if strings.Contains(said, sentence) {
			return "“" + sentence + "”"
		}
	}
	w.t.Errorf("an errand “%s” of server %s was answered %q", why.kind, p.id, said)
	return "something else"
}

// watched is the work behind a reply that pastes a version, with an account of how it ends. w.mu is held.
func (w *town) watched(p *place, why errand, work func(context.Context, bot.Edit)) func(context.Context, bot.Edit) {
	p.tried = max(p.tried, why.version)
	return func(ctx context.Context, edit bot.Edit) {
		began := time.Now()
		w.mu.Lock()
		p.begun = true
		w.mu.Unlock()
		var last *discordgo.WebhookEdit
		var unsent error
		work(ctx, func(ctx context.Context, e *discordgo.WebhookEdit) error {
			last, unsent = e, edit(ctx, e)
			return unsent
		})
		said := textOf(w.t, *last.Components)
		w.mu.Lock()
		defer w.mu.Unlock()
		p.changing, p.begun = time.Time{}, false
		w.longest = max(w.longest, time.Since(began))
		if unsent != nil {
			w.broken++
		}
		if strings.Contains(said, "Article révisé") {
			p.told = max(p.told, why.version)
			w.said["revised"]++
			return
		}
		w.said[w.judge(p, why, said, p.told)]++
	}
}

// paste returns the window of a moderator with the next version of a server's article, nil while another version is
// under way: of one that was lost on its way nobody hears any more.
func (w *town) paste(id string, p *place) []byte {
	w.mu.Lock()
	defer w.mu.Unlock()
	const lost = 2 * discordgo.InteractionDeadline
	if !p.changing.IsZero() && (p.begun || time.Since(p.changing) < lost) {
		return nil
	}
	p.changing = time.Now()
	w.sent[id] = errand{"paste", p.tried + 1}
	return pasted(id, p.id, p.window, rules(w.t, p.id, p.tried+1).Text)
}

// unsent takes back an errand for which there was no connection.
func (w *town) unsent(p *place, id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.sent[id].kind == "paste" {
		p.changing = time.Time{}
	}
	delete(w.sent, id)
}

// errand returns an interaction of a member's, of one kind.
func (w *town) errand(id string, p *place, kind string) []byte {
	w.mu.Lock()
	defer w.mu.Unlock()
	if kind == "vote" && p.good.thumb == "" {
		kind = "ask"
	}
	w.sent[id] = errand{kind: kind}
	switch kind {
	case "vote":
		return pressed(id, p.id, p.good)
	case "gap":
		return asks(id, p.id, "Qui a peint la Joconde ?")
	}
	return asks(id, p.id, "À quelle version en est le règlement du club ?")
}

// quoted reports whether the bot answers an errand with a quote before long.
func (w *town) quoted(id string) bool {
	for began := time.Now(); id != "" && time.Since(began) < discordgo.InteractionDeadline; time.Sleep(time.Millisecond) {
		w.mu.Lock()
		said := w.by[id]
		w.mu.Unlock()
		if said != "" {
			return said == "quoted"
		}
	}
	return false
}

// newest is the newest version of a server's article that the bot said it keeps.
func (w *town) newest(p *place) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return p.told
}

// asked counts what the bot was asked to do.
func (w *town) asked() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.taken)
}

// idle reports whether no version is under way.
func (w *town) idle() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return !slices.ContainsFunc(w.servers, func(p *place) bool { return p.begun })
}

// audit compares what the libraries hold with what the town was told.
func (w *town) audit(ctx context.Context) {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, p := range w.servers {
		l := p.kept.library
		a, err := l.Article(ctx, p.id, rules(w.t, p.id, 1).ID)
		if err != nil {
			w.t.Errorf("server %s: %v", p.id, err)
			continue
		}
		if version := versionOf(a.Text); version < p.told || version > p.tried || a.Text != rules(w.t, p.id, version).Text {
			w.t.Errorf("server %s keeps version %d, want %d to %d, and all of it", p.id, version, p.told, p.tried)
		}
		counts, err := l.Votes(ctx, p.id)
		votes := 0
		for _, c := range counts {
			votes += c.Count
		}
		questions, err2 := l.Questions(ctx, p.id)
		if err != nil || err2 != nil || !p.votes.holds(votes) || !p.gaps.holds(len(questions)) {
			w.t.Errorf("server %s keeps %d votes, want %+v, and %d questions, want %+v (%v, %v)", p.id, votes, p.votes, len(questions), p.gaps, err, err2)
		}
	}
}

// report says what was said how often.
func (w *town) report() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []string
	for _, what := range slices.Sorted(maps.Keys(w.said)) {
		all = append(all, fmt.Sprint(w.said[what], " ", what))
	}
	return fmt.Sprintf("%s; the longest change took %v, and the end of %d was not sent", strings.Join(all, ", "), w.longest.Round(time.Millisecond), w.broken)
}
