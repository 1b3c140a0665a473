package bot

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// Progress is told at first, and then now and then.
func TestPace(t *testing.T) {
	var p pace
	at, told := time.Now(), 0
	for range 100 {
		if p.now(at) {
			told++
		}
		at = at.Add(100 * time.Millisecond)
	}
	if told != 4+4 {
		t.Errorf("told %d times in 10 s", told)
	}
}

// Works of one server wait for each other, those of several take the seats that there are.
func TestDesk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk()
		var waited atomic.Int32
		work := func(guild string, done chan<- string) {
			leave, err := d.turn(t.Context(), guild, func() { waited.Add(1) })
			if err != nil {
				done <- err.Error()
				return
			}
			defer leave()
			if leave, err = d.seat(t.Context(), func() { waited.Add(1) }); err != nil {
				t.Error(err)
				return
			}
			defer leave()
			time.Sleep(time.Second)
			done <- guild
		}
		began := time.Now()
		done := make(chan string, 20)
		for range 3 {
			go work("a", done)
		}
		go work("b", done)
		for range 4 {
			<-done
		}
		if took := time.Since(began); took != 3*time.Second || waited.Load() == 0 {
			t.Errorf("took %v, waited %d times", took, waited.Load())
		}
		synctest.Wait()
		if len(d.lines) != 0 || len(d.seats) != 0 {
			t.Errorf("left behind: %v, %d seats taken", d.lines, len(d.seats))
		}
		for range maxLine + 1 {
			go work("a", done)
		}
		synctest.Wait()
		if got := <-done; got != errBusy.Error() {
			t.Errorf("one too many: %q", got)
		}
		leave, err := d.turn(t.Context(), "b", func() {})
		if err != nil {
			t.Fatal(err)
		}
		over, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := d.turn(over, "b", func() {}); !errors.Is(err, context.Canceled) {
			t.Errorf("who waits no longer: %v", err)
		}
		leave()
		for range maxLine {
			<-done
		}
	})
}
