package kit

import (
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkTrials runs a trial of two clicks and two answers, which are five
// turns, in one process: of a plain client, and of one with each library.
func BenchmarkTrials(b *testing.B) {
	files, _ := filepath.Glob(libraries + "/*.[jt]s*")
	files = append([]string{filepath.Join(write(b, map[string]string{"plain.js": plain}), "plain.js")}, files...)
	for _, file := range files {
		name := filepath.Base(file)
		if filepath.Ext(name) == ".json" {
			continue
		}
		b.Run(name, func(b *testing.B) {
			if _, err := os.Stat(filepath.Join(libraries, "node_modules")); err != nil && name != "plain.js" {
				b.Skipf("npm ci was not run in %s", libraries)
			}
			s := run(b, prepareFile(b, file))
			turns := 0
			for i := 0; b.Loop(); i++ {
				s.say(`{"t":0,"start":{"seed":%d,"given":{"id":1,"name":"Ada"},"fields":["name"],"client":1,"clock":0,"lines":false}}`, i)
				s.update(40, 1, "B")
				s.update(90, 2, "C")
				s.say(`{"t":200,"answer":{"n":1,"status":200,"do":"update","json":{"id":1,"name":"B"}}}`)
				s.say(`{"t":300,"answer":{"n":2,"status":200,"do":"update","json":{"id":1,"name":"C"}}}`)
				turns += 5
			}
			b.ReportMetric(float64(turns)/b.Elapsed().Seconds(), "turns/s")
		})
	}
}
