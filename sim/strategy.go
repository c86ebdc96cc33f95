package sim

// A Strategy is a rule by which a client turns actions into requests. It
// answers to what happens at the client, and does nothing else: everything it
// wants done, it asks of the [Client].
//
// A strategy keeps its own state and must forget it in Reset, which is called
// before and after each trial: in its fields, where a [Snapshot] finds it. It must
// not assume that nobody exists yet: the person may be given.
type Strategy interface {
	Act(c *Client, a *Action)  // the user acted; the person already shows it
	Reply(c *Client, r *Reply) // a reply, or a timeout, reached the client
	Wake(c *Client, t Timer)   // a timer set with c.After fired
	Reset()                    // forget everything: the same value serves the next trial
}

// A Poster is a strategy that also decides how requests leave. [Client.Post]
// hands it each new request instead of sending it at once: this is the
// drop-in replacement for post over which other strategies can be put.
type Poster interface {
	Post(c *Client, r *Request)
}

// A Reader is a strategy that takes a read which nobody pressed in a way of its own:
// that of an errand, or news of another client's save. For all others it is taken.
type Reader interface {
	Read(c *Client, r *Reply)
}

// A Returner is a strategy that wants to know when its client is back from offline.
type Returner interface {
	Back(c *Client)
}

// A Leaver is a strategy that wants to know when its client is about to be closed:
// what it sends then is a [Client.Beacon].
type Leaver interface {
	Leave(c *Client)
}

// Durable is a strategy that keeps something while its client is closed. Instead of
// being Reset, it is Closed: it forgets what it does not keep. Before the read of a
// client that is opened again it is Opened.
type Durable interface {
	Closed(c *Client)
	Opened(c *Client)
}

// A Layer is a strategy over others: it says which one has the screen of a view. What
// a layer has no method for is asked of those under it.
type Layer interface {
	Under(view int) Strategy
}

// under returns the first of a strategy and those under it, as far as a view's screen
// is concerned, that is a T.
func under[T any](s Strategy, view int) (t T, ok bool) {
	for s != nil {
		if t, ok = s.(T); ok {
			return t, true
		}
		l, over := s.(Layer)
		if !over {
			break
		}
		s = l.Under(view)
	}
	return t, false
}

// Version says how many writes made a record what it is; 0: none that is known. A
// strategy keeps it and sends it back, and holds it against nothing but 0.
type Version int32

// Request is a message to the server. It carries one or more actions.
type Request struct {
	Number  int       // from 1, in the order of posting
	Do      Do        // of the first action; of a patch, Update
	Actions []*Action // what it carries; the first one keys its latencies
	ID      int       // the record it is for; 0 if the client knew none
	Sets    FieldSet  // the fields in its body
	Adds    FieldSet  // those of them of which it does not say the value, but what is to be added
	Body    State     // who wrote them, or adds to them
	Own     bool      // of a create: it keeps to that; else it is filled when it is sent
	Header  Header    // what else it says to the server

	own     *Message // as a client that is not ours made it; else nil
	key     *Action  // whose pins it obeys, and whose luck it has
	attempt int      // at what keys it, from 1
	rows    []Row    // of the reply to a list
	fortune          // what it meets on its way
	story            // what becomes of it
	replied          // what else is in the reply
}

// replied is what a reply says besides its status.
type replied struct {
	replyID int // the id in it
	version Version
	read    State
	readAt  Moment // the server read the record, if another moment than that of the end counts
	was     Moment // and the record had been so just before
}

// story is what becomes of a request. It begins with nothing: all of it at once is set
// to zero.
type story struct {
	left      Moment   // it was sent; 0: not yet
	began     Moment   // the server began to work at it, if that is another moment
	fails     int32    // how many attempts before it, or it too, could not leave
	deaf      int32    // nobody hears it: its client has been closed since, for that time; else 0
	void      FieldSet // of a read: the views that take no more what it brings
	handled   bool     // the server has handled it
	ended     bool     // replied to or given up: the client waits no longer
	unsent    bool     // it could not leave
	unplugged bool     // its connection is free, for its client was offline
	beacon    bool     // nobody waits for its reply: see [Client.Beacon]
	reason    bool     // it was refused for a reason of the server's own
	behind    bool     // it found no record, for reads lag behind: there is one
	status    int
	parent    int // of a create, once it has left: the id of the record it needs; 0: it needs none, or the client knows no id
}

// Header asks the server for more than to carry the request out. Its zero value
// asks for nothing: the server does what it is told, as it comes.
type Header struct {
	Seq   int32   // its number in the client's order, from 1: the server waits for those before it
	Key   int32   // of requests with the same key the server carries out one, and replies to all alike
	Match Version // the version that the record must have (If-Match); else 412
	Put   bool    // where there is no such record, the server makes one (upsert)
	Newer bool    // a field keeps the value that was written last by the client's clock
}

// Attempt returns how many requests the action has led to by now, from 1: also
// those that could not leave.
func (r *Request) Attempt() int { return r.attempt + int(r.fails) }

// Left returns the moment at which it left.
func (r *Request) Left() Moment { return r.left }

// First returns the first action that the request carries.
func (r *Request) First() *Action { return r.Actions[0] }

// Reply tells the client how a request ended. After a timeout it does not tell
// whether the server has carried it out.
type Reply struct {
	*Request
	Status   int     // 200, or why not; 0 after a timeout
	Version  Version // of the record, after a write or a fetch, and with a 412; else 0
	TimedOut bool    // no reply came in time
	Unsent   bool    // it could not leave: the client is offline
}

// OK reports whether the server did what was asked.
func (r *Reply) OK() bool { return r.Status == 200 }

// Timer fires once, with Wake: see [Client.After].
type Timer struct {
	Number int
	Action *Action // whom it is for

	idle int32 // set again by a firing in vain, at this count of changes; else -1
}
