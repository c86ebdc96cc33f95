package report

import (
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"time"
)

// Meter shows how far a long run is, in one line that is drawn again and
// again and wiped away at the end. It writes no escape sequences.
type Meter struct {
	w     io.Writer
	total int
	done  atomic.Int64
	stop  chan struct{}
	ended chan struct{}
}

// NewMeter returns a meter for a run of so many trials that draws to w until
// it is closed. A run that is over in no time leaves no trace.
func NewMeter(w io.Writer, total int) *Meter {
	m := &Meter{w: w, total: total, stop: make(chan struct{}), ended: make(chan struct{})}
	go m.run()
	return m
}

// Add says that n more trials are done. Any goroutine may call it.
func (m *Meter) Add(n int) { m.done.Add(int64(n)) }

// Close wipes the line away.
func (m *Meter) Close() {
	close(m.stop)
	<-m.ended
}

func (m *Meter) run() {
	defer close(m.ended)
	tick := time.NewTicker(150 * time.Millisecond)
	defer tick.Stop()
	width := 0
	for {
		select {
		case <-tick.C:
			line := progress(int(m.done.Load()), m.total)
			fmt.Fprint(m.w, "\r"+pad(line, width))
			width = columns(line)
		case <-m.stop:
			if width > 0 {
				fmt.Fprint(m.w, "\r"+strings.Repeat(" ", width)+"\r")
			}
			return
		}
	}
}

// progress draws a bar.
func progress(done, total int) string {
	const width = 30
	full := width * done / max(1, total)
	return fmt.Sprintf("%3d %% %s%s %s of %s trials", 100*done/max(1, total),
		strings.Repeat("━", full), strings.Repeat("─", width-full), Grouped(done), Grouped(total))
}
