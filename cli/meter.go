package cli

import (
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"time"

	"photofinish/report/tell"
)

// meter shows how far a long run is and how long it still takes, in one line
// that is drawn again and again and wiped away at the end. It writes no escape
// sequences.
type meter struct {
	w     io.Writer
	what  string
	total int
	begun int // what had been done before
	start time.Time
	done  atomic.Int64
	stop  chan struct{}
	ended chan struct{}
}

// newMeter returns a meter for a run of so many trials, of which some are done
// already, that draws to w until it is closed, behind a word for what is run. A run
// that is over in no time leaves no trace.
func newMeter(w io.Writer, what string, done, total int) *meter {
	m := &meter{w: w, what: what, total: total, begun: done, start: time.Now(), stop: make(chan struct{}), ended: make(chan struct{})}
	m.done.Store(int64(done))
	go m.run()
	return m
}

// add says that n more trials are done. Any goroutine may call it.
func (m *meter) add(n int) { m.done.Add(int64(n)) }

// close wipes the line away.
func (m *meter) close() {
	close(m.stop)
	<-m.ended
}

func (m *meter) run() {
	defer close(m.ended)
	tick := time.NewTicker(150 * time.Millisecond)
	defer tick.Stop()
	width := 0
	for {
		select {
		case <-tick.C:
			line := m.what + progress(m.begun, int(m.done.Load()), m.total, time.Since(m.start))
			fmt.Fprint(m.w, "\r"+tell.Pad(line, width))
			width = tell.Columns(line)
		case <-m.stop:
			if width > 0 {
				fmt.Fprint(m.w, "\r"+strings.Repeat(" ", width)+"\r")
			}
			return
		}
	}
}

// progress draws a bar, and says how much time is left once that can be told:
// at the pace at which this run has gone so far.
func progress(begun, done, total int, took time.Duration) string {
	const width = 24
	full := width * done / max(1, total)
	text := fmt.Sprintf("%3d %% %s%s %s of %s trials", 100*done/max(1, total),
		strings.Repeat("━", full), strings.Repeat("─", width-full), tell.Grouped(done), tell.Grouped(total))
	if took >= time.Second && done > begun {
		text += ", " + left(time.Duration(float64(took)/float64(done-begun)*float64(total-done)))
	}
	return text
}

// left says how much time is left, no finer than anybody cares for.
func left(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s left", int(d.Seconds())+1)
	case d < time.Hour:
		return fmt.Sprintf("%d:%02d min left", int(d.Minutes()), int(d.Seconds())%60)
	}
	return fmt.Sprintf("%d:%02d h left", int(d.Hours()), int(d.Minutes())%60)
}
