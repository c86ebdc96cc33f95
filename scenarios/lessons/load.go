package lessons

import (
	"slices"

	"github.com/goccy/go-yaml/ast"

	"photofinish/scenarios"
	"photofinish/scenarios/strict"
)

// Meant reports whether a file, with or without mistakes, is meant to be a
// lesson and not a scenario: it has a key that only lessons have, or its first
// step is one of theirs.
func Meant(data []byte) bool {
	d := &strict.Decoder{What: "lesson"}
	root := d.Parse(data)
	if _, is := root.(*ast.MappingNode); !is {
		return false
	}
	top := d.Mapping(root, "a file")
	for _, key := range []string{"minutes", "remember"} {
		if _, there := top.Find(key); there {
			return true
		}
	}
	steps, _ := top.Find("steps")
	list, is := steps.Value.(*ast.SequenceNode)
	if !is || len(list.Values) == 0 {
		return false
	}
	step, is := list.Values[0].(*ast.MappingNode)
	return is && slices.ContainsFunc(d.Mapping(step, "a step").Entries, func(e strict.Entry) bool {
		return slices.Contains(kinds, e.Key)
	})
}

// Foreign reports whether a file is meant to be neither a scenario nor a lesson: it has
// no steps, under whatever near word, and a key that neither has. What cannot be told
// at a glance is not foreign.
func Foreign(data []byte) bool {
	keys, ok := strict.TopKeys(data)
	known := slices.Concat(scenarios.Keys(), fileKeys)
	unknown := func(key string) bool { return strict.Suggest(key, known) == "" }
	steps := func(key string) bool { return strict.Suggest(key, []string{"steps"}) != "" }
	return ok && slices.ContainsFunc(keys, unknown) && !slices.ContainsFunc(keys, steps)
}
