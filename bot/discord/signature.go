package discord

import (
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// Names of the headers that carry a signature.
//
// Source: https://discord.com/developers/docs/interactions/overview#setting-up-an-endpoint-validating-security-request-headers
const (
	headerSignature = "X-Signature-Ed25519"
	headerTimestamp = "X-Signature-Timestamp"
)

// maxSkew is how far a signed timestamp may lie from our clock, before or after it. Discord sends an
// interaction within seconds and gives up on it after three, so all that this leaves room for is a
// clock that is wrong: five minutes is what Kerberos grants one (RFC 4120, section 1.6). A recorded
// request is worth nothing after that.
const maxSkew = 5 * time.Minute

// parseKey reads an application's public key as the Developer Portal shows it. The error never
// repeats what was given: a token pasted in the wrong place is a likely mistake.
func parseKey(s string) (ed25519.PublicKey, error) {
	const want = "expected the 64 hexadecimal digits shown as “Public Key” on the application’s General Information page"
	key, err := hex.DecodeString(s)
	switch {
	case s == "":
		return nil, errors.New("the public key is empty: " + want)
	case len(s) != hex.EncodedLen(ed25519.PublicKeySize):
		return nil, fmt.Errorf("the public key has %d characters: %s", len(s), want)
	case err != nil:
		return nil, errors.New("the public key has a character that is not a hexadecimal digit: " + want)
	}
	return key, nil
}

// A signature is what the headers of a request say about its body.
type signature struct {
	timestamp string // as sent: its digits are part of what is signed
	sig       []byte // ed25519.SignatureSize long
}

// readSignature takes the signature from h. It refuses what no body could make right, so that such a
// request costs nothing: a header that is missing or malformed, a timestamp too far from now.
func readSignature(h http.Header, now time.Time) (signature, error) {
	sig, err := hex.DecodeString(h.Get(headerSignature))
	if err != nil || len(sig) != ed25519.SignatureSize {
		return signature{}, errors.New("no signature, or one that is not 128 hexadecimal digits")
	}
	ts := h.Get(headerTimestamp)
	seconds, err := strconv.ParseInt(ts, 10, 64)
	if err != nil {
		return signature{}, errors.New("no timestamp, or one that is not a number of seconds")
	}
	// Unix seconds are compared, not times: time.Time.Sub saturates on a timestamp that is far off.
	limit := int64(maxSkew / time.Second)
	if at := now.Unix(); seconds < at-limit || seconds > at+limit {
		return signature{}, fmt.Errorf("the timestamp is more than %v from this machine’s clock", maxSkew)
	}
	return signature{timestamp: ts, sig: sig}, nil
}

// signs reports whether key's owner signed body at the timestamp.
func (s signature) signs(key ed25519.PublicKey, body []byte) bool {
	message := make([]byte, 0, len(s.timestamp)+len(body))
	message = append(message, s.timestamp...)
	message = append(message, body...)
	return ed25519.Verify(key, message, s.sig)
}
