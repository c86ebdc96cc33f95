//go:build !unix

package tui

import "errors"

// pipe makes nothing: what has a name in a folder is a file or a folder here.
func pipe(string) error { return errors.ErrUnsupported }

// ends returns nothing: no process sends itself a signal here.
func ends() map[string]ending { return map[string]ending{} }
