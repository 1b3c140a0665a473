package discord

import "time"

// A ShardState is what a shard does.
type ShardState string

// The states of a shard.
const (
	ShardQueued  ShardState = "queued"  // waits for its turn to identify
	ShardSpent   ShardState = "spent"   // waits until Discord allows more identifies
	ShardOpening ShardState = "opening" // connects
	ShardReady   ShardState = "ready"   // receives interactions
	ShardPaused  ShardState = "paused"  // waits a while before it tries again
)

// ShardStates are all of them.
var ShardStates = []ShardState{ShardQueued, ShardSpent, ShardOpening, ShardReady, ShardPaused}

// A ShardStatus is the state of a shard at one moment.
type ShardStatus struct {
	ID, Count int // its number, and of how many
	State     ShardState
	Since     time.Time
}

// Shards returns the shards of this process and what they do, in the order of their numbers; none until
// Discord has told how many there are. It may be called by many goroutines.
func (g *Gateway) Shards() []ShardStatus {
	g.mu.Lock()
	defer g.mu.Unlock()
	all := make([]ShardStatus, len(g.held))
	for i, s := range g.held {
		all[i] = ShardStatus{ID: s.id, Count: s.count, State: s.state, Since: s.since}
	}
	return all
}

// Ready reports whether every shard of this process is connected.
func (g *Gateway) Ready() bool {
	all := g.Shards()
	for _, s := range all {
		if s.State != ShardReady {
			return false
		}
	}
	return len(all) > 0
}

// enter changes what the shard does.
func (s *shard) enter(state ShardState) {
	s.g.mu.Lock()
	defer s.g.mu.Unlock()
	if s.state != state {
		s.state, s.since = state, time.Now()
	}
}
