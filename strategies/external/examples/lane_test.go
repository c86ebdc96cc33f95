package examples

import (
	"context"
	"fmt"
	"testing"

	"photofinish/internal/testkit"
	"photofinish/scenarios"
	"photofinish/sim/explore"
	"photofinish/strategies"
	"photofinish/strategies/external"
)

// opened opens a client.
func opened(t *testing.T, file string) strategies.Entry {
	t.Helper()
	client, err := external.Open(t.Context(), external.Spec{Name: "ours", File: file}, external.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	return client.Entry()
}

// explores says of a client how many of all orders of a scenario end badly.
func explores(t *testing.T, e strategies.Entry, s *scenarios.Scenario) string {
	t.Helper()
	r := new(explore.Explorer).Count(context.Background(), s.Script, e.For(s.Script), explore.Bounds{})
	if r.Failed != nil || !r.Complete {
		t.Fatalf("complete: %v, failed: %v", r.Complete, r.Failed)
	}
	return fmt.Sprintf("%d of %d orders", r.Bad(), r.Classes)
}

// found is a scenario of the catalogue.
func found(t *testing.T, name string) *scenarios.Scenario {
	t.Helper()
	s, err := scenarios.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestOrders: what each example is found to do in all orders. A late answer
// writes over Apollo's cache and Backbone's model; revalidation and timeouts
// make more orders; a button that is disabled leaves one.
func TestOrders(t *testing.T) {
	orders := map[string]string{
		"plain": "2 of 5 orders", "rtk": "2 of 5 orders", "jsonapi": "2 of 5 orders", "rails": "2 of 5 orders",
		"apollo": "3 of 5 orders", "backbone": "4 of 5 orders", "component": "0 of 2 orders",
		"tanstack": "14 of 35 orders", "swr": "7 of 33 orders", "python": "7 of 32 orders",
	}
	for _, name := range testkit.Some(Names(), 1) {
		t.Run(name, func(t *testing.T) {
			filename, data, _ := File(name)
			if got := explores(t, opened(t, place(t, filename, data, imports[name]...)), found(t, "overlapping-updates")); got != orders[name] {
				t.Errorf("it loses in %s, and not in %s", got, orders[name])
			}
		})
	}
}
