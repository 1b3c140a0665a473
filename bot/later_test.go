package bot

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"
)

// The result of a job is sent for as long as Discord may ask to wait; the last words of one that is told to end, no
// longer than what ends it waits.
func TestTheResultWaitsForDiscord(t *testing.T) {
	b, _ := newBot(shipped())
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for _, test := range []struct {
		name string
		ctx  context.Context
		slow time.Duration
		want bool
	}{
		{"a pause that Discord asks for", t.Context(), 5 * time.Second, true},
		{"the end", over, 5 * time.Second, false},
		{"a Discord that is gone", t.Context(), time.Minute, false},
	} {
		synctest.Test(t, func(t *testing.T) {
			r := newRequest(recorded(t, "articles_lister"))
			b.postpone(r, func(ctx context.Context, _ func(string)) (*result, error) { return &result{}, ctx.Err() })
			sent := false
			r.later(test.ctx, func(ctx context.Context, _ *discordgo.WebhookEdit) error {
				select {
				case <-ctx.Done():
					return ctx.Err()
				case <-time.After(test.slow):
					sent = true
					return nil
				}
			})
			if sent != test.want {
				t.Errorf("%s: sent %v, want %v", test.name, sent, test.want)
			}
		})
	}
}
