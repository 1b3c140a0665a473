package bot

import (
	"context"
	"errors"
	"strings"
	"testing"

	"verbatim/knowledge/french"
)

func TestVotesAreCountedWithoutWho(t *testing.T) {
	tally := &Tally{}
	b, log := newBot(shipped())
	b.feedback = tally
	s := ask(t, b, "demander")
	for _, member := range []string{camille, dominique} {
		if got := texts(press(t, b, s, member, s.act(actHelpful), "")); got[0] != inFrench.thanksHelpful {
			t.Errorf("thanks: %q", got)
		}
	}
	if got := texts(press(t, b, s, dominique, s.act(actUnhelpful), "")); got[0] != inFrench.thanksUnhelpful {
		t.Errorf("thanks: %q", got)
	}
	vote := Vote{Guild: "1420000000000000002", Article: "meta-scale-ai", Kind: french.Person, Helpful: true}
	if n := tally.Of(vote); n != 2 {
		t.Errorf("%d votes %+v, want 2: %v", n, vote, tally.counts)
	}
	vote.Helpful = false
	if n := tally.Of(vote); n != 1 || len(tally.counts) != 2 {
		t.Errorf("%d votes %+v, want 1: %v", n, vote, tally.counts)
	}
	if got := log.String(); strings.Count(got, "kind=person") != 3 || strings.Contains(got, camille) || strings.Contains(got, "PDG") {
		t.Errorf("logged %q, want each vote without who gave it, nor the question", got)
	}
}

type broken struct{}

func (broken) Count(context.Context, Vote) error { return errors.New("disk full") }

func TestAVoteThatIsNotCountedIsTold(t *testing.T) {
	b, log := newBot(shipped())
	b.feedback = broken{}
	s := ask(t, b, "demander")
	if got := texts(press(t, b, s, camille, s.act(actHelpful), "")); got[0] != inFrench.failed {
		t.Errorf("told %q", got)
	}
	if log.Len() == 0 {
		t.Error("nothing logged")
	}
}
