package sim

import "time"

// Do is a kind of action.
type Do uint8

// The five things a user can ask for, and what a user does to a client.
const (
	Create Do = iota
	Update
	Delete
	SetPermissions
	Fetch
	Close // the client is closed: no strategy is asked, and nothing is sent for it
)

var doNames = [...]string{"create", "update", "delete", "set-permissions", "fetch", "close"}

// String returns the word for d that scenario files use.
func (d Do) String() string { return doNames[d] }

// Key returns the letter that stands for d in labels such as "u2".
func (d Do) Key() string { return "cudpfx"[d : d+1] }

// Dos returns the word of every Do that asks for something, in order.
func Dos() []string { return doNames[:Close] }

// Leg is one direction of a request: to the server, or back.
type Leg uint8

// NoLeg stands for neither direction.
const (
	NoLeg Leg = iota
	Uplink
	Downlink
)

// String returns "up", "down" or "".
func (l Leg) String() string { return [...]string{"", "up", "down"}[l] }

// Unpinned is the latency of a leg that is left to chance.
const Unpinned time.Duration = -1

// Action is one thing the user asks for. Actions are numbered from 1 in the
// order of the user's hands, the issue order.
type Action struct {
	Number int
	Do     Do
	Client uint8         // whose screen it is done on, below [MaxClients]
	Person uint8         // whom it is about, below [MaxPersons]
	Parent uint8         // of a create: the person, from 1, whose record it needs; 0: it needs none
	Opens  bool          // of a fetch: it opens the client that was closed
	Lists  bool          // of a fetch: it reads all persons of the client
	At     time.Duration // when the user acts, from 0, never earlier than the action before

	Sets   FieldSet           // the fields it writes
	Adds   FieldSet           // those of them that it adds to, or appends to
	Bags   FieldSet           // those of them that it appends to: everywhere, their values are lists
	Values [NumFields]ValueID // their values, or what it adds; meaningless for a field it does not write
	Skip   bool               // the user does not do it after all: it is not pressed, and keeps its number
	Errand *Errand            // of a fetch that no user asked for, and that has no pins; else nil

	// What is pinned of its first request, if it comes first in it. A later
	// attempt is left to luck. Only a status below 500 is not for the moment: it
	// meets every attempt, and every request that carries the action.
	Up         time.Duration // latency of the request, or Unpinned
	Down       time.Duration // latency of the reply, or Unpinned
	Processing time.Duration // the time that the server takes for it; 0: left to chance
	Status     int           // 400 to 599: the server refuses it with this; 0: it does not
	Lose       Leg           // the leg that is lost, or NoLeg
	Twice      bool          // the network delivers it twice; how long the copy takes is left to chance

	// What the server makes of it, whatever the request says: values that it
	// saves instead, and fields that it sets by itself.
	Saves FieldSet
	Saved [NumFields]ValueID
}

// View returns the place of the action's screen and person in [Ledger].Views.
func (a *Action) View() int { return int(a.Client)*MaxPersons + int(a.Person) }

// Label returns the action's short name: its key and its number, as "u2". An
// errand is called after its cause.
func (a *Action) Label() string {
	switch {
	case a.Errand != nil:
		return a.Errand.label(a)
	case a.Opens:
		return "o" + itoa(a.Number)
	case a.Lists:
		return "l" + itoa(a.Number)
	}
	return a.Do.Key() + itoa(a.Number)
}

// Word returns the word for what the action does that scenario files use.
func (a *Action) Word() string {
	switch {
	case a.Opens:
		return "open"
	case a.Lists:
		return "list"
	}
	return a.Do.String()
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}

// What bounds a script.
const (
	MaxActions = 64
	MaxFields  = 16
	MaxClients = 2
	MaxPersons = 4 // on each client's screen
	MaxViews   = MaxClients * MaxPersons
)

// Permissions is the field that set-permissions writes. The fields before it
// are the person's attributes.
const (
	Permissions = MaxFields
	NumFields   = MaxFields + 1
)

// FieldSet is a set of fields, one bit each.
type FieldSet uint32

// ValueID is an index into [Script].Values. Two writes of the same value have
// the same ValueID.
type ValueID uint16

// Writer says who wrote a field: nobody, what was given at the start, one of
// the user's actions, or the server when it saved that action.
type Writer uint8

// Nobody is the writer of a field that is not there; Given of one of the first
// person that was there before the first action (it counts as action 0).
const (
	Nobody Writer = 0
	Given  Writer = 1

	given2 Writer = MaxActions + 2 // of the second person, and so on
)

// GivenTo returns the writer of the fields that were given of a person, from 0.
func GivenTo(person int) Writer {
	if person == 0 {
		return Given
	}
	return given2 + Writer(person) - 1
}

// WasGiven reports whether the field was there before the first action.
func (w Writer) WasGiven() bool { return w == Given || w-given2 < MaxPersons-1 }

// person returns of whom a field was given, from 0.
func (w Writer) person() int {
	if w == Given {
		return 0
	}
	return int(w-given2) + 1
}

// By returns the writer that is action n.
func By(n int) Writer { return Writer(n + 1) }

// SavedBy returns the writer that is the server, saving action n in its own
// way.
func SavedBy(n int) Writer { return By(n) | byServer }

const byServer Writer = 1 << 7

// Action returns the number of the action, 0 for what was given, -1 for [Nobody].
func (w Writer) Action() int { return int(numbers[w]) }

// numbers has what [Writer.Action] returns: to look it up costs a trial less than to
// ask which of the spare numbers a writer is.
var numbers = func() (of [1 << 8]int8) {
	for w := range of {
		of[w] = int8(w&^int(byServer)) - 1
	}
	for p := range MaxPersons {
		of[GivenTo(p)] = 0
	}
	clear(of[firstSum:byServer]) // who asks for more asks [Sums.Last]
	return of
}()

// ByServer reports whether the value is the server's own: see [SavedBy].
func (w Writer) ByServer() bool { return w&byServer != 0 }

// State is, per field, who last wrote it.
type State [NumFields]Writer

// Put makes w the writer of a set of fields.
func (s *State) Put(set FieldSet, w Writer) {
	for ; set != 0; set &= set - 1 {
		s[set.First()] = w
	}
}

// merge writes from's fields set over s.
func (s *State) merge(from *State, set FieldSet) {
	for ; set != 0; set &= set - 1 {
		f := set.First()
		s[f] = from[f]
	}
}

// Person is the client's side: what the screen shows.
type Person struct {
	ID      int // the record's id; 0 while the client knows none
	Deleted bool
	State   State
}

// Record is the server's side. Its id is its place in the list, from 1.
type Record struct {
	Creator int     // the action that made it, 0 if it was given
	Version Version // 0: it never was
	Deleted bool
	State   State
}
