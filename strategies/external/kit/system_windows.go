package kit

import "os"

// needed are the variables without which programs do not run here: also those that
// find and run a .cmd, as all have that npm installs, and the packages of a user's
// Python.
var needed = []string{
	"PATH", "PATHEXT", "COMSPEC", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR",
	"USERPROFILE", "APPDATA", "LOCALAPPDATA", "TEMP", "TMP", "LANG",
}

// pythons are the names of Python, the likeliest first. The launcher knows which are
// installed, where python may only be what leads to a shop; but it does not know the
// environment that a user has activated.
func pythons() []string {
	if os.Getenv("VIRTUAL_ENV") != "" {
		return []string{"python", "py"}
	}
	return []string{"py", "python"}
}
