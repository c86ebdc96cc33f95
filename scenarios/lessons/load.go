package lessons

import (
	"slices"

	"github.com/goccy/go-yaml/ast"

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
