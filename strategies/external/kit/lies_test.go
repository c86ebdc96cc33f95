package kit

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"photofinish/internal/testkit"
)

// changed starts a client with another kit: texts that stand there once are replaced,
// each by the one after it.
func changed(t *testing.T, client string, texts ...string) *session {
	t.Helper()
	p := prepared(t, client)
	files := embedded("js")
	for pair := range slices.Chunk(texts, 2) {
		found := 0
		for name, text := range files {
			found += bytes.Count(text, []byte(pair[0]))
			files[name] = bytes.Replace(text, []byte(pair[0]), []byte(pair[1]), 1)
		}
		if found != 1 {
			t.Fatalf("the kit has %d times %q", found, pair[0])
		}
	}
	files, err := assemble(files)
	if err != nil {
		t.Fatal(err)
	}
	kit, err := openCache(t.TempDir()).folder("kit", files)
	if err != nil {
		t.Fatal(err)
	}
	p.Argv[len(p.Argv)-3] = filepath.Join(kit, "lane.cjs")
	return run(t, p)
}

// A kit that lies is found out by a trial that TestWorld runs: each of these would
// make a verdict false without anybody seeing it.
func TestLies(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	for _, c := range testkit.Part([]struct{ name, old, text, world string }{
		{"microtasks are not drained after a task", "    yield;\n    const task = soon.shift();", "    if (ran === 0) yield;\n    const task = soon.shift();", "immediate tasks come"},
		{"the screen is read before rest", "    yield* rest();\n    return look", "    yield;\n    return look", "immediate tasks come"},
		{"immediate tasks take no time", "    trial.now = Math.max(trial.now, task.due);", "", "immediate tasks take their time"},
		{"a longer timer fires at once", "const INSTANT = 16;", "const INSTANT = 20;", "a longer timer"},
		{"a timer that is cleared is told", "    else trial.out.splice(trial.out.indexOf(this.event), 1);", "", "a longer timer"},
		{"modules are kept", "  const module = { exports: {} };\n", "  if (file.make) return;\n  const module = { exports: {} };\n", "nothing is left"},
		{"globals are kept", "  yield; // what it still had to do\n  kept.restore();\n", "  yield;\n", "nothing is left"},
		{"storage is kept", "  window.reset();\n", "", "nothing is left"},
		{"chance of its own", "  use('random');\n", "", "chance is"},
		{"a clock that nobody hears of", "use('clock'); ", "", "every clock"},
		{"a request without its click", "context.getStore() ?? 0", "0", "a request by every door"},
		{"a request that is given up is not told", "  emit({ abort: n });\n", "", "what is given up"},
	}, 4) {
		t.Run(c.name, func(t *testing.T) {
			w := world[slices.IndexFunc(world, func(w probe) bool { return strings.HasPrefix(w.name, c.world) })]
			s := changed(t, probing(), c.old, c.text)
			for range 3 {
				if s.unlike(w) != "" {
					return
				}
			}
			t.Error("nothing is wrong with it")
		})
	}
	t.Run("an answer to what was given up", func(t *testing.T) {
		s := changed(t, givesUp, "  if (!away.delete(n)) return false;", "  if (!away.has(n)) return false;")
		if s.givenUp() == "abort" {
			t.Error("nothing is wrong with it")
		}
	})
}

// givesUp is a client that gives its request up after 100 ms.
const givesUp = `
export default () => {
  const said = [];
  return {
    update() {
      const x = new XMLHttpRequest();
      x.onload = () => said.push('load');
      x.onabort = () => said.push('abort');
      x.open('GET', '/people/1');
      x.send();
      setTimeout(() => x.abort(), 100);
    },
    screen: () => ({ name: said.join() }),
  };
};`

// givenUp returns what it shows after an answer that comes too late.
func (s *session) givenUp() any {
	s.t.Helper()
	s.start()
	s.update(0, 1, "")
	s.say(`{"t":100,"wake":1}`)
	return s.say(`{"t":200,"answer":{"n":1,"status":200,"json":{}}}`).Screen["name"]
}

func TestGivenUp(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	if is := open(t, givesUp).givenUp(); is != "abort" {
		t.Errorf("it shows %v", is)
	}
}

// Where Node has no _tickCallback, which is not documented, the event loop drains
// as well, and everything is the same.
func TestWithoutTickCallback(t *testing.T) {
	testkit.Long(t, "other clients are run all the same")
	p := prepared(t, probing())
	lane := &p.Argv[len(p.Argv)-3]
	without := "process._tickCallback = undefined;\nimport('file://" + filepath.ToSlash(*lane) + "');"
	*lane = filepath.Join(write(t, map[string]string{"without.mjs": without}), "without.mjs")
	run(t, p).holds(t, 2)
}
