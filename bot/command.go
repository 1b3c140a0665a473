package bot

import (
	"github.com/bwmarrin/discordgo"
)

// A command is a row of the command table: what Discord is told, whom it is for, what runs, and what suggests
// values of its options, nil for nothing.
type command struct {
	def      *discordgo.ApplicationCommand
	who      audience
	run      handler
	complete handler
}

// Commands returns what Discord is told of the commands. Default names are French; English ones are a
// localization. The caller may change what it gets.
func Commands() []*discordgo.ApplicationCommand {
	var defs []*discordgo.ApplicationCommand
	for _, c := range (*Bot)(nil).table() {
		defs = append(defs, c.def)
	}
	return defs
}

// table returns the commands. A nil bot has one too: it is told to Discord without being run.
func (b *Bot) table() []command {
	return []command{
		{slash(inFrench.ask, inEnglish.ask,
			question(inFrench.askQuestion, inEnglish.askQuestion),
			articleOption(inFrench.askArticle, inEnglish.askArticle),
			option(discordgo.ApplicationCommandOptionBoolean, inFrench.askPrivate, inEnglish.askPrivate)), members, b.here(b.ask), b.completeQuestion},
		{slash(inFrench.read, inEnglish.read, articleOption(inFrench.readName, inEnglish.readName)), members, b.here(b.read), b.completeQuestion},
		{slash(inFrench.help, inEnglish.help), members, b.help, nil},
		{menu(inFrench.search, inEnglish.search), members, b.here(b.search), nil},
		{articleCommands(), moderators, b.manageArticles, b.completeEntries},
		{managed(slash(inFrench.settings, inEnglish.settings)), moderators, b.showSettings, nil},
		{managed(slash(inFrench.gaps, inEnglish.gaps)), moderators, b.listGaps, nil},
	}
}

// everywhere is where the commands may be used: in servers, in direct messages with the bot, and in
// any other conversation of a member who installed the bot for themselves.
// Source: https://discord.com/developers/docs/interactions/application-commands#contexts.
func everywhere(def *discordgo.ApplicationCommand) *discordgo.ApplicationCommand {
	def.IntegrationTypes = &[]discordgo.ApplicationIntegrationType{
		discordgo.ApplicationIntegrationGuildInstall,
		discordgo.ApplicationIntegrationUserInstall,
	}
	def.Contexts = &[]discordgo.InteractionContextType{
		discordgo.InteractionContextGuild,
		discordgo.InteractionContextBotDM,
		discordgo.InteractionContextPrivateChannel,
	}
	return def
}

// slash returns a command that is typed.
func slash(fr, en label, options ...*discordgo.ApplicationCommandOption) *discordgo.ApplicationCommand {
	names, descriptions := localized(en.name), localized(en.description)
	return everywhere(&discordgo.ApplicationCommand{
		Type:                     discordgo.ChatApplicationCommand,
		Name:                     fr.name,
		NameLocalizations:        &names,
		Description:              fr.description,
		DescriptionLocalizations: &descriptions,
		Options:                  options,
	})
}

// menu returns a command of a message's menu.
func menu(fr, en string) *discordgo.ApplicationCommand {
	names := localized(en)
	return everywhere(&discordgo.ApplicationCommand{
		Type:              discordgo.MessageApplicationCommand,
		Name:              fr,
		NameLocalizations: &names,
	})
}

// question returns the option for a question.
func question(fr, en label) *discordgo.ApplicationCommandOption {
	o := option(discordgo.ApplicationCommandOptionString, fr, en)
	o.Required, o.Autocomplete, o.MaxLength = true, true, maxQuestion
	return o
}

// articleOption returns an option for an article.
func articleOption(fr, en label) *discordgo.ApplicationCommandOption {
	o := option(discordgo.ApplicationCommandOptionString, fr, en)
	o.Autocomplete = true
	return o
}

func option(t discordgo.ApplicationCommandOptionType, fr, en label) *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{
		Type:                     t,
		Name:                     fr.name,
		NameLocalizations:        localized(en.name),
		Description:              fr.description,
		DescriptionLocalizations: localized(en.description),
	}
}

// localized gives text to both of Discord's English locales.
func localized(text string) map[discordgo.Locale]string {
	return map[discordgo.Locale]string{discordgo.EnglishUS: text, discordgo.EnglishGB: text}
}
