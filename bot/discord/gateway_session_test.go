package discord

import (
	"bufio"
	"context"
	"crypto/sha1" // #nosec G505 -- RFC 6455 asks for it
	"encoding/base64"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot"
)

// answer is how a server agrees to a websocket.
func answer(r *http.Request) string {
	sum := sha1.Sum([]byte(r.Header.Get("Sec-Websocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")) // #nosec G401
	return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
		base64.StdEncoding.EncodeToString(sum[:]) + "\r\n\r\n"
}

// nobody answers nothing.
type nobody struct{}

func (nobody) Respond(context.Context, *discordgo.Interaction) bot.Reply {
	return bot.Reply{}
}

// Whatever Discord says that is JSON, a discordgo session behind the guard neither hangs nor panics: a
// panic would come in a goroutine of discordgo's, and end the program.
func FuzzSession(f *testing.F) {
	f.Add([]byte(`{"session_id":"s"}`), []byte(anInvitation))
	f.Add([]byte(`{"session_id":"s","guilds":[null],"user":null,"application":{}}`), []byte(aServer))
	f.Add([]byte(`{"session_id":"s","guilds":[{"id":"1","channels":[null],"members":[null]}]}`), []byte(`{"op":7}`))
	for _, d := range []string{
		`null`, `{}`, `{"type":3,"data":{"component_type":999,"resolved":null}}`, `{"type":2,"data":{"options":[null]}}`,
		`{"type":5,"data":{"components":[null]}}`, `{"type":5,"data":{"components":[{"type":1,"components":[{"type":4},{"type":99}]},{"type":18,"component":null}]}}`,
		`{"type":3,"message":{"components":[{"type":9,"components":[],"accessory":null},{"type":17,"components":[{"type":12}]}],"embeds":[null]},"data":{"values":null}}`,
		`{"type":2,"member":{"user":null},"user":null,"data":{"resolved":{"users":{"1":null},"members":{"1":null},"messages":{"1":null}}}}`,
	} {
		f.Add([]byte(`{"session_id":"s"}`), []byte(`{"op":0,"s":2,"t":"INTERACTION_CREATE","d":`+d+`}`))
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = l.Close() })
	says := make(chan string, 1)
	go speak(l, says)
	g := NewGateway(NewREST(RESTOptions{}), nobody{}, GatewayOptions{OpenTimeout: 5 * time.Second})
	s := &shard{g: g, count: 1, log: g.log}
	f.Fuzz(func(t *testing.T, ready, event []byte) {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		says <- texts(aHello, `{"op":0,"s":1,"t":"READY","d":`+string(ready)+`}`, string(event))
		c, err := s.open(ctx, "ws://"+l.Addr().String(), func() {})
		if err == nil {
			<-c.ended
		}
		if ctx.Err() != nil {
			t.Error("the session hangs")
		}
	})
}

// speak plays a server: to each websocket it says one thing, and hangs up.
func speak(l net.Listener, says <-chan string) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		if r, err := http.ReadRequest(bufio.NewReader(c)); err == nil {
			_, _ = io.WriteString(c, answer(r)+<-says)
			_ = c.(*net.TCPConn).CloseWrite()
			_ = c.SetReadDeadline(time.Now().Add(time.Second))
			_, _ = io.Copy(io.Discard, c) // IDENTIFY, or the close would be a reset
		}
		_ = c.Close()
	}
}
