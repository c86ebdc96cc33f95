package sim

import (
	"encoding/binary"
	"math"
	"reflect"
	"slices"
)

// Snapshot writes down in what state a trial is between two events. Its zero
// value is ready; it reuses its memory.
//
// Two trials of a script of which the same is written go on alike, whatever
// happens next, and their ledgers say the same of it: but for moments, times and
// counts of events, which nothing here depends on where latencies are free. What
// the judge needs of moments is its own: see judge.Gist. Nothing is left out
// because it is thought not to matter, save what no code can look at any more: a
// request that nobody has or will get, and the number of a timer.
//
// A strategy's state is what its fields hold. It can be written if they hold
// plain data, actions, requests and other strategies: not if there are functions,
// maps or channels among them, which cannot be compared.
type Snapshot struct {
	// Covered says that what each action has covered is written too. It is to be, if
	// the strategy takes actions back: see [Ledger].Reverts.
	Covered bool

	w      *World
	b      []byte
	events []uint32  // what is pending, by name
	names  []int32   // by request: its place among those of its client
	live   []bool    // by request: somebody has it, or will get it
	seen   []uintptr // what the strategy's pointers point to, as they were met
	keeps  bool      // the strategy keeps versions
	one    bool      // there is one record, and never another
	unable bool
}

// mergeable are the habits of which a state has all that comes of them.
const mergeable = Rereads | Pushes | Cancels | Offlines | Closes | Parents | Adds | Lists

// Of returns the state of the trial that runs in w, as bytes that are valid until
// the next call, and false if it cannot be written down.
func (s *Snapshot) Of(w *World) ([]byte, bool) {
	if w.foreign != nil || w.habits&^mergeable != 0 {
		return nil, false
	}
	s.w, s.b, s.unable, s.keeps = w, s.b[:0], false, false
	s.one = w.script.Givens() == 1 && !w.script.creates()
	s.seen = s.seen[:0]
	s.name()
	s.live = append(s.live[:0], make([]bool, w.posted)...)
	s.walk(reflect.ValueOf(w.strategy))
	if w.habits&Adds != 0 {
		s.unable = s.unable || w.pluses > MaxSums // there may be a sum too many in another trial, which has come here too
		s.number(w.pluses)
	}
	s.pending()
	s.wires()
	s.requests()
	s.screens()
	for i := range w.script.Actions {
		f := &w.ledger.Fates[i+1]
		s.numbers(int(f.Attempts), int(f.Fails))
		s.bits(f.Waits != 0, f.Sent != 0, f.Refused != 0, f.Status == 200)
		if s.Covered && f.Pressed != 0 {
			s.person(&w.before[i])
			s.bits(w.takenBack>>i&1 != 0)
		}
	}
	return s.b, !s.unable
}

// creates reports whether some action does.
func (s *Script) creates() bool {
	for i := range s.Actions {
		if s.Actions[i].Do == Create {
			return true
		}
	}
	return false
}

// Script returns the script of the trial that runs.
func (w *World) Script() *Script { return w.script }

// Ledger returns what the trial that runs has noted so far.
func (w *World) Ledger() *Ledger { return &w.ledger }

// Event names a pending event of the state that was written last: the same event
// has the same name in every trial that is in that state, and keeps it while it is
// pending, whatever happens at other sites. A request is named by its place among
// those of its client, and a timer by its action.
func (s *Snapshot) Event(p *Pending) uint32 {
	w := s.w
	switch p.What {
	case UserActs, SpanEnds:
		return uint32(p.N)<<4 | uint32(p.What)
	case TimerFires:
		return s.timer(p)<<4 | uint32(p.What)
	}
	return uint32(s.names[p.N-1])<<5 | uint32(w.requests[p.N-1].First().Client)<<4 | uint32(p.What)
}

// timer names a timer: after its action, and the earlier ones for it.
func (s *Snapshot) timer(p *Pending) uint32 {
	w := s.w
	a := w.timers[p.N-1].Action
	n := uint32(a.Number)
	for i := range w.pending {
		if o := &w.pending[i]; o.What == TimerFires && o.N < p.N && w.timers[o.N-1].Action == a {
			n += 1 << 16
		}
	}
	return n
}

// name names the requests of each client by their places among them.
func (s *Snapshot) name() {
	var posted [MaxClients]int32
	s.names = s.names[:0]
	for _, r := range s.w.requests[:s.w.posted] {
		n := &posted[r.First().Client]
		*n++
		s.names = append(s.names, *n)
	}
	for _, n := range posted {
		s.number(int(n))
	}
}

// pending writes what may happen next. In which order it was scheduled matters
// on a fifo link alone.
func (s *Snapshot) pending() {
	w := s.w
	s.events = s.events[:0]
	for i := range w.pending {
		p := &w.pending[i]
		s.events = append(s.events, s.Event(p))
		if p.What != UserActs && p.What != TimerFires && p.What != SpanEnds {
			s.live[p.N-1] = true
		}
	}
	slices.Sort(s.events)
	s.number(len(s.events))
	for _, e := range s.events {
		s.number(int(e))
	}
	if w.script.Network.Fifo {
		s.inOrder()
	}
}

// inOrder writes the messages that are pending in the order in which they were
// scheduled.
func (s *Snapshot) inOrder() {
	sent := slices.DeleteFunc(slices.Clone(s.w.pending), func(p Pending) bool {
		return p.What == UserActs || p.What == ClientGivesUp || p.What == TimerFires || p.What == SpanEnds
	})
	slices.SortFunc(sent, func(a, b Pending) int { return int(a.seq - b.seq) })
	for i := range sent {
		s.number(int(s.Event(&sent[i])))
	}
}

// wires writes what waits for others, and what has been numbered.
func (s *Snapshot) wires() {
	w := s.w
	s.numbers(w.minted, int(w.mints), int(w.offline))
	if w.reaches == RequestEnters {
		s.number(len(w.inbox))
		for i := range w.inbox {
			s.number(int(w.inbox[i].What))
			s.request(int(w.inbox[i].N))
		}
	}
	for c := range w.wires {
		if !w.wired {
			break
		}
		wire := &w.wires[c]
		s.numbers(wire.underWay, int(wire.applied))
		s.list(wire.waiting)
		s.list(wire.early)
		if w.habits&Closes != 0 {
			for _, n := range wire.former {
				s.number(int(n))
			}
		}
	}
}

func (s *Snapshot) list(all []*Request) {
	s.number(len(all))
	for _, r := range all {
		s.request(r.Number)
	}
}

// request writes which request is meant.
func (s *Snapshot) request(n int) {
	s.live[n-1] = true
	s.numbers(int(s.w.requests[n-1].First().Client), int(s.names[n-1]))
}

// requests writes those that somebody has or will get, and those with a key,
// which a later one may have too.
func (s *Snapshot) requests() {
	w := s.w
	for i, r := range w.requests[:w.posted] {
		if !s.live[i] && r.Header.Key == 0 {
			continue
		}
		s.request(r.Number)
		s.numbers(int(r.Do), len(r.Actions))
		for _, a := range r.Actions {
			s.action(a)
		}
		s.action(r.key)
		s.numbers(r.ID, r.parent, int(r.Sets), int(r.Adds))
		s.state(&r.Body)
		s.number(int(r.Header.Seq))
		s.keyed(r)
		s.version(r.Header.Match)
		s.bits(r.Own, r.Header.Put, r.Header.Newer, r.handled, r.ended, r.reason)
		if w.habits&Closes != 0 {
			s.bits(r.beacon)
			s.number(int(r.deaf))
		}
		if w.habits&Cancels != 0 {
			s.number(int(r.void))
		}
		s.numbers(r.attempt, int(r.fails))
		s.bits(r.unplugged)
		s.numbers(r.status, r.replyID)
		if s.keeps {
			s.version(r.version)
		} else {
			s.bits(r.version != 0) // all that a client can see of it
		}
		if w.shows(r) { // else what is there is of another trial
			s.state(&r.read)
		}
		if w.habits&Lists != 0 && r.lists() && r.handled {
			s.number(len(r.rows))
			for i := range r.rows {
				s.number(r.rows[i].ID)
				s.state(&r.rows[i].Body)
			}
		}
	}
	s.number(-1)
}

// action writes an action that a request carries. An errand has no name of its own, for
// other clients' are numbered with it: what matters is in whose wake and on which screen
// it is, and what had been pressed there by then.
func (s *Snapshot) action(a *Action) {
	if a.Errand == nil {
		s.number(a.Number)
		return
	}
	s.number(-1 - a.View())
	s.bits(a.Errand.News)
	s.number(s.w.ledger.PressedBefore(s.w.script, a))
	if a.Errand.Cause != nil {
		s.number(a.Errand.Cause.Number)
	} else {
		s.number(0)
	}
}

// PressedBefore returns how many actions had been pressed on the client of an errand when
// it was asked for; of news, when the server sent it.
func (l *Ledger) PressedBefore(s *Script, errand *Action) (n int) {
	for i := range s.Actions {
		a := &s.Actions[i]
		if p := l.Fates[a.Number].Pressed; a.Client == errand.Client && p != 0 && p < l.Fates[errand.Number].Pressed {
			n++
		}
	}
	return n
}

// keyed writes the key of a request. As a rule it is the number of one of the same
// client, and named like that.
func (s *Snapshot) keyed(r *Request) {
	k := int(r.Header.Key)
	if k < 1 || k > s.w.posted || s.w.requests[k-1].First().Client != r.First().Client {
		s.bits(false)
		s.number(k)
		return
	}
	s.bits(true)
	s.number(int(s.names[k-1]))
}

func (s *Snapshot) screens() {
	l := &s.w.ledger
	if s.w.habits&Closes != 0 {
		s.numbers(int(s.w.closed), int(l.Away))
	}
	for views := s.w.script.Views(); views != 0; views &= views - 1 {
		s.person(&l.Views[views.First()])
	}
	s.number(len(l.Records))
	for i := range l.Records {
		r := &l.Records[i]
		s.number(r.Creator)
		s.version(r.Version)
		s.bits(r.Deleted)
		s.state(&r.State)
	}
	if s.w.habits&Pushes != 0 {
		for i := range min(s.w.script.Givens(), len(s.w.told)) {
			s.bits(s.w.told[i].Deleted)
			s.state(&s.w.told[i].State)
		}
	}
}

func (s *Snapshot) person(p *Person) {
	s.number(p.ID)
	s.bits(p.Deleted)
	s.state(&p.State)
}

func (s *Snapshot) number(n int) {
	if 0 <= n && n < 0x40 { // as most are
		s.b = append(s.b, byte(n)<<1)
		return
	}
	s.b = binary.AppendVarint(s.b, int64(n))
}

func (s *Snapshot) numbers(all ...int) {
	for _, n := range all {
		s.number(n)
	}
}

// bits writes up to eight flags.
func (s *Snapshot) bits(all ...bool) {
	var b byte
	for i, set := range all {
		if set {
			b |= 1 << i
		}
	}
	s.b = append(s.b, b)
}

// version writes a version. Of a single record it matters whether that is the one
// that it has: what is older now is for good.
func (s *Snapshot) version(v Version) {
	l := &s.w.ledger
	switch {
	case !s.one || v == 0:
		s.number(int(v))
	case v >= l.Records[0].Version:
		s.number(1 + int(v-l.Records[0].Version))
	default:
		s.number(-1)
	}
}

// moment writes which of the requests that are under way had left by then, for a
// strategy that keeps a moment holds it against nothing else: see [Request.Left].
func (s *Snapshot) moment(m Moment) {
	s.bits(m != 0)
	if m == 0 {
		return
	}
	for c := range MaxClients {
		for i, r := range s.w.requests[:s.w.posted] {
			if int(r.First().Client) == c && r.left != 0 && !r.ended && r.left < m {
				s.number(int(s.names[i]))
			}
		}
		s.number(0)
	}
}

// state writes who wrote each field of the script.
func (s *Snapshot) state(of *State) {
	for f := range s.w.script.Fields {
		s.b = s.w.ledger.Sums.Append(s.b, of[f])
		if of[f].isSum() && s.w.scripted {
			n, _ := s.w.ledger.Sums.Last(of[f]) // which the server may revise
			s.number(n)
		}
	}
	s.b = append(s.b, byte(of[Permissions]))
}

// walk writes what a strategy has in its fields.
func (s *Snapshot) walk(v reflect.Value) {
	switch v.Kind() {
	case reflect.Bool:
		s.bits(v.Bool())
	case reflect.Int32:
		switch v.Type() {
		case versionType:
			s.keeps = true
			s.version(Version(v.Int()))
		case momentType:
			s.moment(Moment(v.Int()))
		default:
			s.number(int(v.Int()))
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int64:
		s.number(int(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		s.number(int(v.Uint()))
	case reflect.Float32, reflect.Float64:
		s.number(int(math.Float64bits(v.Float())))
	case reflect.String:
		s.number(v.Len())
		s.b = append(s.b, v.String()...)
	case reflect.Array, reflect.Slice:
		if v.Kind() == reflect.Slice && v.IsNil() {
			s.number(-1)
			return
		}
		s.number(v.Len())
		for i := range v.Len() {
			s.walk(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			s.walk(v.Field(i))
		}
	case reflect.Interface, reflect.Pointer:
		s.follow(v)
	default:
		s.unable = s.unable || !v.IsZero()
		s.number(0)
	}
}

// follow writes what a pointer points to, or an interface holds: actions and
// requests by their numbers, everything else once, and then by its place.
func (s *Snapshot) follow(v reflect.Value) {
	if v.IsNil() {
		s.number(0)
		return
	}
	switch v.Type() {
	case actionType:
		n := int(v.Elem().FieldByName("Number").Int())
		s.unable = s.unable || n < 1 || n > len(s.w.script.Actions) || v.Pointer() != reflect.ValueOf(&s.w.script.Actions[n-1]).Pointer()
		s.number(n)
		return
	case requestType:
		n := int(v.Elem().FieldByName("Number").Int())
		if n < 1 || n > s.w.posted || v.Pointer() != reflect.ValueOf(s.w.requests[n-1]).Pointer() {
			s.number(-1) // it is of a trial that is over, and to be forgotten
			return
		}
		s.request(n)
		return
	}
	if v.Kind() == reflect.Interface {
		s.number(int(reflect.ValueOf(v.Elem().Type()).Pointer()))
		s.walk(v.Elem())
		return
	}
	if v.Type().Elem().PkgPath() == worldPath {
		s.unable = true // a reply, a client: what is in it changes under their hands
		return
	}
	if i := slices.Index(s.seen, v.Pointer()); i >= 0 {
		s.number(-1 - i)
		return
	}
	s.seen = append(s.seen, v.Pointer())
	s.number(1)
	s.walk(v.Elem())
}

var (
	actionType  = reflect.TypeFor[*Action]()
	versionType = reflect.TypeFor[Version]()
	momentType  = reflect.TypeFor[Moment]()
	requestType = reflect.TypeFor[*Request]()
	worldPath   = reflect.TypeFor[World]().PkgPath()
)
