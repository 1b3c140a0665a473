package bot

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
	"verbatim/knowledge/french"
	"verbatim/knowledge/library"
)

// vote counts a 👍 or a 👎. Where the server keeps questions, a 👎 asks what was expected, unless the question is one
// that is never kept.
func (b *Bot) vote(ctx context.Context, r *request, s state, v *volume) (*discordgo.InteractionResponse, error) {
	text, err := r.question()
	if v == nil || err != nil {
		return nil, errState
	}
	vote := library.Vote{Guild: r.guild, Article: v.ID, Kind: french.Parse(text).Kind, Helpful: s.act == actHelpful}
	if err := b.library.Count(ctx, vote); err != nil {
		return nil, err
	}
	b.log.InfoContext(ctx, "an answer was judged", "article", vote.Article, "kind", vote.Kind.String(), "helpful", vote.Helpful)
	switch {
	case vote.Helpful:
		return whisper(r.words.thanksHelpful), nil
	case r.keeps() && !s.unkept:
		return r.expectModal(v), nil
	}
	return whisper(r.words.thanksUnhelpful), nil
}

// keeps reports whether the server keeps questions that were not answered well.
func (r *request) keeps() bool { return r.guild != "" && r.settings.KeepQuestions }

// fieldExpected is the field of the window that asks what was expected.
const fieldExpected = "expected"

// maxExpected is how much a member may say of what they expected, in characters. It is ours.
const maxExpected = 500

// expectModal asks what was expected of an answer. It says what becomes of it.
func (r *request) expectModal(v *volume) *discordgo.InteractionResponse {
	return modal(r.corpus.about(actExpected, v), r.words.expect,
		field(r.words.expectField, r.words.expectHint, discordgo.TextInput{CustomID: fieldExpected, Style: discordgo.TextInputParagraph, MaxLength: maxExpected}))
}

// expected keeps what was expected of an answer, with the question that stands in its message.
func (b *Bot) expected(ctx context.Context, r *request, _ state, _ *volume) (*discordgo.InteractionResponse, error) {
	text, err := r.question()
	if err != nil {
		return nil, err
	}
	q := library.UnansweredQuestion{
		Text: text, Expected: shorten(oneLine(r.field(fieldExpected)), maxExpected), Kind: french.Parse(text).Kind, Outcome: knowledge.Answered,
	}
	if err := b.library.AddQuestion(ctx, r.guild, q); err != nil {
		return nil, err
	}
	if !r.keeps() { // any more
		return whisper(r.words.thanksUnhelpful), nil
	}
	return whisper(r.words.expectThanks), nil
}

// keepUnanswered keeps a question that no quote answers, where the server wants it, and reports whether it
// did. That it could not is logged: the answer goes out all the same.
func (b *Bot) keepUnanswered(ctx context.Context, r *request, q asked, a knowledge.Answer) bool {
	if !r.keeps() || q.unkept || a.Outcome == knowledge.NoTerms || a.Found() {
		return false
	}
	err := b.library.AddQuestion(ctx, r.guild, library.UnansweredQuestion{Text: q.text, Kind: a.Kind, Outcome: a.Outcome})
	if err != nil {
		b.log.ErrorContext(ctx, "an unanswered question was not kept", "error", err, "interaction", r.ID)
	}
	return err == nil
}
