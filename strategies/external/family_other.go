//go:build !unix

package external

import "os/exec"

// family does nothing: there are no families here.
func family(*exec.Cmd) {}

// kill ends the program.
func kill(cmd *exec.Cmd) error { return cmd.Process.Kill() }
