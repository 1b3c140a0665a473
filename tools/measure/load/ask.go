package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// questions are asked in turn: some that the article answers, some that it does not, some that are none.
var questions = []string{
	"Qui remplace Alexandr Wang ?", "Combien Meta investit dans Scale AI ?", "Quel âge a Alexandr Wang ?",
	"Où vit le dalaï-lama ?", "Que fait Scale AI ?", "Qui est Jason Droege ?", "Quand Scale AI a-t-elle été fondée ?",
	"Pourquoi Meta recrute Alexandr Wang ?", "budget IA Meta", "Quelle est la capitale de la Mongolie ?", "Who is Alexandr Wang?",
	"Quelles entreprises sont clientes de Scale AI ?",
}

// resign is how long signed requests are used: a timestamp is good for five minutes.
const resign = 2 * time.Minute

// An asker makes signed questions.
type asker struct {
	key    ed25519.PrivateKey
	guilds int
}

func newAsker(guilds int) (*asker, error) {
	_, key, err := ed25519.GenerateKey(nil)
	return &asker{key, guilds}, err
}

func (a *asker) publicKey() string { return hex.EncodeToString(a.key.Public().(ed25519.PublicKey)) }

// requests are n whole HTTP requests, signed now.
func (a *asker) requests(n int) [][]byte {
	all := make([][]byte, n)
	timestamp := strconv.FormatInt(time.Now().Unix(), 10)
	for i := range all {
		body := fmt.Sprintf(`{"id":"%d","application_id":"100000000000000001","type":2,"token":"t%[1]d","version":1,`+
			`"guild_id":"%d","channel_id":"300000000000000002","locale":"fr","guild_locale":"fr",`+
			`"member":{"user":{"id":"%d","username":"membre","discriminator":"0"},"roles":[],"permissions":"0",`+
			`"joined_at":"2026-01-01T00:00:00Z","deaf":false,"mute":false,"flags":0},`+
			`"data":{"id":"300000000000000004","name":"demander","type":1,"options":[{"name":"question","type":3,"value":%[4]q}]}}`,
			200000000000000000+i, 400000000000000000+i%a.guilds, 500000000000000000+i, questions[i%len(questions)])
		signature := hex.EncodeToString(ed25519.Sign(a.key, []byte(timestamp+body)))
		all[i] = fmt.Appendf(nil, "POST /interactions HTTP/1.1\r\nHost: bot\r\nContent-Type: application/json\r\n"+
			"X-Signature-Timestamp: %s\r\nX-Signature-Ed25519: %s\r\nContent-Length: %d\r\n\r\n%s", timestamp, signature, len(body), body)
	}
	return all
}

// A result is what became of the questions of a step.
type result struct {
	sent     int
	ok, shed []time.Duration // latencies
	other    int
	trouble  error // one of the others
	took     time.Duration
	began    time.Time
	lastShed time.Time
}

// ask asks at a rate for a time, over a number of connections.
func (a *asker) ask(ctx context.Context, address string, rate int, each time.Duration, conns int) *result {
	var mu sync.Mutex
	pool := a.requests(5000)
	signed := time.Now()
	r := &result{began: signed}        // the questions' times begin once there are some
	due := make(chan time.Time, 1<<20) // what no connection is free for yet waits, and its wait is counted
	var all sync.WaitGroup
	next := 0
	for range conns {
		all.Go(func() {
			var c *client
			for at := range due {
				mu.Lock()
				request := pool[next%len(pool)]
				next++
				mu.Unlock()
				var status int
				var err error
				if c == nil {
					c, err = dial(ctx, address)
				}
				if err == nil {
					status, err = c.do(request)
				}
				now := time.Now()
				mu.Lock()
				switch {
				case err == nil && status == 200:
					r.ok = append(r.ok, now.Sub(at))
				case err == nil && status == 503:
					r.shed = append(r.shed, now.Sub(at))
					r.lastShed = now
				default:
					r.other++
					r.trouble = errors.Join(err, fmt.Errorf("status %d", status))
				}
				mu.Unlock()
				if err != nil {
					c.close()
					c = nil
				}
			}
			c.close()
		})
	}
	for tick := time.NewTicker(time.Millisecond); ctx.Err() == nil && time.Since(r.began) < each; <-tick.C {
		for n := int(time.Since(r.began).Seconds() * float64(rate)); r.sent < n; r.sent++ {
			due <- r.began.Add(time.Duration(float64(r.sent) / float64(rate) * float64(time.Second)))
		}
		if time.Since(signed) > resign {
			signed = time.Now()
			all.Go(func() { // beside: the questions come at their times
				fresh := a.requests(5000)
				mu.Lock()
				defer mu.Unlock()
				pool = fresh
			})
		}
	}
	close(due)
	all.Wait()
	r.took = time.Since(r.began)
	return r
}

// latencies are the cells of the table: of what was answered, and of what was told that there is no room.
func (r *result) latencies() string {
	slices.Sort(r.ok)
	slices.Sort(r.shed)
	cells := make([]string, 0, 5)
	for _, of := range []float64{.5, .99, .999, 1} {
		cells = append(cells, quantile(r.ok, of))
	}
	return strings.Join(append(cells, quantile(r.shed, .99)), " | ")
}

func quantile(sorted []time.Duration, q float64) string {
	if len(sorted) == 0 {
		return "–"
	}
	at := min(int(q*float64(len(sorted))), len(sorted)-1)
	return fmt.Sprintf("%.2f ms", float64(sorted[at].Microseconds())/1000)
}

// recovered is when the last question was turned away, from the beginning of the step; -1 for none.
func (r *result) recovered() time.Duration {
	if len(r.shed) == 0 {
		return -1
	}
	return r.lastShed.Sub(r.began)
}

// A client is one connection. It reads no more of HTTP than the bot's answers need: on two cores, what it took
// would be taken from the bot.
type client struct {
	conn net.Conn
	in   *bufio.Reader
}

func dial(ctx context.Context, address string) (*client, error) {
	conn, err := (&net.Dialer{Timeout: 5 * time.Second}).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	if host, _, _ := net.SplitHostPort(conn.RemoteAddr().String()); !net.ParseIP(host).IsLoopback() {
		_ = conn.Close()
		return nil, errors.New("the bot is not on loopback")
	}
	return &client{conn, bufio.NewReaderSize(conn, 16<<10)}, nil
}

func (c *client) close() {
	if c != nil {
		_ = c.conn.Close()
	}
}

// do sends a request and reads the answer.
func (c *client) do(request []byte) (status int, err error) {
	_ = c.conn.SetDeadline(time.Now().Add(10 * time.Second))
	if _, err := c.conn.Write(request); err != nil {
		return 0, err
	}
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	if len(line) < 12 {
		return 0, fmt.Errorf("answer %q", line)
	}
	if status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return 0, err
	}
	length, chunked := -1, false
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return status, err
		}
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			break
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		switch {
		case bytes.EqualFold(name, []byte("Content-Length")):
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return status, err
			}
		case bytes.EqualFold(name, []byte("Transfer-Encoding")):
			chunked = true
		}
	}
	if chunked || length < 0 {
		return status, errors.New("an answer without a length")
	}
	_, err = io.CopyN(io.Discard, c.in, int64(length))
	return status, err
}
