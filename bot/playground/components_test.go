package playground_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/chromedp/chromedp/kb"

	"verbatim/bot"
)

// A script answers interactions by what they use: a command's name, or a custom ID.
type script map[string]func(i *discordgo.Interaction) *discordgo.InteractionResponse

func (s script) Respond(_ context.Context, i *discordgo.Interaction) bot.Reply {
	return bot.Reply{Response: s.respond(i)}
}

func (s script) respond(i *discordgo.Interaction) *discordgo.InteractionResponse {
	var used string
	switch data := i.Data.(type) {
	case discordgo.ApplicationCommandInteractionData:
		used = data.Name
	case discordgo.MessageComponentInteractionData:
		used = data.CustomID
	case discordgo.ModalSubmitInteractionData:
		used = data.CustomID
	}
	if answer := s[used]; answer != nil && i.Type != discordgo.InteractionApplicationCommandAutocomplete {
		return answer(i)
	}
	return &discordgo.InteractionResponse{Type: discordgo.InteractionApplicationCommandAutocompleteResult}
}

func message(flags discordgo.MessageFlags, components ...discordgo.MessageComponent) *discordgo.InteractionResponse {
	return &discordgo.InteractionResponse{Type: discordgo.InteractionResponseChannelMessageWithSource, Data: &discordgo.InteractionResponseData{
		Flags: discordgo.MessageFlagsIsComponentsV2 | flags, Components: components,
	}}
}

// says answers with a text.
func says(text string) func(*discordgo.Interaction) *discordgo.InteractionResponse {
	return func(*discordgo.Interaction) *discordgo.InteractionResponse {
		return message(0, discordgo.TextDisplay{Content: text})
	}
}

func gallery(*discordgo.Interaction) *discordgo.InteractionResponse {
	yes, no, large, two, color := true, false, discordgo.SeparatorSpacingSizeLarge, 2, 0x3ba55d
	button := func(label string, style discordgo.ButtonStyle) discordgo.Button {
		return discordgo.Button{Label: label, Style: style, CustomID: label}
	}
	off := button("Éteint", discordgo.PrimaryButton)
	off.Disabled = true
	return message(0, discordgo.TextDisplay{Content: "# Un titre\n-# en petit"}, discordgo.Container{AccentColor: &color, Components: []discordgo.MessageComponent{
		discordgo.ActionsRow{Components: []discordgo.MessageComponent{
			button("Premier", discordgo.PrimaryButton), button("Second", discordgo.SecondaryButton), button("Succès", discordgo.SuccessButton), button("Danger", discordgo.DangerButton), off,
		}},
		discordgo.ActionsRow{Components: []discordgo.MessageComponent{
			discordgo.Button{Style: discordgo.LinkButton, Label: "Un lien", URL: "https://example.org/a"},
			discordgo.Button{Style: discordgo.LinkButton, Label: "Un faux lien", URL: "javascript:alert(1)"},
			discordgo.Button{Style: discordgo.SecondaryButton, Emoji: &discordgo.ComponentEmoji{Name: "👍"}, CustomID: "pouce"},
		}},
		discordgo.Separator{Divider: &yes, Spacing: &large},
		discordgo.Section{Components: []discordgo.MessageComponent{discordgo.TextDisplay{Content: "À côté d’un bouton"}}, Accessory: button("À côté", discordgo.SecondaryButton)},
		discordgo.Separator{Divider: &no},
		discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.SelectMenu{
			MenuType: discordgo.StringSelectMenu, CustomID: "plusieurs", Placeholder: "Plusieurs", MinValues: &two, MaxValues: 3,
			Options: []discordgo.SelectMenuOption{{Label: "Un", Value: "1"}, {Label: "Deux", Value: "2", Description: "le double"}, {Label: "Trois", Value: "3"}},
		}}},
		discordgo.MediaGallery{Items: []discordgo.MediaGalleryItem{}},
	}})
}

func TestComponents(t *testing.T) {
	values := func(i *discordgo.Interaction) *discordgo.InteractionResponse {
		return says("choisi : " + strings.Join(i.MessageComponentData().Values, "+"))(i)
	}
	p := open(t, serveResponder(t, script{
		"aide": gallery, "plusieurs": values, "À côté": says("à côté"), "Danger": says("aïe"),
		"Premier": func(*discordgo.Interaction) *discordgo.InteractionResponse {
			return &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredMessageUpdate}
		},
		"Second": func(*discordgo.Interaction) *discordgo.InteractionResponse {
			return &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource}
		},
	}, nil), desktop)
	p.click("#entry")
	p.press("/aide", kb.Enter, kb.Enter)
	p.awaits("À côté d’un bouton")
	p.shot("components")
	for what, selector := range map[string]string{
		"a heading": ".text h3.size-1", "small print": ".text small", "a disabled button": ".button.primary:disabled", "a success": ".button.success",
		"a danger": ".button.danger", "a link": ".button[href='https://example.org/a'][target=_blank][rel~=noopener]", "a large separator": "hr.separator.large",
		"space": "div.separator", "a section": ".section > .button", "what it cannot draw": ".unsupported",
	} {
		if !eval[bool](p, "document.querySelector('.message:last-child ' + %s) !== null", selector) {
			t.Errorf("there is no %s", what)
		}
	}
	if got := eval[string](p, "getComputedStyle(document.querySelector('.container')).borderLeftColor"); got != "rgb(59, 165, 93)" {
		t.Errorf("the accent color is %s", got)
	}
	if eval[bool](p, "[...document.querySelectorAll('a')].some(a => a.protocol === 'javascript:')") {
		t.Error("a link runs code")
	}

	p.click(".button.danger")
	p.awaits("aïe")
	p.click(".section > .button")
	p.awaits("à côté")
	p.click(".button.primary") // type 6: nothing changes, and the button can be pressed again
	p.until("document.querySelector('[data-busy]') === null && document.querySelectorAll('.message').length === 3")
	p.click(".select")
	p.press(kb.ArrowDown, kb.Enter, kb.ArrowDown, kb.ArrowDown, " ", kb.Escape)
	p.awaits("choisi : 1+3")
	p.click(".button.secondary[data-custom-id=Second]") // type 5: an answer is to come, and does not
	p.awaits("n’a pas répondu")
}

// A promiser answers commands with a promise, and keeps it step by step.
type promiser chan *discordgo.WebhookEdit

func (s promiser) Respond(_ context.Context, i *discordgo.Interaction) bot.Reply {
	if i.Type != discordgo.InteractionApplicationCommand {
		return bot.Reply{Response: &discordgo.InteractionResponse{Type: discordgo.InteractionApplicationCommandAutocompleteResult}}
	}
	return bot.Reply{Response: &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseDeferredChannelMessageWithSource, Data: &discordgo.InteractionResponseData{Flags: discordgo.MessageFlagsEphemeral},
	}, Later: func(ctx context.Context, edit bot.Edit) {
		for e := range s {
			_ = edit(ctx, e)
		}
	}}
}

// TestPromise sees a message that is still to come, and then each of its edits.
func TestPromise(t *testing.T) {
	steps := make(promiser)
	p := open(t, serveResponder(t, steps, nil), desktop)
	show := func(text string) *discordgo.WebhookEdit {
		return &discordgo.WebhookEdit{Components: &[]discordgo.MessageComponent{discordgo.TextDisplay{Content: text}}, Flags: discordgo.MessageFlagsIsComponentsV2}
	}
	p.click("#entry")
	p.press("/aide", kb.Enter, kb.Enter)
	p.awaits("Verbatim réfléchit…")
	p.shot("thinking")
	for _, text := range []string{"Je lis", "Je range"} {
		steps <- show(text)
		if got := p.awaits(text); strings.Contains(got, "réfléchit") || !strings.Contains(got, "Vous seul pouvez voir") {
			t.Errorf("got %s", got)
		}
	}
	last := show("Voici")
	*last.Components = append(*last.Components, discordgo.FileComponent{File: discordgo.UnfurledMediaItem{URL: "attachment://a.csv"}})
	last.Files = []*discordgo.File{{Name: "a.csv", ContentType: "text/csv", Reader: strings.NewReader("a;b")}}
	steps <- last
	p.awaits("a.csv")
	close(steps)
	if n := len(p.messages()); n != 1 {
		t.Errorf("%d messages, want 1", n)
	}
}

// TestModal fills in a modal of every kind of field.
func TestModal(t *testing.T) {
	yes, no := true, false
	var sent json.RawMessage
	p := open(t, serveResponder(t, script{
		"aide": func(*discordgo.Interaction) *discordgo.InteractionResponse {
			return &discordgo.InteractionResponse{Type: discordgo.InteractionResponseModal, Data: &discordgo.InteractionResponseData{
				CustomID: "attente", Title: "Qu’attendiez-vous ?", Components: []discordgo.MessageComponent{
					discordgo.TextDisplay{Content: "Ceci aide à **mieux** répondre."},
					discordgo.Label{Label: "La réponse attendue", Description: "En une phrase", Component: discordgo.TextInput{CustomID: "reponse", Style: discordgo.TextInputParagraph, Required: &yes, MinLength: 3, MaxLength: 300}},
					discordgo.Label{Label: "La source", Component: discordgo.TextInput{CustomID: "source", Style: discordgo.TextInputShort, Required: &no, Placeholder: "https://…"}},
				},
			}}
		},
		"attente": func(i *discordgo.Interaction) *discordgo.InteractionResponse {
			data, err := json.Marshal(i.ModalSubmitData().Components)
			if err != nil {
				t.Error(err)
			}
			sent = data
			return says("Merci")(i)
		},
	}, nil), desktop)
	p.click("#entry")
	p.press("/aide", kb.Enter, kb.Enter)
	p.until("document.querySelector('dialog').open && document.activeElement.tagName === 'TEXTAREA'")
	p.shot("modal")
	p.checkAccessible("modal")
	p.press("ab", kb.Tab, kb.Enter)
	p.until("document.querySelector('.error:not([hidden])') !== null && document.activeElement.tagName === 'TEXTAREA'")
	p.press("c, sans « suite »", kb.Tab, kb.Tab, kb.Tab)
	p.until("document.activeElement.type === 'submit'")
	p.press(kb.Enter)
	p.awaits("Merci")
	for _, want := range []string{`"custom_id":"reponse"`, `"value":"abc, sans « suite »"`, `"custom_id":"source"`} {
		if !strings.Contains(string(sent), want) {
			t.Errorf("got %s, want %s in it", sent, want)
		}
	}

	// Escape closes it, and nothing is sent.
	sent = nil
	p.click("#entry")
	p.press("/aide", kb.Enter, kb.Enter)
	p.until("document.querySelector('dialog').open")
	p.press(kb.Escape)
	p.until("!document.querySelector('dialog').open")
	if sent != nil {
		t.Errorf("a modal that was closed sent %s", sent)
	}
}
