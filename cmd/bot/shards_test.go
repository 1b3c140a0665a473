package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/bot/discord"
)

func TestSharding(t *testing.T) {
	tests := []struct {
		count, ids string
		want       discord.GatewayOptions
		wrong      string // what the error says
	}{
		{count: "auto", want: discord.GatewayOptions{}},
		{count: "AUTO", want: discord.GatewayOptions{}},
		{count: "8", want: discord.GatewayOptions{ShardCount: 8}},
		{count: "8", ids: "0-3,7", want: discord.GatewayOptions{ShardCount: 8, Shards: []int{0, 1, 2, 3, 7}}},
		{count: "8", ids: " 5, 1-2 ,2", want: discord.GatewayOptions{ShardCount: 8, Shards: []int{1, 2, 5}}},
		{count: "8", ids: "1/4", want: discord.GatewayOptions{ShardCount: 8, Shards: []int{2, 3}}},
		{count: "1", ids: "0", want: discord.GatewayOptions{ShardCount: 1, Shards: []int{0}}},
		{count: "0", wrong: "auto, or a number of shards from 1"},
		{count: "16385", wrong: "from 1 to 16384"},
		{count: "all", wrong: "auto, or a number"},
		{count: "8", ids: "8", wrong: "expected numbers from 0 to 7"},
		{count: "8", ids: "3-1", wrong: "shard numbers such as"},
		{count: "8", ids: "-1", wrong: "shard numbers such as"},
		{count: "8", ids: "1-99999999", wrong: "shard numbers such as"},
		{count: "8", ids: "4/4", wrong: "shard numbers such as"},
		{count: "8", ids: "0/0", wrong: "shard numbers such as"},
		{count: "2", ids: "0/4", wrong: "fewer shards than parts"},
		{count: "auto", ids: "0-3", wrong: "expected a number in SHARD_COUNT"},
	}
	for _, tt := range tests {
		t.Run(tt.count+" "+tt.ids, func(t *testing.T) {
			var s sharding
			var o discord.GatewayOptions
			err := s.ShardCount.UnmarshalText([]byte(tt.count))
			if err == nil && tt.ids != "" {
				err = s.ShardIDs.UnmarshalText([]byte(tt.ids))
			}
			if err == nil {
				err = s.forGateway(&o)
			}
			if tt.wrong != "" {
				if err == nil || !strings.Contains(err.Error(), tt.wrong) {
					t.Errorf("got %v, want an error that says %q", err, tt.wrong)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want.Shards, o.Shards); diff != "" || o.ShardCount != tt.want.ShardCount {
				t.Errorf("got %d shards, want %d; those of the process (-want +got)\n%s", o.ShardCount, tt.want.ShardCount, diff)
			}
		})
	}
}

// Every shard is in one part, whatever the number of shards and of parts.
func TestShardPartsAreAPartition(t *testing.T) {
	for count := 1; count <= 20; count++ {
		for parts := 1; parts <= count; parts++ {
			var all []int
			for part := range parts {
				ids, err := (&shardIDs{part: part, parts: parts}).among(count)
				if err != nil {
					t.Fatalf("%d/%d of %d: %v", part, parts, count, err)
				}
				all = append(all, ids...)
			}
			for i, id := range all {
				if i != id || len(all) != count {
					t.Fatalf("%d parts of %d shards: got %v", parts, count, all)
				}
			}
		}
	}
}
