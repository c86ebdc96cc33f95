package testkit

import (
	"flag"
	"testing"
)

// Fuzz is [testing.F.Fuzz], but spends no more than 100 executions on making
// smaller an input that has reached something new. Left to itself it spends a
// minute on each, and a file of some kilobytes takes that minute: of what could
// be a million executions a few thousand are left.
func Fuzz(f *testing.F, target any) {
	f.Helper()
	const name = "fuzzminimizetime"
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "test."+name })
	if !given {
		flag.Set("test."+name, "100x")
	}
	f.Fuzz(target)
}
