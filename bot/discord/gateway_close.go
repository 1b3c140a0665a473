package discord

import (
	"errors"
	"fmt"

	"github.com/gorilla/websocket"
)

// A FatalError is the gateway's refusal of a bot that would be refused again.
type FatalError struct {
	Code  int // the close code
	Shard int
	Count int // of shards
}

// advice says what is wrong and what the operator can do about it. What is not here can be tried again.
//
// Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes,
// the codes whose column “Reconnect” is false.
var advice = map[int]string{
	4004: "it does not accept the bot token: copy the current one from the application’s Bot page",
	4010: "there is no such shard: check the shard numbers and the shard count, which for a large bot must be a multiple of the one that Discord gave, or leave it to Discord",
	4011: "the bot is in too many servers for so few shards: raise the shard count, or leave it to Discord",
	4012: "it no longer speaks this version of the gateway: update the program",
	4013: "the intents asked for do not exist, though none was: report it, it is a bug",
	4014: "the intents asked for are not allowed, though none was: report it, it is a bug",
}

func (e *FatalError) Error() string {
	return fmt.Sprintf("Discord closed shard %d of %d for good (code %d): %s", e.Shard, e.Count, e.Code, advice[e.Code])
}

// closeCode returns the close code that err holds, or 0.
func closeCode(err error) int {
	if e, ok := errors.AsType[*websocket.CloseError](err); ok {
		return e.Code
	}
	return 0
}

// final reports whether Discord's REST API will answer the same however often it is asked.
func final(err error) bool { return errors.Is(err, ErrToken) }
