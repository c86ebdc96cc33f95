package cli

import (
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"photofinish/strategies"
	"photofinish/strategies/external"
)

// complete completes the names of a catalogue, or those of files.
func complete(names func() []string) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return names(), cobra.ShellCompDirectiveDefault
	}
}

// completions makes the command that writes scripts for shells, and lets all that is
// below c complete the values of its flags.
func completions(c *cobra.Command) {
	c.InitDefaultCompletionCmd()
	all, _, err := c.Find([]string{"completion"})
	cobra.CheckErr(err)
	all.Short = "Write a script with which a shell completes commands and values"
	bash, _, err := all.Find([]string{"bash"})
	cobra.CheckErr(err)
	bash.RunE = func(*cobra.Command, []string) error {
		short, err := bash.Flags().GetBool("no-descriptions")
		if err != nil {
			return err
		}
		var script strings.Builder
		if err := c.GenBashCompletionV2(&script, !short); err != nil {
			return err
		}
		_, err = io.WriteString(c.OutOrStdout(), unescaped(script.String()))
		return err
	}
	completeFlags(c)
}

// unescaped lets a script for bash insert commas as they are. It escapes what it
// inserts if that is the only word, commas too, and does not know again then what is
// before the next one of a list.
func unescaped(script string) string {
	const escape, one = `COMPREPLY[0]=$(printf "%q" "${COMPREPLY[0]`, `}")`
	var out strings.Builder
	for line := range strings.Lines(script) {
		out.WriteString(line)
		if code := strings.TrimSpace(line); strings.HasPrefix(code, escape) && strings.HasSuffix(code, one) {
			out.WriteString(line[:strings.Index(line, code)] + `COMPREPLY[0]=${COMPREPLY[0]//\\,/,}` + "\n")
		}
	}
	return out.String()
}

// completeFlags lets the flags of a command, and of those below it, complete their
// values: the words of which one is to be taken, the names of strategies, quantiles
// of latencies. A number is left to whoever types it.
func completeFlags(c *cobra.Command) {
	c.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if _, done := c.GetFlagCompletionFunc(f.Name); done {
			return
		}
		var values cobra.CompletionFunc
		s, is := f.Value.(*setting)
		switch {
		case f.Name == "strategy":
			values = completeStrategies
		case f.Name == "latency":
			values = completeLatency
		case is && s.among != nil:
			values = cobra.FixedCompletions(s.among, cobra.ShellCompDirectiveNoFileComp)
		case is && s.kind != "string", f.Value.Type() == "duration":
			values = cobra.NoFileCompletions
		default:
			return
		}
		cobra.CheckErr(c.RegisterFlagCompletionFunc(f.Name, values))
	})
	for _, sub := range c.Commands() {
		completeFlags(sub)
	}
}

// goesOn is of a word behind which another may stand, in a list with commas.
const goesOn = cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder

// completeStrategies completes a list of strategies with commas between them:
// groups, clients of the user's own, the catalogue, and behind a + the layers that
// can be put over a client.
func completeStrategies(c *cobra.Command, _ []string, text string) (words []string, _ cobra.ShellCompDirective) {
	done := text[:strings.LastIndex(text, ",")+1]
	word := text[len(done):]
	known := slices.Concat(strategies.Groups(), ownNames(c), strategies.Names())
	if client, _, over := strings.Cut(word, "+"); over {
		known = nil
		for _, layer := range strategies.Layers() {
			if _, err := strategies.Find(client + "+" + layer); err == nil {
				known = append(known, client+"+"+layer)
			}
		}
	}
	taken := strings.Split(done, ",")
	for _, name := range known {
		if strings.HasPrefix(name, word) && !slices.Contains(taken, name) {
			words = append(words, done+name)
		}
	}
	return words, goesOn
}

// ownNames returns the names of the clients that --client has named so far, none
// of which is started.
func ownNames(c *cobra.Command) (names []string) {
	args, err := c.Flags().GetStringArray("client")
	if err != nil {
		return nil
	}
	for _, arg := range args {
		if spec, err := external.Parse(arg); err == nil && !slices.Contains(names, spec.Name) {
			names = append(names, spec.Name)
		}
	}
	return names
}

// completeLatency completes the quantiles that are missing, or the names of files.
func completeLatency(_ *cobra.Command, _ []string, text string) (words []string, _ cobra.ShellCompDirective) {
	if _, err := os.Stat(text); err == nil {
		return nil, cobra.ShellCompDirectiveDefault
	}
	done := text[:strings.LastIndex(text, ",")+1]
	for _, name := range latencyNames {
		if text != "" && strings.HasPrefix(done+name, text) && !strings.Contains(","+done, ","+name) {
			words = append(words, done+name)
		}
	}
	if words == nil {
		return nil, cobra.ShellCompDirectiveDefault
	}
	return words, goesOn
}

var latencyNames = []string{"p50=", "p90=", "p99=", "read-p50=", "read-p90=", "read-p99="}
