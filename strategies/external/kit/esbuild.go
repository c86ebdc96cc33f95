package kit

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// build bundles a file, and says what is in the bundle unless something is wrong. Types,
// JSX and paths are as the nearest tsconfig.json has them; packages are resolved as for a
// browser.
func build(path, mode string, o Options) (api.BuildResult, metafile) {
	dir := filepath.Dir(path)
	conditions := []string{"module", mode}
	if mode == "test" {
		conditions[1] = "development"
	}
	all := maps.Clone(loaders)
	maps.Copy(all, otherLoaders)
	result := api.Build(api.BuildOptions{
		EntryPoints:    []string{path},
		AbsWorkingDir:  dir,
		Outfile:        filepath.Join(dir, "bundle.js"),
		Bundle:         true,
		Format:         api.FormatCommonJS,
		Platform:       api.PlatformBrowser,
		Target:         api.ES2022,
		Supported:      map[string]bool{"dynamic-import": false}, // it would load in real time
		Conditions:     conditions,
		JSX:            api.JSXAutomatic,
		Loader:         all,
		Alias:          aliases(dir, o.Alias),
		Define:         defines(mode, o.Env),
		Sourcemap:      api.SourceMapExternal,
		LegalComments:  api.LegalCommentsNone,
		Metafile:       true,
		LogLevel:       api.LogLevelSilent,
		SourcesContent: api.SourcesContentExclude,
		Plugins:        []api.Plugin{builtins, assets},
	})
	meta := metafile{dir: dir}
	if len(result.Errors) == 0 {
		if err := json.Unmarshal([]byte(result.Metafile), &meta); err != nil {
			panic("esbuild says otherwise what is in a bundle: " + err.Error())
		}
	}
	return result, meta
}

// otherLoaders are for what is no code.
var otherLoaders = map[string]api.Loader{
	".json": api.LoaderJSON, ".txt": api.LoaderText,
	".css": api.LoaderEmpty, ".scss": api.LoaderEmpty, ".sass": api.LoaderEmpty, ".less": api.LoaderEmpty, ".styl": api.LoaderEmpty,
}

// aliases makes whole paths of what stands for the beginning of an import.
func aliases(dir string, alias map[string]string) map[string]string {
	whole := map[string]string{}
	for name, to := range alias {
		name, to = strings.TrimSuffix(name, "/*"), strings.TrimSuffix(to, "/*") // as tsconfig.json has it
		if strings.HasPrefix(to, ".") || filepath.IsAbs(to) {
			here, err := filepath.Abs(to)
			if _, missing := os.Stat(here); err != nil || missing != nil {
				here = filepath.Join(dir, to)
			}
			to = here
		}
		whole[strings.TrimSuffix(name, "/")] = to
	}
	return whole
}

// defines is what stands in the code for what the bundler knows.
func defines(mode string, env []string) map[string]string {
	values := map[string]any{"MODE": mode, "PROD": mode == "production", "DEV": false, "SSR": false, "BASE_URL": "/"}
	for _, name := range env {
		if value, is := os.LookupEnv(name); is && strings.HasPrefix(name, "VITE_") {
			values[name] = value
		}
	}
	all, _ := json.Marshal(values)
	return map[string]string{
		"process.env.NODE_ENV": `"` + mode + `"`,
		"import.meta.env":      string(all),
		"import.meta.url":      `"http://localhost/"`,
		"import.meta.hot":      "undefined",
		"global":               "globalThis",
	}
}

// allowed are the modules of Node that do nothing real, or that the kit replaces.
var allowed = strings.Fields("timers timers/promises events util url path buffer assert querystring")

// node lists the modules of Node that may be named without "node:".
var node = strings.Fields("assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events " +
	"fs fs/promises http http2 https inspector module net os path perf_hooks process punycode querystring readline repl stream stream/promises " +
	"string_decoder timers timers/promises tls tty url util v8 vm wasi worker_threads zlib")

// builtins are what a program for Node imports. A package of that name in
// node_modules comes first, as it does for a browser.
var builtins = api.Plugin{Name: "builtins", Setup: func(b api.PluginBuild) {
	type asked struct{}
	names := strings.Join(node, "|")
	b.OnResolve(api.OnResolveOptions{Filter: "^(node:.*|" + names + ")$"}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
		if a.PluginData == (asked{}) {
			return api.OnResolveResult{}, nil
		}
		name, named := strings.CutPrefix(a.Path, "node:")
		if !named {
			r := b.Resolve(a.Path, api.ResolveOptions{ResolveDir: a.ResolveDir, Importer: a.Importer, Kind: a.Kind, PluginData: asked{}})
			if len(r.Errors) == 0 {
				return api.OnResolveResult{Path: r.Path, External: r.External, Namespace: r.Namespace, SideEffects: sideEffects(r.SideEffects)}, nil
			}
		}
		if slices.Contains(allowed, name) {
			return api.OnResolveResult{Path: "node:" + name, External: true}, nil
		}
		// What a library only asks for where it runs on a server it may never need.
		if a.Kind != api.ResolveJSImportStatement && strings.Contains(filepath.ToSlash(a.Importer), "/node_modules/") {
			return api.OnResolveResult{Path: name, Namespace: "missing"}, nil
		}
		return api.OnResolveResult{Errors: []api.Message{{
			Text: fmt.Sprintf("imports node:%s, which works on the real machine and in real time. Put it behind a function that the file replaces", name),
		}}}, nil
	})
	b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "missing"}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
		text := fmt.Sprintf("throw new Error(%q)", "node:"+a.Path+" works on the real machine and in real time, and cannot be had here")
		return api.OnLoadResult{Contents: &text}, nil
	})
}}

func sideEffects(has bool) api.SideEffects {
	if has {
		return api.SideEffectsTrue
	}
	return api.SideEffectsFalse
}

// What other bundlers make of files that are no code.
const (
	compiled = `\.(vue|svelte|astro|mdx)$`
	files    = `\.(svg|png|jpe?g|gif|webp|avif|ico|bmp|woff2?|ttf|otf|eot|mp3|mp4|webm|ogg|wav|pdf)$`
	modules  = `\.module\.(css|scss|sass|less|styl)$`
	queries  = `\?(url|raw|inline)$`
	workers  = `(\?(shared)?worker|\.wasm(\?.*)?)$`
)

var assets = api.Plugin{Name: "assets", Setup: func(b api.PluginBuild) {
	js := func(filter, namespace string, make func(path string) (string, error)) {
		b.OnLoad(api.OnLoadOptions{Filter: filter, Namespace: namespace}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
			text, err := make(a.Path)
			return api.OnLoadResult{Contents: &text, Loader: api.LoaderJS, ResolveDir: filepath.Dir(a.Path)}, err
		})
	}
	name := func(path string) (string, error) { return exported(filepath.Base(path)), nil }
	js(files, "file", name)
	js(modules, "file", func(string) (string, error) {
		return `module.exports = new Proxy({}, { get: (_, name) => typeof name === "string" && name !== "__esModule" && name !== "default" ? name : undefined })`, nil
	})
	// A name with a query is resolved without it.
	b.OnResolve(api.OnResolveOptions{Filter: queries}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
		path, query, _ := strings.Cut(a.Path, "?")
		r := b.Resolve(path, api.ResolveOptions{ResolveDir: a.ResolveDir, Importer: a.Importer, Kind: a.Kind})
		if len(r.Errors) > 0 {
			return api.OnResolveResult{Errors: r.Errors}, nil
		}
		return api.OnResolveResult{Path: r.Path, Suffix: "?" + query, Namespace: query}, nil
	})
	js(".*", "url", name)
	js(".*", "inline", name)
	js(".*", "raw", func(path string) (string, error) {
		text, err := os.ReadFile(path)
		return exported(string(text)), err
	})
	refuse := func(filter, text string) {
		b.OnResolve(api.OnResolveOptions{Filter: filter}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
			return api.OnResolveResult{Errors: []api.Message{{Text: strings.ReplaceAll(text, "FILE", a.Path)}}}, nil
		})
	}
	refuse(compiled, "FILE needs its own compiler: build it (vite build --lib) and pass the result")
	refuse(workers, "imports FILE, and there are no workers and no WebAssembly here. Put it behind a function that the file replaces")
}}

// exported is a module that is a text.
func exported(text string) string {
	literal, _ := json.Marshal(text)
	return "module.exports = " + string(literal)
}
