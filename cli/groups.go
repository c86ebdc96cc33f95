package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/mattn/go-isatty"

	"photofinish/report"
	"photofinish/report/answer"
	"photofinish/report/explain"
	"photofinish/report/tell"
	"photofinish/scenarios"
	"photofinish/strategies"
)

// named returns what --strategy has named, strategies and groups of them.
func (a *app) named() (words []string) {
	for _, word := range strings.Split(strings.Join(a.strategies, ","), ",") {
		word = strings.TrimSpace(word)
		if len(a.strategies) > 0 && !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return words
}

// chosen returns the strategies that were asked for: those that are named, alone or
// as a group, and then the clients of the user's own that are not; or if none is
// named, the user's own, and the default ones beside them. A client that only a
// scenario names has not been started.
func (a *app) chosen(ss ...*scenarios.Scenario) (es []strategies.Entry, err error) {
	lineup, err := a.lineup()
	if err != nil {
		return nil, err
	}
	own := lineup[:len(lineup)-len(strategies.Catalogue)].Names()
	words := append(own, strategies.Default()...)
	if len(a.strategies) > 0 {
		words = append(a.named(), own...)
	}
	for _, word := range words {
		of, err := a.standsFor(word, lineup, ss)
		if err != nil {
			return nil, err
		}
		for _, e := range of {
			if !slices.Contains(strategies.Lineup(es).Names(), e.Name) {
				es = append(es, e)
			}
		}
	}
	return es, nil
}

// standsFor returns the strategies that a word of --strategy stands for.
func (a *app) standsFor(word string, lineup strategies.Lineup, ss []*scenarios.Scenario) ([]strategies.Entry, error) {
	if word == strategies.Safe {
		return a.safe(ss)
	}
	if es := strategies.Catalogue.Group(word); es != nil {
		return es, nil
	}
	if client, _, _ := strings.Cut(word, "+"); !slices.Contains(lineup.Names(), client) {
		for _, s := range ss {
			for _, p := range s.Clients {
				if p.Name == word {
					return nil, fmt.Errorf("%s is not here: start it by --client %s=%s", word, word, filepath.Join(filepath.Dir(s.File), filepath.FromSlash(p.File)))
				}
			}
		}
		return nil, explain.Unknown("strategy", word, append(lineup.Names(), strategies.Groups()...), "photofinish list strategies")
	}
	e, err := lineup.Find(word)
	return []strategies.Entry{e}, err
}

// safe returns those that are safe in all of the scenarios, or the six if nobody is.
func (a *app) safe(ss []*scenarios.Scenario) ([]strategies.Entry, error) {
	ctx, stop := interruptible()
	defer stop()
	found, err := a.probe(ctx, ss, nil)
	if err != nil {
		return nil, exit{130, fmt.Errorf("interrupted while looking for who is safe")}
	}
	es := found.Safe(ctx)
	if es == nil {
		where := "all " + fmt.Sprint(len(ss))
		switch len(ss) {
		case 1:
			where = tell.Clean(ss[0].Ref())
		case 2:
			where = "both"
		}
		fmt.Fprintf(os.Stderr, "nobody is safe in %s: these are the six\n", where)
		es = strategies.Catalogue[:len(strategies.Default())]
	}
	return es, nil
}

// answerIn says who is the answer in a scenario, without a run.
func (a *app) answerIn(ctx context.Context, s *scenarios.Scenario) []string {
	found, err := a.probe(ctx, []*scenarios.Scenario{s}, nil)
	if err != nil {
		return nil
	}
	return found.Answer(ctx, nil).Says
}

// probe asks who is the answer, of the catalogue and of what was chosen besides.
func (a *app) probe(ctx context.Context, ss []*scenarios.Scenario, chosen []strategies.Entry) (*answer.Found, error) {
	all := answer.Candidates(strategies.Catalogue)
	for _, e := range chosen {
		if e.Group == strategies.Composed && !slices.Contains(strategies.Lineup(all).Names(), e.Name) {
			all = append(all, e)
		}
	}
	o := report.Options{Seed: a.seed, Trials: int(a.trials), Workers: runtime.GOMAXPROCS(0)}
	if isatty.IsTerminal(os.Stderr.Fd()) {
		m := newMeter(os.Stderr, "probe ", 0, len(ss)*len(all)*min(answer.Trials, o.Trials))
		defer m.close()
		o.Progress = m.add
	}
	return answer.Probe(ctx, ss, all, strategies.Catalogue, o)
}
