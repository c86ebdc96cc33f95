package host

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// keys reads what a client types and gives its program what it may have. The
// program's own reader would die of a panic with all the class, take any
// number of keys, and believe a client that says that its window has grown to
// a million columns.
type keys struct {
	in     io.Reader
	term   string
	limits *Limits
	send   func(tea.Msg)
	typed  func() // somebody is there

	pace   bucket
	sieve  sieve
	unread atomic.Int64 // bytes that have come to nothing yet
}

// errFlood ends a session whose bytes come to nothing: an escape sequence or a
// paste that never ends.
var errFlood = errors.New("too much came in that means nothing")

// run hands keys on until the reader ends or the context does, and the reader
// with it.
func (k *keys) run(ctx context.Context) (err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	events := make(chan uv.Event)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for e := range events {
			k.take(e)
		}
	}()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("reading keys: %v", r)
		}
		close(events)
		<-done
	}()
	return uv.NewTerminalReader(k, k.term).StreamEvents(ctx, events)
}

func (k *keys) Read(p []byte) (int, error) {
	n, err := k.in.Read(p)
	k.sieve.clean(p[:n])
	if k.unread.Add(int64(n)) > int64(k.limits.Paste)+64<<10 {
		return 0, errFlood
	}
	return n, err
}

// take hands an event on, if it is one of those that a program may have.
func (k *keys) take(e uv.Event) {
	k.unread.Store(0)
	switch e := e.(type) {
	case uv.KeyPressEvent, uv.MouseClickEvent, uv.MouseReleaseEvent, uv.MouseWheelEvent, uv.MouseMotionEvent:
		k.typed()
	case uv.PasteEvent:
		k.typed()
		if k.pace.spill(time.Now(), 1) {
			k.send(uv.PasteEvent{Content: strings.ToValidUTF8(e.Content[:min(len(e.Content), k.limits.Paste)], "")})
		}
		return
	case uv.KeyReleaseEvent, uv.BackgroundColorEvent, uv.ModeReportEvent:
	default:
		return
	}
	if k.pace.spill(time.Now(), 1) {
		k.send(e)
	}
}
