package scenarios

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"github.com/goccy/go-yaml"
)

// hashed are the keys of a scenario that its hash is of: what is there at first,
// the clients' clocks, and what the user does.
var hashed = map[string]bool{"given": true, "clients": true, "steps": true}

// Hash returns the SHA-256 of the script without its network, in hexadecimal: of what
// is given, the clocks and the steps, with what these pin. Names, prose, the seed,
// programs of the user's own and what is expected are not in it, and nor is how the
// file is written: it is that of the keys with the values that [Scenario.YAML] writes,
// as JSON without blanks whose keys ascend.
func (s *Scenario) Hash() string {
	var p pairs
	bare := Scenario{Script: s.Script}
	for _, k := range scenarioKeys.keys {
		if hashed[k.name] && k.said(&bare, &scenarioKeys.blank) {
			p.add(k.name, k.write(s.Script, &bare))
		}
	}
	var tree any
	err := yaml.Unmarshal([]byte(strings.Join(p, "\n")), &tree)
	text, failed := json.Marshal(tree)
	if err != nil || failed != nil {
		panic("scenarios: what is written cannot be read") // which every scenario shows it can
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
