package bot

import (
	"context"
	"strings"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
	"verbatim/knowledge/reader"
)

// addArticle answers /articles ajouter: an address, a file, or else a window to paste a text in.
func (b *Bot) addArticle(_ context.Context, r *request) (*discordgo.InteractionResponse, error) {
	address, file := bare(r.text(inFrench.addURL.name)), r.attachment(inFrench.addFile.name)
	switch {
	case address != "" && file != nil:
		return whisper(r.words.oneAtATime), nil
	case address != "":
		return b.postpone(r, b.learn(r, b.fromAddress(r, address))), nil
	case file != nil:
		return b.postpone(r, b.learn(r, b.fromAttachment(r, file))), nil
	}
	return r.pasteModal(), nil
}

// bare returns an address without the brackets that members put around it to keep Discord from showing the page.
func bare(address string) string { return strings.Trim(strings.TrimSpace(address), "<>") }

// attachment returns the file that an option holds, nil when there is none.
func (r *request) attachment(name string) *discordgo.MessageAttachment {
	resolved := r.command().Resolved
	id := r.text(name)
	if resolved == nil || id == "" {
		return nil
	}
	return resolved.Attachments[id]
}

// A getter gets an article to learn, and tells its progress.
type getter func(ctx context.Context, tell func(string)) (*reader.Result, error)

// fromAddress gets the article at an address that a moderator gave.
func (b *Bot) fromAddress(r *request, address string) getter {
	return func(ctx context.Context, tell func(string)) (*reader.Result, error) {
		tell(r.words.fetching)
		f, err := b.fetch.Fetch(ctx, address)
		if err != nil {
			return nil, err
		}
		tell(r.words.reading)
		return reader.Read(ctx, f)
	}
}

// fromAttachment gets the article in a file that a moderator sent. Discord's address of the file is none to
// read on at: it ends with the interaction.
func (b *Bot) fromAttachment(r *request, a *discordgo.MessageAttachment) getter {
	return func(ctx context.Context, tell func(string)) (*reader.Result, error) {
		if a.Size > reader.MaxSize {
			return nil, &reader.RefusedError{Reason: reader.TooBig, What: "an attachment"}
		}
		tell(r.words.fetching)
		f, err := b.fetch.Fetch(ctx, a.URL)
		if err != nil {
			return nil, err
		}
		tell(r.words.reading)
		return reader.Read(ctx, reader.File{Data: f.Data, Name: a.Filename, ContentType: a.ContentType})
	}
}

// The fields of the window to paste a text in.
const (
	fieldTitle  = "title"
	fieldSource = "source"
	fieldText   = "text"
)

// maxPasted is the longest text that can be pasted, in characters: Discord's limit of a text input.
// Source: https://discord.com/developers/docs/components/reference#text-input.
const maxPasted = 4000

// pasteModal opens a window to paste a text in. It says what will be kept.
func (r *request) pasteModal() *discordgo.InteractionResponse {
	return modal(r.own(actPaste, ""), r.words.paste,
		discordgo.TextDisplay{Content: r.words.pasteKept},
		field(r.words.pasteTitle, "", discordgo.TextInput{CustomID: fieldTitle, Style: discordgo.TextInputShort, MaxLength: maxTitle}),
		field(r.words.pasteSource, "", optional(discordgo.TextInput{CustomID: fieldSource, Style: discordgo.TextInputShort, MaxLength: maxURL})),
		field(r.words.pasteText, r.words.pasteHint, discordgo.TextInput{CustomID: fieldText, Style: discordgo.TextInputParagraph, MaxLength: maxPasted}),
	)
}

// paste adds the text that was pasted.
func (b *Bot) paste(_ context.Context, r *request, _ state, _ *volume) (*discordgo.InteractionResponse, error) {
	meta := knowledge.Meta{Title: shorten(oneLine(r.field(fieldTitle)), maxTitle), Source: bare(r.field(fieldSource))}
	if meta.Source != "" && webAddress(meta.Source) == nil {
		return whisper(r.words.badSource), nil
	}
	return b.postpone(r, b.learn(r, fromText(meta, r.field(fieldText)))), nil
}

// fromText makes an article of a text that was pasted, under the title that it was given.
func fromText(meta knowledge.Meta, text string) getter {
	return func(ctx context.Context, _ func(string)) (*reader.Result, error) {
		read, err := reader.Read(ctx, reader.File{Data: []byte(text), Name: "paste.txt", ContentType: "text/plain; charset=utf-8"})
		if err != nil {
			return nil, err
		}
		if !visible(meta.Title) {
			meta.Title = read.Article.Title
		}
		named := *read.Article
		named.ID, named.Title, named.Source = knowledge.Slug(meta.Title), meta.Title, meta.Source
		read.Article = &named
		return read, nil
	}
}
