package cli

import (
	"errors"

	"github.com/spf13/cobra"

	"photofinish/report"
)

// layout says how much of a matrix people are shown, and in which order.
type layout struct {
	stories, brief bool
	sort           report.Sort
}

// layoutFlags adds what says so to a command that writes a matrix.
func (a *app) layoutFlags(c *cobra.Command) {
	c.Flags().BoolVar(&a.layout.stories, "stories", false, "of several scenarios too, tell what happens in each cell that may lose something (text, markdown)")
	c.Flags().BoolVar(&a.layout.brief, "brief", false, "as a comment of a pull request has room for (markdown)")
	c.Flags().Var(choice((*string)(&a.layout.sort), report.Sorts), "sort", "the strategies by "+oneOf(report.Sorts)+" (text, markdown)")
}

// canLayOut says what of that the format does not know.
func (a *app) canLayOut() error {
	text, markdown := a.format == "" || a.format == "text", a.format == "markdown"
	switch l := a.layout; {
	case a.shard.of > 0 && l != layout{}:
		return errors.New("a shard is written as a partial result: say how it is laid out to photofinish report merge")
	case l.brief && !markdown:
		return errors.New("--brief is for a comment of a pull request: say --format markdown with it")
	case l.brief && l.stories:
		return errors.New("--stories has no room in what is --brief: leave one of them out")
	case l.stories && !text && !markdown:
		return errors.New("--stories is for --format text and markdown: html has the stories, and other formats have none")
	case l.sort != "" && !text && !markdown:
		return errors.New("--sort is for --format text and markdown: html is sorted where it is read, and other formats are for programs")
	}
	return nil
}
