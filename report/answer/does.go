package answer

import (
	"fmt"

	"photofinish/report"
	"photofinish/report/tell"
	"photofinish/sim/judge"
)

// anomalies has for each bad one what a client does that shows it, and what it would
// take that none does.
var anomalies = map[judge.Kind]struct{ does, needed string }{
	judge.UnsentWrite:     {"drops an edit", "what waits has to be sent in the end"},
	judge.UnsentRead:      {"drops a read", "what waits has to be sent in the end"},
	judge.LostWrite:       {"loses an edit on the way", "what got no answer has to be sent again"},
	judge.LostRead:        {"loses a read on the way", "what got no answer has to be sent again"},
	judge.MonotonicWrites: {"lets an older edit win", "the edits have to be kept in order"},
	judge.LostUpdate:      {"overwrites somebody else's edit", "the server has to compare an edit with what it was made from, and say no or merge"},
	judge.AppliedTwice:    {"adds something twice", "the server has to know a request that comes again"},
	judge.MonotonicReads:  {"shows an older state again", "an answer must not cover what is newer"},
	judge.StaleRead:       {"shows an old state", "the read has to wait for the save"},
	judge.ReadYourWrites:  {"reads an old state", "the read has to wait for the save"},
	judge.ClobberedEdit:   {"wipes an edit off the screen", "an answer must not cover what is newer"},
	judge.DuplicateRecord: {"makes two records", "the server has to know a create that comes again"},
	judge.OrphanRecord:    {"leaves a record behind", "the client has to learn or to make the id"},
	judge.FailedByOrder:   {"has an edit refused silently", "an edit must not reach the server before its create"},
	judge.SilentFailure:   {"hides a failure", "the client has to listen to the answer, and to tell"},
	judge.Diverged:        {"ends with a screen that differs from the server", "the client has to read the record after the save, or the answer has to bring it"},
	judge.QueueStall:      {"waits for ever", "a timeout"},
}

// does says what a strategy does in a scenario, as "drops an edit in 94.2 %
// (93.7–94.6 %)"; "" if nothing is known.
func does(r *Row) string {
	o := &r.Odds
	trials := tell.Grouped(o.Trials)
	switch state := r.State(); {
	case o.Failed != nil:
		return "could not go on: " + tell.Clean(o.Failed.Error())
	case o.Trials == 0:
		return ""
	case o.Bad() > 0:
		return wrong(o)
	case state == report.Possible:
		return fmt.Sprintf("goes wrong in none of %s trials, but %s", trials, possible(r))
	case o.Verdicts[judge.Unknown] > 0:
		return fmt.Sprintf("is not known to end in %s", report.Percent(o.Share(o.Verdicts[judge.Unknown])))
	case r.Orders.Classes == 0 && o.Verdicts[judge.Loud] > 0, state == report.Loud:
		return "tells of a failed save in " + report.Percent(o.Share(o.Verdicts[judge.Loud]))
	case state == report.Open && r.Orders.Classes > 0:
		return fmt.Sprintf("goes wrong in none of %s trials; its orders are too many to run all", trials)
	case state == report.Open:
		return fmt.Sprintf("goes wrong in none of %s trials; its orders were not run", trials)
	}
	return "loses nothing"
}

// wrong says what the trials that end badly show most often, and how many they are.
// One that only some of them show is not said to have their share.
func wrong(o *report.Odds) string {
	in := "in " + share(o.Bad(), o.Trials)
	kind, ok := o.Mostly()
	switch {
	case !ok:
		return "goes wrong " + in
	case o.Kinds[kind] < o.Bad():
		return fmt.Sprintf("goes wrong %s, most often as it %s", in, anomalies[kind].does)
	}
	return anomalies[kind].does + " " + in
}

// possible says where a strategy goes wrong that does not in any trial.
func possible(r *Row) string {
	bad := r.Orders.Verdicts[judge.Wrong] + r.Orders.Verdicts[judge.Stuck]
	switch {
	case bad == 0:
		return "as the file pins it"
	case !r.Orders.Complete:
		return fmt.Sprintf("in %s of the orders that were run", tell.Grouped(bad))
	case r.Orders.Classes == 1:
		return "in the one order there is"
	}
	return fmt.Sprintf("in %s of %s orders", tell.Grouped(bad), tell.Grouped(r.Orders.Classes))
}
