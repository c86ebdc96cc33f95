// Package testkit is what the tests of several packages share. Only tests
// import it.
//
// Tests that draw begin from one fixed seed, so that they are the same every
// time and everywhere. Another seed is given from outside, to all of them at
// once:
//
//	RAPID_SEED=12345 RAPID_CHECKS=1000 go test ./...
//
// A case that such a run finds is written into the testdata folder of the
// package, by rapid or by [Random]. It belongs into the repository, and is
// tried again by every run from then on, until somebody makes a scenario or a
// plain test of it: a file of drawn numbers means something else once what is
// drawn from them has changed.
package testkit

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// fixed is the seed of every run that asks for no other. It draws the same cases each
// time: what is new is found by other seeds, and more checks.
const fixed = 1

// seed is what rapid and [Random] begin from: fixed, unless -rapid.seed or
// RAPID_SEED says another. 0, with which rapid would take one of its own, is
// fixed too.
var seed = sync.OnceValue(func() uint64 {
	os.Getenv("RAPID_SEED") // rapid has read it too early for go test to know that the result hangs on it
	f := flag.Lookup("rapid.seed").Value
	if f.String() == "0" {
		f.Set(strconv.Itoa(fixed))
	}
	return f.(flag.Getter).Get().(uint64)
})

// prepare sets the seed, and how often a property is tried where nobody says it.
var prepare = sync.OnceFunc(func() {
	seed()
	if n := flag.Lookup("rapid.checks"); os.Getenv("RAPID_CHECKS") == "" && n.Value.String() == n.DefValue {
		n.Value.Set(strconv.Itoa(Sample(40, 16, 8*5))) // of which rapid takes a fifth in a short run
	}
})

// Check is [rapid.Check] from a seed that is known.
func Check(t rapid.TB, prop func(*rapid.T)) {
	t.Helper()
	prepare()
	rapid.Check(t, prop)
}

// MakeCheck is [rapid.MakeCheck] from a seed that is known.
func MakeCheck(prop func(*rapid.T)) func(*testing.T) {
	prepare()
	return rapid.MakeCheck(prop)
}

// Random runs a test that draws by itself, with a generator of the seed of this
// run, and with one of each seed in testdata/seeds/<test>: a number a line, with
// which it has failed before. One that it fails with now is added there.
func Random(t *testing.T, test func(*testing.T, *rand.Rand)) {
	t.Helper()
	file, err := filepath.Abs(filepath.Join("testdata", "seeds", filepath.FromSlash(t.Name()))) // the test may go to another folder
	if err != nil {
		t.Fatal(err)
	}
	kept, err := keptSeeds(file)
	if err != nil {
		t.Fatal(err)
	}
	holds := func(n uint64) bool {
		return t.Run(fmt.Sprint("seed ", n), func(t *testing.T) { test(t, rand.New(rand.NewPCG(n, 0))) })
	}
	for _, n := range kept {
		holds(n)
	}
	n := seed()
	if slices.Contains(kept, n) || holds(n) || n == fixed {
		return
	}
	if err := keepSeed(file, n); err != nil {
		t.Error(err)
	}
}

// keptSeeds reads the seeds in a file. No file is none.
func keptSeeds(file string) (seeds []uint64, err error) {
	text, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, line := range strings.Fields(string(text)) {
		n, err := strconv.ParseUint(line, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		seeds = append(seeds, n)
	}
	return seeds, nil
}

func keepSeed(file string, n uint64) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(f, n)
	return errors.Join(err, f.Close())
}
