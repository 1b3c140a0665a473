package bot_test

import (
	"context"
	"fmt"
	"strings"

	"verbatim/bot"
	"verbatim/knowledge"
	"verbatim/knowledge/library"
)

// An interaction comes in as JSON, over HTTP or the gateway, and the reply goes out as JSON. The
// package sends nothing itself.
func Example() {
	l, err := library.Open(context.Background(), "memory:", library.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	l.Share([]*knowledge.Article{knowledge.Shipped()})
	b := bot.New(l, bot.Options{})

	interaction, err := bot.Decode([]byte(`{"id": "1", "type": 2, "locale": "fr", "data": {"type": 1, "name": "demander",
		"options": [{"name": "question", "type": 3, "value": "Qui occupera le poste de PDG par intérim ?"}]}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	body, err := bot.Encode(b.Respond(context.Background(), interaction).Response)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(strings.Contains(string(body), "Jason Droege"))
	// Output: true
}
