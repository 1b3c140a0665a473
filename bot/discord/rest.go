package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/bwmarrin/discordgo"
)

const (
	// apiURL is version 10 of the API, the one that Discord's OpenAPI description is of. discordgo
	// still calls version 9.
	apiURL = "https://discord.com/api/v10/"

	// userAgent has the form that Discord asks for; the library that it names is the one whose types
	// are sent. Source: https://discord.com/developers/docs/reference#user-agent
	userAgent = "DiscordBot (https://github.com/bwmarrin/discordgo, " + discordgo.VERSION + ") Verbatim"

	// maxAnswer bounds what is read of an answer, in bytes. The longest, a full list of commands with
	// every localization, is about 1 MB.
	maxAnswer = 8 << 20
)

// RESTOptions tunes [NewREST]. The zero value is enough to reply to interactions.
type RESTOptions struct {
	// Token is the bot's, without “Bot ” before it. Replies need none: the interaction's own token
	// allows them. Everything else does.
	Token string
	// Transport carries the requests. nil means one of the client's own.
	Transport http.RoundTripper
}

// A REST calls Discord's HTTP API. It may be used by many goroutines.
//
// It takes discordgo's types and not its requests. Those keep a rate-limit bucket for each interaction
// token for ever, sleep through the end of a context, and write the URL, which holds the token, into
// errors and logs. No error of a REST holds a token.
type REST struct {
	client *http.Client
	token  string
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
	return &REST{
		token: o.Token,
		client: &http.Client{
			Transport: transport,
			// A redirection would carry tokens to whatever it names. The API has none.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// Close ends the idle connections.
func (c *REST) Close() { c.client.CloseIdleConnections() }

// Reply sends the first response to an interaction. It gives up when ctx ends, and 3 s after the call
// in any case: Discord has then forgotten the interaction. The errors 10062 (the interaction is unknown)
// and 40060 (it has been answered) are final.
//
// A 429 is obeyed where the time allows. After a 5xx or a broken connection Discord may have taken the
// response or not, and the only way to know is to send it again: Discord takes one first response and no
// other, so the member never sees two, and 40060 then means that the one before had arrived.
func (c *REST) Reply(ctx context.Context, i *discordgo.Interaction, r *discordgo.InteractionResponse) error {
	body, err := encode(r)
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
	body   []byte // JSON, or nil
	bot    bool   // the call needs the bot's token
}

// call makes one attempt at r and decodes what it returns into out, unless out is nil.
func (c *REST) call(ctx context.Context, r request, out any) error {
	req, err := http.NewRequestWithContext(ctx, r.method, apiURL+r.path, bytes.NewReader(r.body))
	if err != nil {
		return withoutURL(err)
	}
	req.Header.Set("User-Agent", userAgent)
	if r.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if r.bot {
		req.Header.Set("Authorization", "Bot "+c.token)
	}
	resp, err := c.client.Do(req)
	if err != nil {
		return withoutURL(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	switch {
	case err != nil:
		return fmt.Errorf("read the answer: %w", err)
	case r.bot && resp.StatusCode == http.StatusUnauthorized:
		return ErrToken
	case resp.StatusCode < 200 || resp.StatusCode > 299:
		return newAPIError(resp, body)
	case out == nil:
		return nil
	}
	if err := json.Unmarshal(body, out); err != nil {
		return fmt.Errorf("decode the answer: %w", err)
	}
	return nil
}

// withoutURL takes the URL, and with it the interaction's token, out of an error of net/http.
func withoutURL(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return u.Err
	}
	return err
}
