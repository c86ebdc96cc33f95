package judge_test

import (
	"math"
	"testing"
	"time"

	"photofinish/sim"
	"photofinish/sim/judge"
	"photofinish/strategies"
)

// twoUpdates is the workload of the floor: two updates of one field, 60 ms
// apart, over exponential legs of 120 ms mean.
func twoUpdates() *sim.Script {
	l, err := sim.NewLatency(sim.Exponential, 0, 120*time.Millisecond)
	if err != nil {
		panic(err)
	}
	s := &sim.Script{
		Fields: []string{"name"}, Values: []any{"read-only", "a", "b", "c"},
		Given: true, GivenSets: 1, GivenValues: [sim.NumFields]sim.ValueID{1},
		Network: sim.Network{Up: l, Down: l},
	}
	for i := range 2 {
		a := sim.Action{Number: i + 1, Do: sim.Update, At: time.Duration(i) * 60 * time.Millisecond, Sets: 1, Up: sim.Unpinned, Down: sim.Unpinned}
		a.Values[0] = sim.ValueID(i + 2)
		s.Actions = append(s.Actions, a)
	}
	return s
}

// BenchmarkFloor is the two-update workload written by hand: the same draws,
// the same events in the order of time, one field on either side, and whether
// the older update stands. No interface, no trace, no judge. What the engine
// costs is quoted as a ratio to this.
func BenchmarkFloor(b *testing.B) {
	inverted := 0
	for i := range b.N {
		if floor(uint64(i)) {
			inverted++
		}
	}
	b.ReportMetric(float64(inverted)/float64(b.N), "inverted/op")
}

type floorEvent struct {
	at   int64
	what int8
	n    int8
}

func floor(seed uint64) bool {
	var queue [8]floorEvent
	size := 0
	push := func(e floorEvent) {
		i := size
		size++
		for ; i > 0 && queue[i-1].at > e.at; i-- {
			queue[i] = queue[i-1]
		}
		queue[i] = e
	}
	luck := mix(seed + 0x9e3779b97f4a7c15)
	draw := func(n, leg uint64) int64 {
		h := mix(mix(luck+n<<32+1<<8) ^ (leg+1)*0x9e3779b97f4a7c15)
		u := (float64(h>>12) + 0.5) / (1 << 52)
		return int64(-120e6*log(u)*1e-3+0.5) * 1000
	}
	push(floorEvent{0, 0, 1})
	push(floorEvent{60e6, 0, 2})
	screen, record, replies := int8(0), int8(0), 0
	for size > 0 {
		e := queue[0]
		size--
		copy(queue[:size], queue[1:size+1])
		switch e.what {
		case 0:
			screen = e.n
			push(floorEvent{e.at + draw(uint64(e.n), 0), 1, e.n})
		case 1:
			record = e.n
			push(floorEvent{e.at + draw(uint64(e.n), 1), 2, e.n})
		case 2:
			replies++
		}
	}
	return record != screen && replies == 2
}

func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

var logTable = func() (t [128]struct{ inv, ln float64 }) {
	for i := range t {
		t[i].inv = 1 / (1 + (float64(i)+0.5)/128)
		t[i].ln = -math.Log(t[i].inv)
	}
	return t
}()

// log is as cheap as the engine's: a table and four terms.
func log(x float64) float64 {
	b := math.Float64bits(x)
	t := &logTable[b>>45&127]
	r := math.Float64frombits(b&(1<<52-1)|1023<<52)*t.inv - 1
	return float64(int(b>>52)-1023)*math.Ln2 + t.ln + r*(1+r*(-0.5+r*(1.0/3+r*(-0.25+r*0.2))))
}

// BenchmarkTrial is one untraced, judged trial of the same workload.
func BenchmarkTrial(b *testing.B) {
	for _, name := range append(strategies.Default(),
		"queue-ball", "implicit-callbacks", "sequenced", "last-write-wins", "if-match", "idempotency-key", "client-id-upsert") {
		b.Run(name, func(b *testing.B) {
			e, err := strategies.Find(name)
			if err != nil {
				b.Fatal(err)
			}
			script, strategy := twoUpdates(), e.For(nil)
			var w sim.World
			var j judge.Judge
			b.ReportAllocs()
			b.ResetTimer()
			for i := range b.N {
				j.Judge(script, w.Run(script, strategy, uint64(i), sim.Options{}))
			}
		})
	}
}

// BenchmarkRatio runs the floor and the trial by turns, so that a noisy
// machine slows both, and reports how many times the floor a trial costs: as
// the bound means it; with all that can go wrong on the network; and with a
// client for each of the two updates.
func BenchmarkRatio(b *testing.B) {
	weather, clients := twoUpdates(), twoUpdates()
	weather.Network.Loss, weather.Network.Errors, weather.Network.Duplicates = 0.02, 0.02, 0.02
	weather.Network.Processing, weather.Network.Workers = weather.Network.Up, 4
	weather.Network.Fifo, weather.Network.Echo = true, true
	weather.Network.Connections, weather.Network.Timeout = 6, time.Second
	clients.Actions[1].Client = 1
	b.Run("plain", func(b *testing.B) { ratio(b, twoUpdates()) })
	b.Run("weather", func(b *testing.B) { ratio(b, weather) })
	b.Run("clients", func(b *testing.B) { ratio(b, clients) })
}

func ratio(b *testing.B, script *sim.Script) {
	const batch = 1000
	e, err := strategies.Find("naive")
	if err != nil {
		b.Fatal(err)
	}
	strategy := e.For(script)
	var w sim.World
	var j judge.Judge
	var byHand, byEngine time.Duration
	b.ReportAllocs()
	for i := range b.N {
		start := time.Now()
		for k := range uint64(batch) {
			floor(uint64(i)*batch + k)
		}
		middle := time.Now()
		for k := range uint64(batch) {
			j.Judge(script, w.Run(script, strategy, uint64(i)*batch+k, sim.Options{}))
		}
		byHand += middle.Sub(start)
		byEngine += time.Since(middle)
	}
	b.ReportMetric(float64(byEngine)/float64(byHand), "×floor")
}
