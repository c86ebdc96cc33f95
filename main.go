// Command photofinish is a playground for the races that hide in every client
// that saves to a server. See the README for what it shows, package cli for its
// commands, and docs/ARCHITECTURE.md for how it works.
package main

import (
	"os"

	"photofinish/cli"
)

func main() { os.Exit(cli.Main()) }
