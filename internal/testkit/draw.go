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
// package, by rapid (package property) or by [Random]. It belongs into the repository, and is
// tried again by every run from then on, until somebody makes a scenario or a
// plain test of it: a file of drawn numbers means something else once what is
// drawn from them has changed.
package testkit

import (
	"cmp"
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
)

// fixed is the seed of every run that asks for no other. It draws the same cases each
// time: what is new is found by other seeds, and more checks.
const fixed = 1

// Seed is what rapid and [Random] begin from: fixed, unless RAPID_SEED says another, or
// -rapid.seed where there is rapid. 0, with which rapid would take one of its own, is
// fixed too.
var Seed = sync.OnceValue(func() uint64 {
	n, _ := strconv.ParseUint(os.Getenv("RAPID_SEED"), 10, 64)
	if f := flag.Lookup("rapid.seed"); f != nil {
		n = f.Value.(flag.Getter).Get().(uint64)
	}
	return cmp.Or(n, fixed)
})

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
	n := Seed()
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
