package library

import (
	"context"
	"errors"
)

// An Operation is a kind of work that a library does, for figures.
type Operation string

// The operations.
const (
	Knowing      Operation = "state"    // what a server knows and has set, for each question that may have to ask
	Indexing     Operation = "index"    // reading the articles of an index
	Changing     Operation = "change"   // of articles and settings, by moderators
	Voting       Operation = "vote"     // counting a vote
	Noting       Operation = "question" // keeping and forgetting what found no answer
	Listing      Operation = "list"     // what moderators and the operator look at
	Attending    Operation = "presence" // that the bot is in a server, or is no more
	Sweeping     Operation = "sweep"    // what was kept too long
	Transferring Operation = "transfer" // exporting and importing
)

// Operations are all of them.
var Operations = []Operation{Knowing, Indexing, Changing, Voting, Noting, Listing, Attending, Sweeping, Transferring}

// ended ends an operation: every one comes here, but to open the library and to ping it. It returns err as [storage]
// does, and tells [Options.Failed] of it unless it is no failure of the library's: what a server asked for is not
// there or does not fit, or who asked has gone.
func (l *Library) ended(did Operation, err error) error {
	err = storage(err)
	var quota *QuotaError
	if err != nil && !errors.As(err, &quota) && !errors.Is(err, ErrNotFound) && !errors.Is(err, context.Canceled) {
		l.o.Failed(did, err)
	}
	return err
}
