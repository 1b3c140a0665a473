package library

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"verbatim/knowledge"
)

// Settings are what a server's moderators decided. The zero value is the default.
type Settings struct {
	Private       bool              `json:"private,omitempty"`        // answers are shown to who asked alone
	Channels      []string          `json:"channels,omitempty"`       // IDs of those where the bot answers; none means all
	Caution       knowledge.Caution `json:"caution,omitempty"`        // how sure an answer must be
	KeepQuestions bool              `json:"keep_questions,omitempty"` // unanswered questions are kept, without who asked
	OwnOnly       bool              `json:"own_only,omitempty"`       // the operator's articles are left out
}

func parseSettings(text string) (Settings, error) {
	var s Settings
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return s, fmt.Errorf("read a server's settings: %w", err)
	}
	return s, nil
}

// Settings returns a server's settings. They are kept at hand: every question may ask for them.
func (l *Library) Settings(ctx context.Context, guild string) (Settings, error) {
	r, err := l.row(ctx, guild)
	if err != nil {
		return Settings{}, err
	}
	r.settings.Channels = slices.Clone(r.settings.Channels)
	return r.settings, nil
}

// SetSettings replaces a server's settings. Where they say that no questions are kept, those that were are
// forgotten.
func (l *Library) SetSettings(ctx context.Context, guild string, s Settings) error {
	_, err := l.ChangeSettings(ctx, guild, func(now *Settings) error { *now = s; return nil })
	return err
}

// ChangeSettings changes a server's settings as they are kept now, whichever process changed them last, and returns
// what they have become. An error of change's is returned as it is, and keeps them as they were.
func (l *Library) ChangeSettings(ctx context.Context, guild string, change func(*Settings) error) (Settings, error) {
	var s Settings
	var refused error
	err := l.changeMaybe(ctx, Changing, guild, func(tx querier) (effect, error) {
		if err := touch(ctx, tx, guild); err != nil {
			return nothing, err
		}
		r, err := readRow(ctx, tx, guild)
		if err != nil {
			return nothing, err
		}
		s = r.settings
		if refused = change(&s); refused != nil {
			return nothing, nil
		}
		return altered, keepSettings(ctx, tx, guild, s)
	})
	if err != nil {
		return s, fmt.Errorf("keep the settings of a server: %w", err)
	}
	return s, refused
}

func keepSettings(ctx context.Context, tx querier, guild string, s Settings) error {
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	if !s.KeepQuestions {
		if _, err := tx.ExecContext(ctx, "DELETE FROM questions WHERE guild = $1", guild); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, "UPDATE guilds SET settings = $2 WHERE guild = $1", guild, string(text))
	return err
}
