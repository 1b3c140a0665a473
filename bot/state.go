package bot

import (
	"errors"
	"strconv"
	"strings"
)

// A state is what a button or a select remembers, written into its custom ID. It comes back from
// outside: from an older version of the program, or for an article that changed or is gone.
type state struct {
	act     act
	article string // the key of the article that it is about; "" for all of them
	rev     string // the revision of that article, or of the corpus, when the button was made
	numbers []int  // what the act needs, never negative
	unkept  bool   // the question of its message is not to be kept: see [asked]
}

// An act is what pressing a button does. Its value is its letter in custom IDs.
type act byte

// The acts, and the numbers that each needs.
const (
	actContext   act = 'c' // show a quote in its paragraph: paragraph, first and last sentence
	actPassages  act = 'p' // turn to a page of an answer's passages: page
	actNearest   act = 'n' // show what is nearest to a question without an answer
	actAsk       act = 'q' // ask the question that is the button's label: which button of the message
	actShare     act = 's' // show a private answer to the channel
	actHelpful   act = 'u' // 👍
	actUnhelpful act = 'd' // 👎
	actOpen      act = 'o' // read the article from a paragraph on, in a message of its own: paragraph
	actTurn      act = 't' // turn to a page of the article: page
	actJump      act = 'j' // go to the paragraph that a select's value names
	actChoose    act = 'l' // read the article that a select's value names
	actExpected  act = 'e' // the window that asks what was expected of an answer
)

// The acts of moderators. Their revision is the server's key: see [request.own].
const (
	actPaste         act = 'w' // the window to paste an article in
	actList          act = 'L' // turn to a page of the list of articles: page
	actRemove        act = 'R' // forget an article: its revision
	actLeave         act = 'N' // leave everything as it is
	actPrivate       act = 'V' // public or private answers, by a select's value
	actChannels      act = 'H' // the channels of a select's values
	actCaution       act = 'C' // how sure an answer must be, by a select's value
	actKeepQuestions act = 'Q' // keep unanswered questions: 1, or not: 0
	actOwnOnly       act = 'O' // leave the operator's articles out: 1, or not: 0
	actForget        act = 'F' // ask whether to forget the unanswered questions
	actForgetNow     act = 'G' // forget them
)

// numbers says how many numbers the custom ID of each act holds.
var numbers = map[act]int{
	actContext: 3, actPassages: 1, actNearest: 0, actAsk: 1, actShare: 0, actHelpful: 0, actUnhelpful: 0,
	actOpen: 1, actTurn: 1, actJump: 0, actChoose: 0, actExpected: 0,
	actPaste: 0, actList: 1, actRemove: 1, actLeave: 0, actPrivate: 0, actChannels: 0, actCaution: 0, actKeepQuestions: 1, actOwnOnly: 1,
	actForget: 0, actForgetNow: 0,
}

// version begins every custom ID. It changes when what stands in one does.
const version = "1"

// unkeptMark stands behind the act of a state that is unkept.
const unkeptMark = "-"

// maxNumber bounds the numbers of a custom ID. It is ours: no article has as many sentences.
const maxNumber = 999_999

// errState is what a custom ID fails with that this version did not write.
var errState = errors.New("not a custom ID of this version")

// String returns the custom ID, at most 1+1+1+2×9+3×7 characters.
func (s state) String() string {
	parts := []string{version + string(s.act), s.article, s.rev}
	if s.unkept {
		parts[0] += unkeptMark
	}
	for _, n := range s.numbers {
		parts = append(parts, strconv.Itoa(n))
	}
	return strings.Join(parts, ".")
}

// parseState reads a custom ID. It fails with [errState] on all that [state.String] does not write.
func parseState(id string) (state, error) {
	head, rest, _ := strings.Cut(id, ".")
	head, unkept := strings.CutSuffix(head, unkeptMark)
	if len(id) > maxChoice || len(head) != len(version)+1 || !strings.HasPrefix(head, version) {
		return state{}, errState
	}
	parts := strings.Split(rest, ".")
	s := state{act: act(head[len(version)]), unkept: unkept}
	want, known := numbers[s.act]
	if !known || len(parts) != 2+want || !isHash(parts[1]) || parts[0] != "" && !isHash(parts[0]) {
		return state{}, errState
	}
	s.article, s.rev = parts[0], parts[1]
	for _, digits := range parts[2:] {
		n, err := strconv.Atoi(digits)
		if err != nil || n < 0 || n > maxNumber || strconv.Itoa(n) != digits {
			return state{}, errState
		}
		s.numbers = append(s.numbers, n)
	}
	return s, nil
}

func isHash(s string) bool {
	if len(s) != hashLength {
		return false
	}
	for _, c := range []byte(s) {
		if c != '-' && c != '_' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// about returns the state of a button about v, or about the whole corpus when v is nil.
func (c *corpus) about(a act, v *volume, numbers ...int) state {
	s := state{act: a, rev: c.rev, numbers: numbers}
	if v != nil {
		s.article, s.rev = v.key, v.rev
	}
	return s
}

// Why the state of a button cannot be served any more.
var (
	errRemoved = errors.New("the article is gone")
	errChanged = errors.New("the article has changed")
)

// resolve returns the volume that s is about, nil for the whole corpus. It fails with [errRemoved] or
// [errChanged].
func (c *corpus) resolve(s state) (*volume, error) {
	if s.article == "" {
		if s.rev != c.rev {
			return nil, errChanged
		}
		return nil, nil
	}
	v := c.byKey[s.article]
	switch {
	case v == nil:
		return nil, errRemoved
	case v.rev != s.rev:
		return nil, errChanged
	}
	return v, nil
}
