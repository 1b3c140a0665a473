package discordtest

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// A session outlives its connection: what is dispatched while it has none waits for RESUME.
type session struct {
	id            string
	shard, shards int
	conn          *conn // nil while the client is away
	events        []payload
}

// Dispatch sends an INTERACTION_CREATE to the shard that has the interaction's server, or to shard 0
// for a direct message. A session whose client is away keeps it until RESUME.
func (g *Gateway) Dispatch(interaction []byte) {
	g.s.t.Helper()
	var of struct {
		Guild string `json:"guild_id"`
	}
	_ = json.Unmarshal(interaction, &of) // what is malformed on purpose goes to shard 0
	g.s.REST.Issue(interaction)
	g.dispatch(of.Guild, "INTERACTION_CREATE", interaction)
}

// Offer is Dispatch for a bot that may be away, as Discord sees it: it reports whether there is a connection to the
// interaction's shard, and an interaction for which there is none is nobody's.
func (g *Gateway) Offer(interaction []byte) bool {
	g.s.t.Helper()
	var of struct {
		Guild string `json:"guild_id"`
	}
	if err := json.Unmarshal(interaction, &of); err != nil {
		g.s.t.Fatalf("discordtest: an interaction that is not JSON: %v", err)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	for i := len(g.sessions) - 1; i >= 0; i-- {
		if s := g.sessions[i]; s.conn != nil && s.shard == shardOf(of.Guild, s.shards) {
			g.s.REST.Issue(interaction)
			s.dispatch("INTERACTION_CREATE", interaction)
			return true
		}
	}
	return false
}

// DispatchEvent sends an event of another type to shard 0.
func (g *Gateway) DispatchEvent(name string, data []byte) {
	g.s.t.Helper()
	g.dispatch("", name, data)
}

func (g *Gateway) dispatch(guild, name string, data []byte) {
	g.s.t.Helper()
	g.mu.Lock()
	defer g.mu.Unlock()
	for i := len(g.sessions) - 1; i >= 0; i-- {
		if s := g.sessions[i]; s.shard == shardOf(guild, s.shards) {
			s.dispatch(name, data)
			return
		}
	}
	g.s.t.Errorf("discordtest: no session for %s of server %q", name, guild)
}

// shardOf is Discord's formula.
//
// Source: https://discord.com/developers/docs/events/gateway#sharding-sharding-formula.
func shardOf(guild string, shards int) int {
	id, err := strconv.ParseUint(guild, 10, 64)
	if err != nil {
		return 0
	}
	return int(id >> 22 % uint64(shards)) // #nosec G115 -- smaller than shards
}

// dispatch numbers an event, keeps it for RESUME, and sends it if the client is there. g.mu is held.
func (s *session) dispatch(name string, data []byte) {
	p := payload{Op: opDispatch, S: int64(len(s.events) + 1), T: name, D: data}
	s.events = append(s.events, p)
	if s.conn != nil {
		s.conn.send(p)
	}
}

// begin opens a session for an IDENTIFY. g.mu is held.
func (g *Gateway) begin(c *conn, shard, shards int) {
	s := &session{id: fmt.Sprintf("session-%d", len(g.identifies)), shard: shard, shards: shards, conn: c}
	g.sessions = append(g.sessions, s)
	g.identifies[len(g.identifies)-1].Session = s.id
	c.session = s
	resumeURL := g.resumeURL
	if resumeURL == "" {
		resumeURL = g.address("/resume/")
	}
	s.dispatch("READY", raw(map[string]any{
		"v":                  10,
		"user":               map[string]any{"id": ApplicationID, "username": "verbatim", "discriminator": "0", "bot": true},
		"guilds":             []any{},
		"session_id":         s.id,
		"resume_gateway_url": resumeURL,
		"shard":              []int{shard, shards},
		"application":        map[string]any{"id": ApplicationID, "flags": 0},
	}))
	g.opened++
}

// resume gives a session a new connection, and sends what it missed. g.mu is held.
func (g *Gateway) resume(c *conn, s *session, seq int64) {
	s.conn, c.session = c, s
	for _, p := range s.events[seq:] {
		c.send(p)
	}
	s.dispatch("RESUMED", raw(map[string]any{}))
	g.opened++
}

// find returns the session of an ID, or nil. g.mu is held.
func (g *Gateway) find(id string) *session {
	for _, s := range g.sessions {
		if s.id == id {
			return s
		}
	}
	return nil
}

// forget ends a session: a RESUME of it gets op 9. nil is no session. g.mu is held.
func (g *Gateway) forget(s *session) {
	for i := range g.sessions {
		if g.sessions[i] == s {
			g.sessions = append(g.sessions[:i], g.sessions[i+1:]...)
			return
		}
	}
}

// tooFast reports whether an IDENTIFY of a shard breaks the pace: max_concurrency buckets, one
// identify each pace in a bucket. g.mu is held.
//
// Source: https://discord.com/developers/docs/events/gateway#sharding-max-concurrency.
func (g *Gateway) tooFast(shard int, now time.Time) bool {
	l := g.limit.orDefault()
	for _, i := range g.identifies {
		if i.Shard%l.MaxConcurrency == shard%l.MaxConcurrency && now.Sub(i.At) < l.Pace {
			return true
		}
	}
	return false
}
