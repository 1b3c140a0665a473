package main

import (
	"context"

	"verbatim/bot"
	"verbatim/bot/playground"
	"verbatim/knowledge/reader"
)

// pageFiles takes the files that the page sends from their addresses, which hold them, and leaves all others to
// next.
type pageFiles struct{ next bot.Fetcher }

func (f pageFiles) Fetch(ctx context.Context, address string) (reader.File, error) {
	if content, ok := playground.Content(address); ok {
		if len(content) > reader.MaxSize {
			return reader.File{}, &reader.RefusedError{Reason: reader.TooBig, What: "a file of the page"}
		}
		return reader.File{Data: content}, nil
	}
	return f.next.Fetch(ctx, address)
}
