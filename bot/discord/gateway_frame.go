package discord

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/gorilla/websocket"
)

const (
	// maxMessage is the longest message read, in bytes, with what frames it. The longest known, READY
	// of a shard with 2500 servers, is about 200 kB.
	maxMessage = 4 << 20

	// maxHandshake is the longest answer to the websocket's handshake that is read, in bytes.
	maxHandshake = 64 << 10
)

// continuation is the opcode of a message's second frame and those after it, which gorilla does not export.
const continuation = 0

// A frame is one websocket frame from a server.
//
// Source: RFC 6455, section 5.2.
type frame struct {
	raw     []byte // as it came
	payload []byte // the end of raw
}

func (f frame) opcode() int   { return int(f.raw[0] & 0x0f) }
func (f frame) last() bool    { return f.raw[0]&0x80 != 0 }
func (f frame) control() bool { return f.raw[0]&0x08 != 0 }

// readFrame reads one frame, of at most limit bytes.
func readFrame(r *bufio.Reader, limit int) (frame, error) {
	head, err := r.Peek(2)
	if err != nil {
		return frame{}, unread(err)
	}
	if head[0]&0x70 != 0 || head[1]&0x80 != 0 {
		return frame{}, &frameError{"a frame that is masked, or of an extension"}
	}
	size, length := 2, uint64(head[1])
	switch length {
	case 126:
		size = 4
	case 127:
		size = 10
	}
	if head, err = r.Peek(size); err != nil {
		return frame{}, unread(err)
	}
	switch size {
	case 4:
		length = uint64(binary.BigEndian.Uint16(head[2:]))
	case 10:
		length = binary.BigEndian.Uint64(head[2:])
	}
	if length > maxMessage || size+int(length) > limit { // #nosec G115 -- not after the first comparison
		return frame{}, &frameError{fmt.Sprintf("a message of more than %d bytes", maxMessage)}
	}
	raw := make([]byte, size+int(length)) // #nosec G115 -- not above limit
	if _, err := io.ReadFull(r, raw); err != nil {
		return frame{}, unread(err)
	}
	f := frame{raw: raw, payload: raw[size:]}
	if f.control() && (!f.last() || size > 2) {
		return frame{}, &frameError{"a control frame that is too long, or in parts"}
	}
	return f, nil
}

// readHandshake reads the answer to the websocket's handshake, to the empty line that ends it.
func readHandshake(r *bufio.Reader) ([]byte, error) {
	var answer []byte
	for {
		line, err := r.ReadSlice('\n')
		answer = append(answer, line...)
		switch {
		case err != nil && !errors.Is(err, bufio.ErrBufferFull):
			return nil, unread(err)
		case len(answer) > maxHandshake:
			return nil, &frameError{"too long an answer to the handshake"}
		case len(bytes.TrimRight(line, "\r\n")) == 0:
			return answer, agreed(answer)
		}
	}
}

// agreed returns an error if the answer to a handshake is not an agreement to speak websocket.
func agreed(answer []byte) error {
	status, _, _ := bytes.Cut(answer, []byte("\r\n"))
	if _, code, _ := bytes.Cut(status, []byte(" ")); !bytes.HasPrefix(code, []byte("101")) {
		return fmt.Errorf("the gateway refused the connection: %.100q", status)
	}
	return nil
}

// closed returns what a close frame says.
func (f frame) closed() error {
	if len(f.payload) < 2 {
		return &websocket.CloseError{Code: websocket.CloseNoStatusReceived}
	}
	return &websocket.CloseError{Code: int(binary.BigEndian.Uint16(f.payload)), Text: string(f.payload[2:])}
}

func unread(err error) error { return fmt.Errorf("read from the gateway: %w", err) }
