package machine

import "os"

// inBackground reports whether somebody else has the terminal: here all may have it.
func inBackground(*os.File) bool { return false }
