package cli

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
)

// fake is a client of somebody's own: a program that speaks the protocol by itself.
// Its argument says what kind of client it is.
type fake struct {
	kind    string
	starts  int // trials that it has begun, which it should forget
	out     []map[string]any
	request int
	person  map[string]any // nil: nobody
	error   string
	queue   []func() // what waits for the answer to the request before
	busy    bool
	creates map[int]bool
}

// turn is a line that it is told.
type turn struct {
	T     float64
	Hello *struct{}
	Start *struct{ Given map[string]any }
	Act   *struct {
		N   int
		Do  string
		Set map[string]any
	}
	Wake   int
	Answer *struct {
		N, Status int
		JSON      map[string]any
	}
}

// fakeClient answers each line of the standard input with one.
func fakeClient() {
	f := &fake{kind: os.Args[1]}
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		var t turn
		if err := json.Unmarshal(in.Bytes(), &t); err != nil {
			panic(err)
		}
		answer, err := json.Marshal(f.turn(t))
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s\n", answer)
	}
}

func (f *fake) turn(t turn) map[string]any {
	f.out = nil
	answer := map[string]any{}
	switch {
	case t.Hello != nil:
		return map[string]any{"hello": map[string]any{"protocol": 1, "runs": "fake 1.2", "of": []string{"net 3"}, "bundle": "sha256:" + cmp.Or(os.Getenv("BUNDLE"), "0123456789abcdef")}}
	case t.Start != nil:
		*f = fake{kind: f.kind, starts: f.starts + 1, person: t.Start.Given, creates: map[int]bool{}}
		answer["does"] = []string{"create", "update", "delete"}
	case t.Act != nil:
		f.act(t.Act.N, t.Act.Do, t.Act.Set)
	case t.Wake != 0:
		f.next()
	case t.Answer != nil:
		f.answered(t.Answer.N, t.Answer.Status, t.Answer.JSON)
	}
	answer["out"], answer["screen"], answer["error"] = f.out, f.screen(), f.error
	return answer
}

func (f *fake) act(n int, do string, set map[string]any) {
	switch {
	case f.kind == "ends" && n == 2:
		os.Exit(3)
	case f.kind == "differs" && n == 2 && f.starts%2 == 1:
		return // drops it in every second trial
	}
	if f.person == nil {
		f.person = map[string]any{}
	}
	for field, value := range set {
		f.person[field] = value
	}
	send := func() {
		q := map[string]any{"n": f.request + 1, "by": n, "url": "/people"}
		if id := f.person["id"]; id != nil && do != "create" && f.kind != "lost" {
			q["url"] = fmt.Sprintf("/people/%v", id)
		}
		switch do {
		case "create":
			q["method"], q["json"] = "POST", set
			f.creates[f.request+1] = true
		case "update":
			q["method"], q["json"] = "PATCH", set
		case "delete":
			q["method"] = "DELETE"
		}
		f.request++
		f.out = append(f.out, map[string]any{"request": q})
	}
	switch f.kind {
	case "mute":
		return
	case "waits":
		f.out = append(f.out, map[string]any{"timer": n, "after": 60_000, "by": n})
		f.queue = append(f.queue, send)
		return
	case "queues":
		if f.busy {
			f.queue = append(f.queue, send)
			return
		}
	}
	f.busy = true
	send()
}

func (f *fake) answered(n, status int, record map[string]any) {
	if f.busy = false; f.creates[n] && record["id"] != nil {
		f.person["id"] = record["id"]
	}
	if (status == 0 || status >= 400) && f.kind != "silent" && f.kind != "lost" {
		f.error = fmt.Sprintf("request %d: HTTP %d", n, status)
	}
	f.next()
}

// next lets go what waits longest.
func (f *fake) next() {
	if len(f.queue) > 0 {
		next := f.queue[0]
		f.queue, f.busy = f.queue[1:], true
		next()
	}
}

func (f *fake) screen() map[string]any {
	if f.kind != "blind" || f.person == nil {
		return f.person
	}
	return map[string]any{"id": f.person["id"]}
}
