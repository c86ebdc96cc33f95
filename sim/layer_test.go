package sim

import "testing"

// What a layer has no method for is asked of what it is over, view by view.
func TestUnder(t *testing.T) {
	var over Strategy = layered{idle{}, []Strategy{idle{}, reading{}}}
	if _, ok := under[Reader](over, 0); ok {
		t.Error("the first view has a reader")
	}
	if r, ok := under[Reader](over, 1); !ok || r != (reading{}) {
		t.Errorf("the second view has %v", r)
	}
}

type idle struct{}

func (idle) Act(*Client, *Action)  {}
func (idle) Reply(*Client, *Reply) {}
func (idle) Wake(*Client, Timer)   {}
func (idle) Reset()                {}

type reading struct{ idle }

func (reading) Read(*Client, *Reply) {}

type layered struct {
	Strategy
	each []Strategy
}

func (l layered) Under(view int) Strategy { return l.each[view] }
