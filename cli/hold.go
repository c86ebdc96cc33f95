package cli

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/sim/judge"
)

// bound is what a report is asked to hold.
type bound struct {
	share float64 // from 0 to less than 1
	asked bool
}

// holdFlags adds what a report may be asked to hold: then it ends with exit code 1
// if it does not.
func (a *app) holdFlags(c *cobra.Command) {
	c.Flags().Var(below(&a.above), "fail-above", "exit with 1 if a client of your own, or one that --strategy names, may end wrong in more, as 1%; 0: if it is not proved")
}

// below is a flag that takes a share of which there can be more.
func below(to *bound) *setting {
	return &setting{"share", "", nil, func(text string) error {
		number, percent := strings.CutSuffix(strings.TrimSpace(text), "%")
		share, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
		if percent {
			share /= 100
		}
		if err != nil || !(share >= 0 && share < 1) {
			return errors.New("want a share below 100 %, as 1% or 0.01; 0 asks for a proof")
		}
		*to = bound{share, true}
		return nil
	}}
}

// canHold says, before anything is written, that there is nothing to hold to what was
// asked, since the user has named nobody; or that it is not all of the trials.
func (a *app) canHold(named bool) error {
	switch {
	case !a.above.asked:
		return nil
	case a.shard.of > 0:
		return errors.New("a shard is not all of the trials: say --fail-above to photofinish report merge")
	case !named:
		return errors.New("--fail-above looks at your own clients and at what --strategy names: say --client FILE or --strategy NAME")
	}
	return nil
}

// hold says on standard error what of a report does not hold that was asked to. The
// report has been written by then.
func (a *app) hold(m *report.Matrix) error {
	if !a.above.asked && !a.compare.failWorse {
		return nil
	}
	if err := a.ended(m.Failures()); err != nil {
		return err // what was not run has not passed
	}
	broken := a.worse(m)
	if a.above.asked {
		broken = append(tooHigh(m, a.above.share), broken...)
	}
	return unheld(broken)
}

// unheld says on standard error what does not hold; if there is nothing, all is well.
func unheld(broken []string) error {
	if broken == nil {
		return nil
	}
	for _, line := range broken {
		fmt.Fprintln(os.Stderr, tell.Clean(line))
	}
	text := "1 expectation does not hold"
	if n := len(broken); n > 1 {
		text = fmt.Sprint(n, " expectations do not hold")
	}
	return exit{1, errors.New(text)}
}

// tooHigh says of each cell of the user's own clients, and of the strategies that
// the user named, that it may end badly in more of the trials than was asked.
func tooHigh(m *report.Matrix, most float64) (lines []string) {
	for c := range m.Each {
		named := len(m.Named) > 0 && !slices.Contains(m.Added, c.Strategy.Name)
		if c.Strategy.Own() == nil && !named {
			continue
		}
		if says := exceeds(c, most); says != "" {
			lines = append(lines, fmt.Sprintf("%s in %s: %s", c.Strategy.Name, c.Scenario.Name, says))
		}
	}
	return lines
}

// exceeds says that a cell may end badly in more than a share of the trials, or that
// some of them wait for ever; with a share of 0, that it is not proved not to. It is
// empty if all is well.
func exceeds(c report.Cell, most float64) string {
	n, state := c.Bad()+c.Verdicts[judge.Unknown], c.State() // what is unknown is never safe
	low, high := report.Wilson(n, c.Trials)
	share := fmt.Sprintf("%s (%s)", report.Percent(c.Share(n)), report.Interval(low, high))
	switch {
	case most == 0 && state.Safe(), most > 0 && high <= most && state != report.Stuck:
		return ""
	case most == 0 && n == 0 && c.Replayed.Bad():
		return fmt.Sprintf("%s, but it ends %s as the file pins it", share, c.Replayed)
	case most == 0 && n == 0 && c.Orders.Bad() > 0:
		return share + ", but " + tell.EndBadly(c.Orders.Bad(), c.Orders.Classes, c.Orders.Complete)
	case most == 0 && n == 0:
		return share + ", but not all of its orders are known to end well"
	case most > 0 && high <= most:
		return share + " wait for ever"
	case c.Share(n) <= most:
		more := "--trials"
		if c.Over {
			more = "time (--within)"
		}
		says := share + " may be above " + percent(most) + ": more " + more + " would tell"
		if state.Safe() {
			says += ", or --fail-above 0, as it is proved"
		}
		return says
	}
	return share + " is above " + percent(most)
}

// percent writes a share that somebody has chosen, and no digit more than that.
func percent(share float64) string { return strconv.FormatFloat(100*share, 'g', 10, 64) + " %" }
