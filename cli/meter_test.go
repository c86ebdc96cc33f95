package cli

import (
	"slices"
	"testing"
	"time"
)

func TestProgress(t *testing.T) {
	for _, x := range []struct {
		begun, done, total int
		took               time.Duration
		want               string
	}{
		{0, 0, 1000, 0, "  0 % ──────────────────────── 0 of 1,000 trials"},
		{0, 500, 1000, time.Second / 2, " 50 % ━━━━━━━━━━━━──────────── 500 of 1,000 trials"},
		{0, 500, 1000, 30 * time.Second, " 50 % ━━━━━━━━━━━━──────────── 500 of 1,000 trials, 31 s left"},
		{500, 750, 1000, 300 * time.Second, " 75 % ━━━━━━━━━━━━━━━━━━────── 750 of 1,000 trials, 5:00 min left"},
		{0, 1, 1000, 20 * time.Second, "  0 % ──────────────────────── 1 of 1,000 trials, 5:33 h left"},
	} {
		if got := progress(x.begun, x.done, x.total, x.took); got != x.want {
			t.Errorf("%q, want %q", got, x.want)
		}
	}
	if slices.ContainsFunc([]rune(progress(0, 1, 2, time.Hour)), func(r rune) bool { return r < ' ' }) {
		t.Error("it has control characters")
	}
}
