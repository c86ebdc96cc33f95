package kit

import (
	_ "embed" // this file
	"errors"
	"path"

	"github.com/evanw/esbuild/pkg/api"
)

//go:embed assemble.go
var recipe []byte

// esbuild is the version by which one file is made, as go.mod has it.
const esbuild = "v0.28.2"

// kitOf returns the files of the kit, and what else decides what is made of them: what
// another version of the program has made in another way is not taken for it.
func kitOf() map[string][]byte {
	files := embedded("js")
	files["assemble.go"], files["esbuild"] = recipe, []byte(esbuild)
	return files
}

// assemble makes one file of the modules that run a client, which Node loads in half the
// time. Those that run before or beside them stay what they are.
func assemble(files map[string][]byte) (map[string][]byte, error) {
	const entry, made = "pipe.mjs", "pipe.cjs"
	ours := api.Plugin{Name: "ours", Setup: func(b api.PluginBuild) {
		b.OnResolve(api.OnResolveOptions{Filter: `\.mjs$`}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
			return api.OnResolveResult{Path: path.Base(a.Path), Namespace: "kit"}, nil
		})
		b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "kit"}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
			text := string(files[a.Path])
			return api.OnLoadResult{Contents: &text}, nil
		})
	}}
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{entry},
		Bundle:      true,
		Outfile:     made,
		Format:      api.FormatCommonJS,
		Platform:    api.PlatformNode,
		Target:      api.ES2022,
		KeepNames:   true, // a program may ask for that of a class
		Define:      map[string]string{"import.meta.url": "here"},
		Banner:      map[string]string{"js": "'use strict';\nconst here = require('node:url').pathToFileURL(__filename).href;"},
		LogLevel:    api.LogLevelSilent,
		Plugins:     []api.Plugin{ours},
	})
	if len(result.Errors) > 0 {
		return nil, errors.New(result.Errors[0].Text)
	}
	all := map[string][]byte{made: result.OutputFiles[0].Contents}
	for _, name := range []string{"lane.cjs", "watcher.cjs", "lines.mjs"} {
		all[name] = files[name]
	}
	return all, nil
}
