package kit

import (
	"errors"
	"path"
	"sync"

	"github.com/evanw/esbuild/pkg/api"
)

// assembled is the kit for JavaScript as Node is handed it: see assemble.
var assembled = sync.OnceValues(func() (map[string][]byte, error) { return assemble(embedded("js")) })

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
