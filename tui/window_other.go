//go:build !unix

package tui

import "context"

// eachResize does nothing: sizes come with the keys.
func eachResize(context.Context, func()) {}
