package bot

import (
	"context"
	"errors"
	"fmt"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge/library"
	"verbatim/knowledge/reader"
)

// apologize answers a request that failed. An autocompletion has no room for words.
func apologize(r *request, err error) *discordgo.InteractionResponse {
	if r.Type == discordgo.InteractionApplicationCommandAutocomplete {
		return choices(nil)
	}
	return whisper(r.words.apology(err))
}

// apology says what went wrong, and what can be done. The errors named here are known; any other is told as
// one sentence.
func (c *catalogue) apology(err error) string {
	var refused *reader.RefusedError
	var quota *library.QuotaError
	var storage *library.StorageError
	var index *indexError
	switch {
	case errors.As(err, &refused) && c.refused[refused.Reason] != "":
		return c.refused[refused.Reason]
	case errors.As(err, &quota):
		return c.overQuota(quota)
	case errors.As(err, &storage) && c.trouble[storage.Trouble] != "":
		return c.trouble[storage.Trouble]
	case errors.Is(err, library.ErrNotFound):
		return c.notKept
	case errors.Is(err, errShrunk):
		return c.refreshShrunk
	case errors.Is(err, errBusy):
		return c.busy
	case errors.As(err, &index) && errors.Is(err, context.DeadlineExceeded):
		return c.preparing
	case errors.Is(err, context.DeadlineExceeded):
		return c.tooSlow
	case errors.Is(err, context.Canceled):
		return c.interrupted
	case errors.As(err, &index):
		return c.noIndex
	}
	return c.failed
}

// overQuota says that an article does not fit, and what the server keeps already.
func (c *catalogue) overQuota(e *library.QuotaError) string {
	u := e.Usage
	if u.Bytes+e.Bytes > u.Quota.Bytes {
		return fmt.Sprintf(c.quotaBytes, c.bytes(e.Bytes), c.bytes(u.Bytes), c.bytes(u.Quota.Bytes))
	}
	return fmt.Sprintf(c.quotaArticles, c.number(u.Quota.Articles))
}
