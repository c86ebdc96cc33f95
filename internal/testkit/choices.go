package testkit

import (
	"fmt"
	"strconv"
	"strings"

	"photofinish/sim"
)

// ParseChoices reads a list of choices, each as its String has it, separated by
// blanks.
func ParseChoices(text string) ([]sim.Choice, error) {
	letters := ""
	for what := sim.UserActs; what <= sim.WriteVisible; what++ {
		letters += sim.Choice{What: what}.String()[:1]
	}
	var out []sim.Choice
	for _, word := range strings.Fields(text) {
		what := strings.IndexByte(letters, word[0])
		n, err := strconv.Atoi(word[1:])
		if what < 0 || err != nil || n < 1 {
			return nil, fmt.Errorf("%q is no choice: want a letter of %q and a number, as %q", word, letters, "a1")
		}
		out = append(out, sim.Choice{What: sim.What(what), N: n})
	}
	return out, nil
}

// Recorder notes the choices that another chooser makes.
type Recorder struct {
	sim.Chooser
	Choices []sim.Choice
}

// Choose asks the other chooser and notes its answer.
func (r *Recorder) Choose(w *sim.World, pending []sim.Pending) int {
	i := r.Chooser.Choose(w, pending)
	if i >= 0 {
		r.Choices = append(r.Choices, pending[i].Choice())
	}
	return i
}
