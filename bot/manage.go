package bot

import (
	"context"

	"github.com/bwmarrin/discordgo"
)

// moderated returns h for those who may manage the server that the request comes from. Discord offers their
// commands to nobody else, but a server can change that for itself, and what comes is not taken on trust.
func (b *Bot) moderated(h handler) handler {
	return func(ctx context.Context, r *request) (*discordgo.InteractionResponse, error) {
		switch {
		case r.guild == "":
			return refuse(r, r.words.onlyServers), nil
		case !r.mayManage():
			return refuse(r, r.words.onlyModerators), nil
		}
		b.present(ctx, r.guild)
		return h(ctx, r)
	}
}

// refuse says why a request is not served. An autocompletion has no room for words.
func refuse(r *request, why string) *discordgo.InteractionResponse {
	if r.Type == discordgo.InteractionApplicationCommandAutocomplete {
		return choices(nil)
	}
	return whisper(why)
}

// mayManage reports whether the member may manage the server, as Discord says with each interaction.
func (r *request) mayManage() bool {
	const enough = discordgo.PermissionManageGuild | discordgo.PermissionAdministrator
	return r.Member != nil && r.Member.Permissions&enough != 0
}

// own returns the state of a control of this server's moderators. It is worth nothing in another server.
func (r *request) own(a act, article string, numbers ...int) state {
	return state{act: a, article: article, rev: keyOf(r.guild), numbers: numbers}
}

// managed makes a command one for moderators: Discord offers it to those who may manage the server, and only
// in servers that have installed the bot.
func managed(def *discordgo.ApplicationCommand) *discordgo.ApplicationCommand {
	permissions := int64(discordgo.PermissionManageGuild)
	def.DefaultMemberPermissions = &permissions
	def.IntegrationTypes = &[]discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall}
	def.Contexts = &[]discordgo.InteractionContextType{discordgo.InteractionContextGuild}
	return def
}

// subcommand returns a command of a group of commands.
func subcommand(fr, en label, options ...*discordgo.ApplicationCommandOption) *discordgo.ApplicationCommandOption {
	o := option(discordgo.ApplicationCommandOptionSubCommand, fr, en)
	o.Options = options
	return o
}

// articleCommands is /articles, with what can be done to a server's library.
func articleCommands() *discordgo.ApplicationCommand {
	address := option(discordgo.ApplicationCommandOptionString, inFrench.addURL, inEnglish.addURL)
	address.MaxLength = maxAddress
	return managed(slash(inFrench.articles, inEnglish.articles,
		subcommand(inFrench.add, inEnglish.add, address,
			option(discordgo.ApplicationCommandOptionAttachment, inFrench.addFile, inEnglish.addFile)),
		subcommand(inFrench.listing, inEnglish.listing),
		subcommand(inFrench.remove, inEnglish.remove, needed(articleOption(inFrench.removeName, inEnglish.removeName))),
		subcommand(inFrench.refresh, inEnglish.refresh, articleOption(inFrench.refreshName, inEnglish.refreshName)),
	))
}

// maxAddress is the longest address that is taken, in UTF-16 units. It is ours: longer ones are not typed.
const maxAddress = 2000

// needed makes an option one that must be given.
func needed(o *discordgo.ApplicationCommandOption) *discordgo.ApplicationCommandOption {
	o.Required = true
	return o
}

// manageArticles answers /articles.
func (b *Bot) manageArticles(ctx context.Context, r *request) (*discordgo.InteractionResponse, error) {
	switch r.subcommand() {
	case inFrench.add.name:
		return b.addArticle(ctx, r)
	case inFrench.listing.name:
		return b.listArticles(ctx, r)
	case inFrench.remove.name:
		return b.askToRemove(ctx, r)
	case inFrench.refresh.name:
		return b.refreshArticles(ctx, r)
	}
	return unknown(ctx, r)
}
