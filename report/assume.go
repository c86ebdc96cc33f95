package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"photofinish/report/latency"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/sim"
)

// WithLatency returns the scenario over a network whose legs make up the round
// trip. All else of its network stays. What the scenario pins stays too, where
// pins count.
func WithLatency(s *scenarios.Scenario, r latency.RoundTrip) (*scenarios.Scenario, error) {
	net, err := r.On(s.Script.Network)
	if err != nil {
		return nil, err
	}
	own, script := *s, *s.Script
	script.Network = net
	own.Script, own.Network = &script, ""
	return &own, nil
}

// What says what was run.
func (m *Matrix) What() string {
	last := m.Seed + uint64(m.Trials) - 1
	from := "from the network"
	switch {
	case m.Latency.Resampled():
		from = "from your samples"
	case m.Latency != latency.RoundTrip{}:
		from = "from your own"
	}
	text := fmt.Sprintf("%s trials each, seeds %d to %d, latencies drawn %s.", tell.Grouped(m.Trials), m.Seed, last, from)
	if done, all := m.Done(); done < all {
		text += fmt.Sprintf("\nCancelled: %s of %s trials were run.", tell.Grouped(done), tell.Grouped(all))
	}
	return text
}

// Assumptions states in sentences what is assumed of the latencies and of the
// rates, if they are the user's own.
func (m *Matrix) Assumptions() (lines []string) {
	if m.Latency != (latency.RoundTrip{}) {
		lines = append(m.Latency.Says(tell.Clean), m.busy()...)
	}
	if m.SavesADay > 0 {
		lines = append(lines,
			fmt.Sprintf("Rates are for %s saves a day, each of them this scenario: these clicks, at these times. If only one in ten is like it, a tenth of them end so.", tell.Grouped(m.SavesADay)),
			"The interval of a rate is that of its mean, 95 % certain; a single day scatters about it besides, and days differ in more than luck.")
	}
	return lines
}

// busy says whose servers take time, which round trips that were measured have in
// them already.
func (m *Matrix) busy() []string {
	var names []string
	for _, s := range m.Scenarios {
		if s.Script.Network.Processing != (sim.Latency{}) {
			names = append(names, tell.Clean(s.Name))
		}
	}
	if names == nil {
		return nil
	}
	return []string{"What the server takes comes on top where its scenario says so: " + strings.Join(names, ", ") + "."}
}

// Rate says how many of the saves of a day end wrong or stuck, as
// "about 12 a day (95 %: 9–16)"; "" if no number of saves was given.
func (c Cell) Rate() string {
	if c.Matrix.SavesADay == 0 || c.Trials == 0 {
		return ""
	}
	low, high := c.Interval()
	n := float64(c.Matrix.SavesADay)
	if c.Bad() == 0 {
		return fmt.Sprintf("none seen, at most %s a day", howMany(n*high))
	}
	return fmt.Sprintf("about %s a day (95 %%: %s–%s)", howMany(n*c.Share(c.Bad())), howMany(n*low), howMany(n*high))
}

// howMany writes how many to expect: whole numbers from ten on, three figures of
// large ones.
func howMany(x float64) string {
	switch {
	case x >= 1000: // three figures: more are not known
		unit := math.Pow(10, math.Floor(math.Log10(x))-2)
		return tell.Grouped(int(math.Round(x/unit) * unit))
	case x >= 10:
		return strconv.Itoa(int(math.Round(x)))
	case x >= 1:
		return fmt.Sprintf("%.1f", x)
	case x == 0:
		return "0"
	}
	return strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.3f", math.Max(x, 0.001)), "0"), ".")
}
