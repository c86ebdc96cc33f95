package testkit

import (
	"testing"

	"photofinish/strategies"
)

// Strategy returns a strategy of the catalogue.
func Strategy(t testing.TB, name string) strategies.Entry {
	t.Helper()
	e, err := strategies.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	return e
}
