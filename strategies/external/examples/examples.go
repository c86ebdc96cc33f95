// Package examples has a client to begin with for each library: a file that runs
// at once, and says what to change.
package examples

import (
	"embed"
	"slices"
)

//go:embed *.js *.ts *.tsx *.py
var files embed.FS

// all are in the order in which they are told of: name, file.
var all = [][2]string{
	{"plain", "plain.js"},
	{"tanstack", "tanstack.tsx"},
	{"swr", "swr.tsx"},
	{"rtk", "rtk.ts"},
	{"apollo", "apollo.ts"},
	{"backbone", "backbone.js"},
	{"component", "component.tsx"},
	{"python", "python.py"},
	{"jsonapi", "jsonapi.js"},
	{"rails", "rails.js"},
}

// Names returns the names of all of them.
func Names() (names []string) {
	for _, e := range all {
		names = append(names, e[0])
	}
	return names
}

// File returns one of them, and what it is called here: its extension says how
// it is run. ok is false if there is none of that name.
func File(name string) (filename string, data []byte, ok bool) {
	i := slices.IndexFunc(all, func(e [2]string) bool { return e[0] == name })
	if i < 0 {
		return "", nil, false
	}
	return all[i][1], read(all[i][1]), true
}

// Types returns what editors want to know: photofinish.d.ts.
func Types() []byte { return read("photofinish.d.ts") }

func read(file string) []byte {
	data, err := files.ReadFile(file)
	if err != nil {
		panic(err) // it is embedded
	}
	return data
}
