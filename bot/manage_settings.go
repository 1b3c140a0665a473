package bot

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
	"verbatim/knowledge/library"
)

// showSettings answers /reglages.
func (b *Bot) showSettings(ctx context.Context, r *request) (*discordgo.InteractionResponse, error) {
	settings, err := b.library.Settings(ctx, r.guild)
	if err != nil {
		return nil, err
	}
	return message(true, b.settingsPage(r, settings, false).container()), nil
}

// A setter changes one of the settings as a control says. It fails with [errState] when what the control
// says is no setting.
type setter func(r *request, s state, settings *library.Settings) error

// change returns what answers a control that changes one of the settings: it is kept, and the panel shows
// them as they now are.
func (b *Bot) change(set setter) presser {
	return func(ctx context.Context, r *request, s state, _ *volume) (*discordgo.InteractionResponse, error) {
		settings, err := b.library.ChangeSettings(ctx, r.guild, func(now *library.Settings) error { return set(r, s, now) })
		if err != nil {
			return nil, err
		}
		return update(b.settingsPage(r, settings, true).container()), nil
	}
}

// setPrivate takes the choice of public or private answers.
func setPrivate(r *request, _ state, settings *library.Settings) error {
	private, err := strconv.ParseBool(r.value())
	if err != nil {
		return errState
	}
	settings.Private = private
	return nil
}

// setChannels takes the channels that were chosen: none is everywhere.
func setChannels(r *request, _ state, settings *library.Settings) error {
	data, ok := r.Data.(discordgo.MessageComponentInteractionData)
	if !ok || len(data.Values) > maxChoices || !isSnowflakes(data.Values) {
		return errState
	}
	settings.Channels = slices.Clone(data.Values)
	return nil
}

// isSnowflakes reports whether all of ids are IDs as Discord's.
func isSnowflakes(ids []string) bool {
	for _, id := range ids {
		if n, err := strconv.ParseUint(id, 10, 64); err != nil || strconv.FormatUint(n, 10) != id {
			return false
		}
	}
	return true
}

// setCaution takes the choice of how sure an answer must be.
func setCaution(r *request, _ state, settings *library.Settings) error {
	n, err := strconv.Atoi(r.value())
	if err != nil || !slices.Contains(cautions, knowledge.Caution(n)) {
		return errState
	}
	settings.Caution = knowledge.Caution(n)
	return nil
}

func setKeepQuestions(_ *request, s state, settings *library.Settings) error {
	settings.KeepQuestions = s.numbers[0] == 1
	return nil
}

func setOwnOnly(_ *request, s state, settings *library.Settings) error {
	settings.OwnOnly = s.numbers[0] == 1
	return nil
}

// cautions are the choices of caution, in the order that they are offered in.
var cautions = []knowledge.Caution{knowledge.Prudent, knowledge.Balanced, knowledge.Bold}

// settingsPage lays out a server's settings, each with what changes it.
func (b *Bot) settingsPage(r *request, s library.Settings, saved bool) *page {
	p := newPage(blue)
	p.write(r.words.settingsHead)
	p.write(r.words.visibility)
	p.row(b.visibilitySelect(r, s))
	p.write(r.words.channels)
	p.row(channelSelect(r, s))
	p.write(r.words.caution)
	p.row(cautionSelect(r, s))
	keeping, quoting := r.words.keepOff, r.words.operatorsOn
	if s.KeepQuestions {
		keeping = r.words.keepOn
	}
	if s.OwnOnly {
		quoting = r.words.operatorsOff
	}
	p.section(toggle(r, actKeepQuestions, s.KeepQuestions, r.words.keepDo, r.words.keepStop),
		fmt.Sprintf(r.words.keepQuestions, keeping), "-# "+fmt.Sprintf(r.words.keepHint, b.kept(r)))
	p.section(toggle(r, actOwnOnly, s.OwnOnly, r.words.operatorsStop, r.words.operatorsDo),
		fmt.Sprintf(r.words.operators, quoting), "-# "+r.words.operatorsHint)
	if saved {
		p.write(r.words.settingsSaved)
	}
	return p
}

func (b *Bot) visibilitySelect(r *request, s library.Settings) discordgo.SelectMenu {
	return discordgo.SelectMenu{
		MenuType: discordgo.StringSelectMenu, CustomID: r.own(actPrivate, "").String(), Placeholder: plainText(r.words.visibility),
		Options: []discordgo.SelectMenuOption{
			{Label: r.words.visibilityPublic, Value: "false", Default: !s.Private},
			{Label: r.words.visibilityPrivate, Value: "true", Default: s.Private},
		},
	}
}

// channelSelect chooses among the channels where members write. Their threads go with them: see [Decode].
func channelSelect(r *request, s library.Settings) discordgo.SelectMenu {
	none := 0
	menu := discordgo.SelectMenu{
		MenuType: discordgo.ChannelSelectMenu, CustomID: r.own(actChannels, "").String(), Placeholder: r.words.channelsHint,
		MinValues: &none, MaxValues: maxChoices,
		ChannelTypes: []discordgo.ChannelType{
			discordgo.ChannelTypeGuildText, discordgo.ChannelTypeGuildNews, discordgo.ChannelTypeGuildVoice,
			discordgo.ChannelTypeGuildStageVoice, discordgo.ChannelTypeGuildForum,
		},
	}
	for _, id := range s.Channels {
		menu.DefaultValues = append(menu.DefaultValues, discordgo.SelectMenuDefaultValue{ID: id, Type: discordgo.SelectMenuDefaultValueChannel})
	}
	return menu
}

func cautionSelect(r *request, s library.Settings) discordgo.SelectMenu {
	menu := discordgo.SelectMenu{MenuType: discordgo.StringSelectMenu, CustomID: r.own(actCaution, "").String(), Placeholder: plainText(r.words.caution)}
	for _, c := range cautions {
		word := r.words.cautions[c]
		menu.Options = append(menu.Options, discordgo.SelectMenuOption{
			Label: word.name, Description: word.description, Value: strconv.Itoa(int(c)), Default: c == s.Caution,
		})
	}
	return menu
}

// toggle is a button that turns a setting round. do says what turns it on, and stop what turns it off.
func toggle(r *request, a act, on bool, do, stop string) discordgo.Button {
	if on {
		return button(stop, discordgo.SecondaryButton, r.own(a, "", 0))
	}
	return button(do, discordgo.SecondaryButton, r.own(a, "", 1))
}

// plainText returns a phrase of the catalogue for a place where Markdown is not read.
func plainText(markdown string) string { return strings.Trim(markdown, "*") }
