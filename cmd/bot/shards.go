package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"verbatim/bot/discord"
)

// sharding says which shards of Discord's gateway this process holds.
type sharding struct {
	ShardCount shardCount `env:"SHARD_COUNT" default:"auto" placeholder:"auto|N" help:"How many gateway shards there are over all processes; auto takes as many as Discord recommends."`
	ShardIDs   shardIDs   `name:"shard-ids" env:"SHARD_IDS" placeholder:"LIST" help:"The shards that this process holds: 0-3,7, or 1/4 for the second of four equal parts. All when empty."`
}

// maxShards is ours: forty million servers, twice as many as Discord is known to have.
const maxShards = 1 << 14

// forGateway sets what o says of shards.
func (s *sharding) forGateway(o *discord.GatewayOptions) error {
	if s.ShardIDs.empty() {
		o.ShardCount = int(s.ShardCount)
		return nil
	}
	if s.ShardCount == 0 {
		return usagef("SHARD_IDS is set and SHARD_COUNT is auto: processes that share the shards must agree on how many there are, " +
			"and Discord's recommendation changes: expected a number in SHARD_COUNT, the same for all")
	}
	o.ShardCount = int(s.ShardCount)
	ids, err := s.ShardIDs.among(o.ShardCount)
	o.Shards = ids
	return err
}

// A shardCount is a number of shards, 0 for as many as Discord recommends.
type shardCount int

// UnmarshalText reads « auto » or a number.
func (n *shardCount) UnmarshalText(text []byte) error {
	s := strings.TrimSpace(string(text))
	if strings.EqualFold(s, "auto") {
		*n = 0
		return nil
	}
	v, err := strconv.Atoi(s)
	if err != nil || v < 1 || v > maxShards {
		return &expectation{got: s, want: fmt.Sprintf("auto, or a number of shards from 1 to %d", maxShards)}
	}
	*n = shardCount(v)
	return nil
}

// shardIDs are the numbers of shards, or one of several equal parts of all of them.
type shardIDs struct {
	ids         []int
	part, parts int // part is counted from 0; parts is 0 when ids are given
}

func (s *shardIDs) empty() bool { return len(s.ids) == 0 && s.parts == 0 }

// UnmarshalText reads ranges such as 0-3,7, or a part such as 1/4.
func (s *shardIDs) UnmarshalText(text []byte) error {
	t := strings.TrimSpace(string(text))
	wrong := &expectation{got: t, want: "shard numbers such as 0-3,7, or a part such as 0/4 to 3/4"}
	if part, parts, ok := strings.Cut(t, "/"); ok {
		p, err := strconv.ParseUint(part, 10, 16)
		n, err2 := strconv.ParseUint(parts, 10, 16)
		if err != nil || err2 != nil || p >= n {
			return wrong
		}
		*s = shardIDs{part: int(p), parts: int(n)} // #nosec G115 -- of 16 bits
		return nil
	}
	var ids []int
	for span := range strings.SplitSeq(t, ",") {
		first, last, ok := strings.Cut(strings.TrimSpace(span), "-")
		if !ok {
			last = first
		}
		from, err := strconv.Atoi(first)
		to, err2 := strconv.Atoi(last)
		if err != nil || err2 != nil || from < 0 || to < from || to >= maxShards {
			return wrong
		}
		for id := from; id <= to; id++ {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	*s = shardIDs{ids: slices.Compact(ids)}
	return nil
}

// among returns the numbers when there are count shards.
func (s *shardIDs) among(count int) ([]int, error) {
	ids := s.ids
	if s.parts > 0 {
		for id := s.part * count / s.parts; id < (s.part+1)*count/s.parts; id++ {
			ids = append(ids, id)
		}
		if len(ids) == 0 {
			return nil, usagef("SHARD_IDS=%d/%d and SHARD_COUNT=%d: there are fewer shards than parts, and none is left for this one: "+
				"expected at least %d shards, or fewer processes", s.part, s.parts, count, s.parts)
		}
	}
	if last := ids[len(ids)-1]; last >= count {
		return nil, usagef("SHARD_IDS names shard %d and SHARD_COUNT=%d: expected numbers from 0 to %d", last, count, count-1)
	}
	return ids, nil
}
