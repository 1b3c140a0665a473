package reader

import "fmt"

// A Reason says why a file or an address is not taken. Each calls for its own sentence to the member: what they
// can do about it differs.
type Reason int

// The reasons. The zero value is none of them.
const (
	BadAddress       Reason = iota + 1 // no http or https address, or one with a port, a name or a password
	NotPublic                          // the address leads to a machine that is not on the public internet
	Unreachable                        // no such host, no connection, or an error of the server's
	NotFound                           // the server has no such page
	Denied                             // the page is for people who have signed in, or the server refuses programs
	ByRobots                           // the site's robots.txt asks programs to leave the page alone
	TooManyRedirects                   // the address leads on and on
	Timeout                            // it took longer than it may
	TooBig                             // there are more bytes than are taken
	TooComplex                         // reading it takes more memory than it may
	WrongType                          // it is no text, Markdown, HTML, PDF or DOCX
	Encrypted                          // it cannot be read without a password
	Unreadable                         // it is of a known format, and broken
	Empty                              // there is nothing to quote in it: an image, an empty page
)

// reasons are the words for the operator. What members read is elsewhere.
var reasons = map[Reason]string{
	BadAddress:       "not an address that is fetched",
	NotPublic:        "not a public address",
	Unreachable:      "not reachable",
	NotFound:         "not found",
	Denied:           "access denied",
	ByRobots:         "refused by robots.txt",
	TooManyRedirects: "too many redirects",
	Timeout:          "too slow",
	TooBig:           "too big",
	TooComplex:       "too complex",
	WrongType:        "not a text, Markdown, HTML, PDF or DOCX file",
	Encrypted:        "encrypted",
	Unreadable:       "broken",
	Empty:            "nothing to quote",
}

func (r Reason) String() string {
	if s, ok := reasons[r]; ok {
		return s
	}
	return fmt.Sprintf("reason %d", int(r))
}

// A RefusedError says that a file or an address is not taken, and why.
type RefusedError struct {
	Reason Reason
	What   string // the file's name, or the address
	Err    error  // what was seen, for the operator; nil when Reason says it all
}

func (e *RefusedError) Error() string {
	s := e.Reason.String()
	if e.What != "" {
		s = e.What + ": " + s
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap returns what was seen.
func (e *RefusedError) Unwrap() error { return e.Err }

// refuse makes a refusal that does not know yet what it is about; [Read] and [Fetcher.Fetch] fill that in.
func refuse(r Reason, format string, args ...any) *RefusedError {
	e := &RefusedError{Reason: r}
	if format != "" {
		e.Err = fmt.Errorf(format, args...)
	}
	return e
}
