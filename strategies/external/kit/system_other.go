//go:build !windows

package kit

// needed are the variables without which programs do not run.
var needed = []string{"PATH", "HOME", "TMPDIR", "LANG"}

// pythons are the names of Python, the likeliest first.
func pythons() []string { return []string{"python3", "python"} }
