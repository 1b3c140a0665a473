package discord

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot"
)

const (
	// apiURL is version 10 of the API, the one that Discord's OpenAPI description is of. discordgo's own
	// addresses are of version 9.
	apiURL  = "https://discord.com" + apiPath
	apiPath = "/api/v10/"

	// userAgent has the form that Discord asks for.
	// Source: https://discord.com/developers/docs/reference#user-agent
	userAgent = "DiscordBot (https://github.com/bwmarrin/discordgo, " + discordgo.VERSION + ") Verbatim"
)

// RESTOptions tunes [NewREST]. The zero value is enough to reply to interactions.
type RESTOptions struct {
	// Token is the bot's, without “Bot ” before it. Replies need none: the interaction's own token
	// allows them. Everything else does.
	Token string
	// Transport carries the requests. nil means one of the client's own.
	Transport http.RoundTripper
	// Observe is told of each request.
	Observe Observer
}

// A REST calls Discord's HTTP API through discordgo. It may be used by many goroutines. No error of a
// REST holds a token.
type REST struct {
	// session is never opened, and has no token: only a call that needs the bot's gets it, as a header.
	session *discordgo.Session
	token   string
}

// NewREST returns a client.
func NewREST(o RESTOptions) *REST {
	transport := o.Transport
	if transport == nil {
		own := http.DefaultTransport.(*http.Transport).Clone()
		own.MaxIdleConnsPerHost = 32
		// A connection that died in silence is found out by a ping, before a reply is lost on it.
		own.HTTP2 = &http.HTTP2Config{SendPingTimeout: 15 * time.Second, PingTimeout: 2 * time.Second}
		transport = own
	}
	session, _ := discordgo.New("") // its error is always nil
	session.UserAgent = userAgent
	session.LogLevel = discordgo.LogError - 1 // nothing: what it would tell, it returns
	session.ShouldRetryOnRateLimit = false    // it sleeps through the end of a context
	session.MaxRestRetries = 0                // it hides that an attempt before may have arrived
	session.Client = &http.Client{
		Transport: observed{transport, &o.Observe},
		// A redirection would carry tokens to whatever it names. The API has none.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return &REST{session, o.Token}
}

// Close ends the idle connections.
func (c *REST) Close() { c.session.Client.CloseIdleConnections() }

// Reply sends the first response to an interaction. It gives up when ctx ends, and 3 s after the call
// in any case: Discord has then forgotten the interaction. The errors 10062 (the interaction is unknown)
// and 40060 (it has been answered) are final.
//
// A 429 is obeyed where the time allows. After a 5xx or a broken connection Discord may have taken the
// response or not, and the only way to know is to send it again: Discord takes one first response and no
// other, so the member never sees two, and 40060 then means that the one before had arrived.
func (c *REST) Reply(ctx context.Context, i *discordgo.Interaction, r *discordgo.InteractionResponse) error {
	body, err := bot.Encode(r)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, discordgo.InteractionDeadline)
	defer cancel()
	path := "interactions/" + url.PathEscape(i.ID) + "/" + url.PathEscape(i.Token) + "/callback"
	uncertain := false
	err = retry(ctx, 100*time.Millisecond, func() error {
		err := c.call(ctx, request{method: http.MethodPost, path: path, body: body}, nil)
		if uncertain && hasCode(err, codeAcknowledged) {
			return nil
		}
		uncertain = uncertain || mayHaveArrived(err)
		return err
	})
	if err != nil {
		return fmt.Errorf("reply to interaction %s: %w", i.ID, err)
	}
	return nil
}

// Application returns the snowflake of the application that the token belongs to.
func (c *REST) Application(ctx context.Context) (string, error) {
	var app struct {
		ID string `json:"id"`
	}
	err := c.persist(ctx, request{method: http.MethodGet, path: "applications/@me", bot: true}, &app)
	if err != nil {
		return "", fmt.Errorf("ask Discord for the token’s application: %w", err)
	}
	return app.ID, nil
}

// A request is one call of the API.
type request struct {
	method string
	path   string // after apiURL; may hold an interaction's token, so it is never told
	body   []byte // or nil
	bot    bool   // the call needs the bot's token

	contentType string // of body; "" means JSON
}

// call makes one attempt at r and decodes what it returns into out, unless out is nil.
//
// The rate-limit bucket is the call's own. discordgo's methods look theirs up by address: they keep one for
// each interaction's token for ever, and wait for it past the end of ctx.
func (c *REST) call(ctx context.Context, r request, out any) error {
	options := []discordgo.RequestOption{discordgo.WithContext(ctx)}
	if r.bot {
		options = append(options, discordgo.WithHeader("Authorization", "Bot "+c.token))
	}
	contentType := cmp.Or(r.contentType, "application/json")
	bucket := discordgo.NewRatelimiter().LockBucket("")
	body, err := c.session.RequestWithLockedBucket(r.method, apiURL+r.path, contentType, r.body, bucket, 0, options...)
	if err != nil {
		return failure(err, r.bot)
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(body, out); err != nil {
		return fmt.Errorf("decode the answer: %w", err)
	}
	return nil
}
