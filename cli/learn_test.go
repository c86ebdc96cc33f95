package cli

import (
	"fmt"
	"strings"
	"testing"

	"photofinish/internal/testkit"
)

// A newcomer's way through the first lesson, in a real terminal: with no key
// but those that the screen names.
func TestLearnInTerminal(t *testing.T) {
	for _, size := range testkit.Part([][2]int{{80, 24}, {120, 40}}, 1) {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			term := openTerminal(t, size[0], size[1])
			start := func() {
				term.enter("stty -g > before; clear; echo above; photofinish learn; echo ended with $?.")
			}
			start()
			term.see("lessons", "enter begin")
			term.press("Down", "Enter")
			term.see("The lost click", "enter go on")
			term.press("Enter")
			term.see("fast network", "space stop")
			term.press("Enter")
			term.see("enter go on")
			term.press("Enter")
			term.see("say which record", "enter go on")
			term.press("Enter")
			term.see("How does it end?", "enter answer")
			if screen := term.screen(); strings.Contains(screen, "✗") {
				t.Errorf("it is told before it is answered:\n%s", screen)
			}
			term.press("1", "Enter")
			term.see("How sure are you?")
			term.press("4")
			term.see("enter to the end")
			term.press("Enter")
			term.see("you said", "not yet", "△ decided")
			term.press("q")
			term.see("above", "ended with 0.")
			term.restored()

			start()
			term.see("step 5 of 11", "1 answer to look at again", "enter go on")
			term.press("Enter")
			term.see("5 of 11")
			term.press("C-c")
			term.see("ended with 0.")
		})
	}
}
