// Package bot is the conversation: an interaction of Discord in, a reply out.
//
// [Decode] reads an interaction as Discord sends it, [Bot.Respond] answers it, [Encode] writes the reply as
// Discord takes it, and [Commands] is what Discord is told of the commands. The package knows Discord's shapes but sends nothing: whoever
// received the interaction sends the reply.
//
// A [Bot] answers each server from what its library knows, under the settings that its moderators chose. What
// takes long it promises, and leaves to be done: see [Reply].
//
// It keeps nothing of a conversation in memory. A button carries its state in its custom ID and the
// question stands in the message, so any replica, after any restart, serves any button.
//
// Nothing that a member or an article writes can mention anyone, break out of a quote or forge a link,
// and a quote that does not fit in a message is left out whole, never cut.
package bot
