package page

import (
	"strings"
	"testing"

	"photofinish/sim/explore"
	"photofinish/sim/judge"
)

// Bad orders are told in one way, of how many: of all, or of the first of more.
func TestOrdersTexts(t *testing.T) {
	r := explore.Result{Classes: 20_000, Complete: true}
	r.Verdicts[judge.Wrong] = 19_500
	_, all, _ := ordersTexts(r)
	r.Complete = false
	_, some, _ := ordersTexts(r)
	if all[1] != "19,500 of 20,000" || len(all) < len(some) {
		t.Fatalf("all: %q, some: %q", all, some)
	}
	for _, text := range some {
		if is := strings.Replace(text, "+", "", 1); is == text || !strings.HasPrefix(is, "19,500 of 20,000") && is != "20k of 20k" {
			t.Errorf("%q", text)
		}
	}
}
