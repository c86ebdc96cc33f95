package scenarios

import (
	"time"

	"photofinish/sim"
)

// Preset is a network with a name.
type Preset struct {
	Name    string
	About   string // one line
	Network sim.Network
}

// DefaultNetwork is the preset of a scenario that names no network.
const DefaultNetwork = "4g"

// Networks returns the presets, from the quickest to the slowest.
//
// A leg is one direction, so its median is about half of a round trip. The
// medians follow the round trips of WebPageTest's connection profiles (cable
// 28 ms, LTE 70 ms, 3G 300 ms) and, for a geostationary satellite, the 480 ms
// that light alone needs for the way there and back twice over 35,786 km, with
// about 600 ms measured. The tails are what profiles leave out and races live
// on: on LTE, Catchpoint (Daoudi, "Network latency: 4G", Performance Calendar
// 2013) found a median of 55 ms with a standard deviation of 132 ms. Uplinks
// are the slower half, since devices share them by asking for their turn.
func Networks() []Preset {
	return []Preset{
		{"lan", "a wired office, or the developer's own machine", sim.Network{
			Up: lognormal(1, 8), Down: lognormal(1, 6)}},
		{"cable", "a cable modem at home", sim.Network{
			Up: lognormal(15, 90), Down: lognormal(13, 60)}},
		{"4g", "a phone with good reception", sim.Network{
			Up: lognormal(38, 350), Down: lognormal(32, 280)}},
		{"3g", "a phone with poor reception", sim.Network{
			Up: lognormal(160, 1500), Down: lognormal(140, 1200)}},
		{"flaky", "a phone in a train: slow, now and then nothing gets through", sim.Network{
			Up: lognormal(160, 4000), Down: lognormal(140, 3000), Loss: 0.02, Timeout: 10 * time.Second}},
		{"satellite", "a geostationary satellite: far, and steadily so", sim.Network{
			Up: lognormal(310, 800), Down: lognormal(290, 550)}},
	}
}

// Network returns the preset of that name, if there is one.
func Network(name string) (Preset, bool) {
	for _, p := range Networks() {
		if p.Name == name {
			return p, true
		}
	}
	return Preset{}, false
}

// networkNames returns the name of every preset.
func networkNames() []string {
	var names []string
	for _, p := range Networks() {
		names = append(names, p.Name)
	}
	return names
}

// lognormal returns a leg with its median and 99th percentile in milliseconds.
func lognormal(median, p99 time.Duration) sim.Latency {
	l, err := sim.NewLatency(sim.Lognormal, 0, median*time.Millisecond, p99*time.Millisecond)
	if err != nil {
		panic("scenarios: a preset has figures that are no lognormal latency: " + err.Error())
	}
	return l
}
