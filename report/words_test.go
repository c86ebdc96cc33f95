package report

import "testing"

func TestPercent(t *testing.T) {
	for share, want := range map[float64]string{
		0: "0 %", 1: "100 %", 0.4911: "49.1 %", 0.032: "3.2 %", 0.00037: "0.04 %", 0.00001: "0.001 %", 0.00000038: "0.00004 %", 0.9999: "99.99 %", 0.99999996: "99.999996 %",
	} {
		if got := Percent(share); got != want {
			t.Errorf("Percent(%v) = %q, want %q", share, got, want)
		}
	}
}
