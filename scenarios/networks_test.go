package scenarios

import (
	"slices"
	"testing"
)

func TestNetworks(t *testing.T) {
	want := []string{"lan", "cable", "4g", "3g", "flaky", "satellite"}
	if got := networkNames(); !slices.Equal(got, want) {
		t.Errorf("presets are %v, want %v", got, want)
	}
	for _, p := range Networks() {
		if got, ok := Network(p.Name); !ok || got != p {
			t.Errorf("%s: got %+v, %v", p.Name, got, ok)
		}
		if p.About == "" || p.Network.Up.A < p.Network.Down.A || (p.Network.Loss > 0) != (p.Name == "flaky") {
			t.Errorf("%+v", p)
		}
	}
	if _, ok := Network("pigeon"); ok {
		t.Error("there is a network of pigeons")
	}
	if _, ok := Network(DefaultNetwork); !ok {
		t.Error("there is no default network")
	}
}
