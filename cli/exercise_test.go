package cli

import (
	"os"
	"path/filepath"
	"testing"

	"photofinish/exercises"
	"photofinish/internal/testkit"
)

// A student's way through an exercise, in a real terminal: the hole, a filling that many
// write, the order that breaks it, the same in the playground, one that is right, and the
// next exercise.
func TestExerciseInTerminal(t *testing.T) {
	t.Parallel()
	testkit.Needs(t, "no exercise was done", "node")
	e, err := exercises.Find("in-turn")
	must(t, err)
	term := openTerminal(t, 80, 24)
	file := filepath.Join(filepath.Dir(term.socket), "in-turn.mjs")
	save := func(text string) { must(t, os.WriteFile(file, []byte(text), 0o644)) }
	term.enter("stty -g > before; clear; echo above; photofinish exercise in-turn; echo ended with $?.")
	term.see("One message at a time   3 of 8", "the hole is still empty: in-turn.mjs:8", "h hint (1 of 3)")
	save(e.Wrong[1].Text)
	term.see("✗ three-waiters        2 of 8 orders end badly", "decided here: u3 landed first", "8 ▸", "u2 and u3 left together", "\"asking is queueing\"")
	term.press("o")
	term.see("your hands", "in-turn", "space")
	term.press("q")
	term.see("u2 and u3 left together", "n next")
	save("export default ({")
	term.see("in-turn.mjs:1:18: ")
	save(e.Right)
	term.see("✓ three-waiters        race-free: all 5 orders", "Solved", "The next one is both-rules.")
	term.press("n")
	term.see("Keep the click, and keep the order", "the hole is still empty: both-rules.mjs:5")
	term.press("q")
	term.see("above", "ended with 1.")
	term.restored()
}
