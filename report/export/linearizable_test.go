package export

import (
	"github.com/anishathalye/porcupine"

	"photofinish/report"
)

// Linearizable reports whether the trial's history is linearizable: whether its
// answers are those of some order, one at a time, that respects what had ended
// before what began.
func Linearizable(t *report.Trial) bool {
	h := history{trial: t}
	h.collect()
	return porcupine.CheckOperations(h.model(), h.operations)
}
