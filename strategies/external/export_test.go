package external

import (
	"encoding/json"
	"fmt"
	"slices"
)

// Tag lets a client say itself what its requests carry: of a client of the trial,
// by request, in their order. None is what is not said.
func (c *Client) Tag(carries func(client int) [][]int) {
	start := c.pool.start
	c.pool.start = func() (program, error) {
		p, err := start()
		return &tagger{program: p, carries: carries}, err
	}
	for _, one := range c.pool.idle {
		one.program = &tagger{program: one.program, carries: carries}
	}
}

type tagger struct {
	program
	carries func(client int) [][]int
	client  int
}

func (t *tagger) turn(line []byte) ([]byte, error) {
	var asked struct{ Start *struct{ Client int } }
	if json.Unmarshal(line, &asked) == nil && asked.Start != nil {
		t.client = asked.Start.Client
	}
	line, err := t.program.turn(line)
	if err != nil {
		return nil, err
	}
	var said map[string]any
	if err := json.Unmarshal(line, &said); err != nil {
		return nil, err
	}
	deeds, _ := said["out"].([]any)
	for _, d := range deeds {
		if q, is := d.(map[string]any)["request"].(map[string]any); is {
			n, all := int(q["n"].(float64)), t.carries(t.client)
			if n > len(all) {
				return nil, fmt.Errorf("request %d has no tag", n)
			}
			if tag := slices.Clone(all[n-1]); tag != nil {
				q["actions"] = tag
				delete(q, "by") // nothing is inferred
			}
		}
	}
	return json.Marshal(said)
}
