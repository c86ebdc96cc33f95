package tui

import (
	"os"
	"strconv"
	"testing"
	"time"

	"photofinish/scenarios"
	"photofinish/strategies"
)

func still(t testing.TB, name string, w, h int, now time.Duration) *Model {
	t.Helper()
	sc, err := scenarios.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	m, err := newModel(NewSession(sc, strategies.Default(), 1), false)
	if err != nil {
		t.Fatal(err)
	}
	m.w, m.h = w, h
	m.session.Lane = min(2, len(m.lanes)-1)
	m.choice = choice(len(os.Getenv("COL")))
	m.moveTo(now)
	m.draw()
	return m
}

func TestDump(t *testing.T) {
	if os.Getenv("DUMP") == "" {
		t.Skip()
	}
	w, _ := strconv.Atoi(os.Getenv("W"))
	h, _ := strconv.Atoi(os.Getenv("H"))
	n, _ := strconv.Atoi(os.Getenv("T"))
	m := still(t, os.Getenv("DUMP"), w, h, time.Duration(n)*time.Millisecond)
	os.Stdout.WriteString(m.canvas.String())
}
