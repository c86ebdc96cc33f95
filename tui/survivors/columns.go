package survivors

import (
	"strconv"
	"time"

	"photofinish/report/answer"
	"photofinish/report/tell"
	"photofinish/strategies"
	"photofinish/tui/ink"
)

// left is the first column of names: before it stand the cursor, what has a lane, and
// the mark.
const left = 7

// The cells of columns that do not depend on what is in them, and what a rule wants.
const (
	shareCells = 4
	howCells   = 24

	mostRule  = 66 // of a composition
	wholeRule = 52 // of the catalogue: rather than to cut it orders are rounded
	goodRule  = 46
	leastRule = 40
)

// columns are where those of the table begin, and how many cells those have that can
// give way: what begins at 0, and a bar of 0 cells, is left out.
type columns struct {
	name, rule, bar, orders, sent, done              int // cells
	ruleAt, shareAt, ordersAt, sentAt, doneAt, howAt int
	exact                                            int // digits of orders: see [ordersText]
}

// width is a way to give way.
type width struct {
	how, rule, done, sent bool
	bar                   int
}

// widths are all of them: first goes how it is lost, then the rule, then when it is
// done and how much is sent, and last the bar. Orders are rounded before any of that.
var widths = []width{
	{true, true, true, true, 12},
	{false, true, true, true, 8},
	{false, false, true, true, 10},
	{false, false, true, true, 8},
	{false, false, false, true, 8},
	{false, false, false, false, 8},
	{false, false, false, false, 0},
}

// columnsFor returns the columns of a table of some rows in a window; the longest of
// their rules has that many cells.
func columnsFor(w int, rows []answer.Row, rules int) columns {
	c := columns{name: len("client"), sent: len("sent"), done: len("done")}
	orders := [3]int{len("orders"), len("orders"), len("orders")}
	for i := range rows {
		r := &rows[i]
		c.name = max(c.name, ink.Width(r.Entry.Name))
		c.sent, c.done = max(c.sent, ink.Width(sentText(r))), max(c.done, ink.Width(doneText(r)))
		for exact := range orders {
			orders[exact] = max(orders[exact], ink.Width(ordersText(r, exact)))
		}
	}
	for _, is := range widths {
		for _, least := range []int{wholeRule, goodRule, leastRule} {
			for c.exact = 2; c.exact >= 0; c.exact-- {
				c.orders, c.bar, c.rule = orders[c.exact], is.bar, 0
				if is.rule {
					c.rule = min(rules, least)
				}
				spare := w - c.place(is, 0)
				if spare < 0 {
					continue
				}
				if is.rule {
					more := min(spare, rules-c.rule)
					c.rule, spare = c.rule+more, spare-more
				}
				if is.how {
					more := min(spare, 20-c.bar)
					c.bar, spare = c.bar+more, spare-more
				}
				c.place(is, spare)
				return c
			}
		}
	}
	is := widths[len(widths)-1]
	c.exact, c.orders = 0, orders[0]
	c.name = max(c.name-(c.place(is, 0)-w), 1) // no other name is cut
	c.place(is, 0)
	return c
}

// place sets the columns down, with what is spare between them, and returns how many
// cells they take.
func (c *columns) place(is width, spare int) int {
	gaps := 1 // before the share; orders belong to it
	for _, there := range []bool{is.sent, is.done, is.how} {
		if there {
			gaps++
		}
	}
	x := left + c.name
	after := func(cells, gap int) (at int) {
		more := min(spare/gaps, 8)
		spare, gaps = spare-more, gaps-1
		at = x + gap + more
		x = at + cells
		return at
	}
	c.ruleAt, c.sentAt, c.doneAt, c.howAt = 0, 0, 0, 0
	if is.rule {
		x += 1 + min(spare, 1)
		spare = max(spare-1, 0)
		c.ruleAt, x = x, x+c.rule
	}
	bar := c.bar
	if bar > 0 {
		bar += 2
	}
	c.shareAt = after(shareCells+bar, 2)
	c.ordersAt, x = x+2, x+2+c.orders
	sent, done := c.sent, c.done
	if is.how {
		sent, done = max(sent, len("requests")), max(done, len("done after"))
	}
	if is.sent {
		c.sentAt = after(sent, 2) + sent - c.sent
	}
	if is.done {
		c.doneAt = after(done, 2) + done - c.done
	}
	if is.how {
		c.howAt = after(howCells, 3)
	}
	return x
}

// ordersText says how many orders end badly, of all that there are. It is exact with
// 2, with 1 but for what is no proof, and else rounded; "" if nothing is known.
func ordersText(r *answer.Row, exact int) string {
	o := &r.Orders
	write := tell.Grouped[int64]
	if exact == 0 || exact == 1 && !o.RaceFree() {
		write = tell.Short[int64]
	}
	switch {
	case o.Failed != nil:
		return "failed"
	case o.Classes == 0 && unmeasured(r):
		return ""
	case o.Classes == 0:
		return "…"
	case o.RaceFree():
		return "all " + write(o.Classes)
	case o.Complete:
		return write(o.Bad()) + " of " + write(o.Classes)
	}
	return write(o.Bad()) + " of " + write(o.Classes) + "+"
}

// unmeasured reports whether it is not known what a run costs: nothing has been
// counted, or it is one of the user's own, of which that is not kept.
func unmeasured(r *answer.Row) bool { return r.Odds.Trials == 0 || r.Entry.Group == strategies.Yours }

// sentText says how many requests a run has sent, on average; "" if that is not known.
func sentText(r *answer.Row) string {
	if unmeasured(r) {
		return ""
	}
	return strconv.FormatFloat(r.Odds.Requests, 'f', 1, 64)
}

// doneText says when half of the runs are done; "" if that is not known.
func doneText(r *answer.Row) string {
	switch {
	case unmeasured(r):
		return ""
	case r.Odds.P50 < 10*time.Second:
		return tell.Rounded(r.Odds.P50) + " ms"
	}
	return strconv.FormatFloat(r.Odds.P50.Seconds(), 'f', 0, 64) + " s"
}
