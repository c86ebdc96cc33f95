package scenarios

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"photofinish/scenarios/strict"
)

// fine is a file without a mistake, to add one to.
const fine = "name: a\nsteps:\n  - {at: 0, do: create}\n"

func step1(keys string) string { return "name: a\nsteps:\n  - {" + keys + "}\n" }

func steps(list string) string { return "name: a\nsteps: [" + list + "]\n" }

func network1(keys string) string { return fine + "network: {" + keys + "}\n" }

func expect1(line string) string { return fine + "expect:\n  " + line + "\n" }

// manyFields returns a file with n fields.
func manyFields(n int) string {
	text := fine + "given:\n"
	for i := range n {
		text += fmt.Sprintf("  f%d: 1\n", i+1)
	}
	return text
}

var mistakes = []struct{ name, text, want string }{
	{"nothing", ``, `f.yaml: is empty: a scenario has at least a name and steps`},
	{"only a comment", "# nothing\n", `f.yaml: is empty: a scenario has at least a name and steps`},
	{"a list", "- a\n", `f.yaml:1:1: a scenario must be a mapping, not a list`},
	{"a word", "scenario\n", `f.yaml:1:1: a scenario must be a mapping, not "scenario"`},
	{"client of your own elsewhere", fine + "clients: {ours: ../save.tsx}\n", `f.yaml:4:17: "../save.tsx" is no file in the folder of this one or below it, as ./save.tsx, without blanks: nothing else is started because a file names it`},
	{"client of your own is a command", fine + "clients: {ours: node save.js}\n", `f.yaml:4:17: "node save.js" is no file in the folder of this one or below it, as ./save.tsx, without blanks: nothing else is started because a file names it`},
	{"client of your own in a hidden folder", fine + "clients: {ours: .git/save.js}\n", `f.yaml:4:17: ".git/save.js" is no file in the folder of this one or below it, as ./save.tsx, without blanks: nothing else is started because a file names it`},
	{"client of your own at the root", fine + "clients: {ours: /save.js}\n", `f.yaml:4:17: "/save.js" is no file in the folder of this one or below it, as ./save.tsx, without blanks: nothing else is started because a file names it`},
	{"client of your own with a strange name", fine + "clients: {our own: save.js}\n", `f.yaml:4:11: "our own" cannot be the name of a client: a letter, then at most 39 letters, digits or . _ -`},
	{"client of your own with the name of a strategy", fine + "clients: {naive: save.js}\n", `f.yaml:4:11: "naive" is a strategy of the catalogue: give your client another name`},
	{"expects of a client that is not named", fine + "clients: {ours: save.js}\nexpect: {mine: {verdict: ok}}\n", `f.yaml:5:10: unknown strategy "mine": photofinish list strategies shows what there is`},
	{"two documents", fine + "---\nname: b\n", `f.yaml:4:1: a second document begins here: a file holds one scenario`},
	{"no name", "title: x\nsteps: [{at: 0, do: create}]\n", `f.yaml:1:1: a scenario needs the key "name"`},
	{"no steps", "name: a\n", `f.yaml:1:1: a scenario needs the key "steps"`},
	{"empty name", "name: \" \"\nsteps: [{at: 0, do: create}]\n", `f.yaml:1:7: name is empty`},
	{"long name", "name: " + strings.Repeat("a", 101) + "\nsteps: [{at: 0, do: create}]\n", `f.yaml:1:7: name is longer than 100 characters`},
	{"name is a number", "name: 12\nsteps: [{at: 0, do: create}]\n", `f.yaml:1:7: name must be a string in quotes, not 12`},
	{"name is a list", "name: [a]\nsteps: [{at: 0, do: create}]\n", `f.yaml:1:7: name must be a string, not a list`},
	{"name is missing its value", "name:\nsteps: [{at: 0, do: create}]\n", `f.yaml:1:6: name must be a string, not null`},
	{"unknown key", "name: a\nstpes: []\n", `f.yaml:2:1: unknown key "stpes" (did you mean "steps"?)`},
	{"unknown key, nothing near", "name: a\nsomething: []\n", `f.yaml:2:1: unknown key "something": it is one of ` + strings.Join(scenarioKeys.names(), ", ")},
	{"key twice", fine + "name: b\n", `f.yaml:4:1: key "name" is here twice`},
	{"key is a number", fine + "1: b\n", `f.yaml:4:1: a key must be a string in quotes, not 1`},
	{"escape sequence in the name", "name: \"a\\e[31m\"\nsteps: [{at: 0, do: create}]\n", `f.yaml:1:7: name has a control character in it: "a\x1b[31m"`},
	{"line break in the title", fine + "title: \"a\\nb\"\n", `f.yaml:4:8: title has a control character in it: "a\nb"`},
	{"C1 in the source", fine + "source: \"a\\x9b31m\"\n", `f.yaml:4:9: source has a control character in it: "a\u009b31m"`},
	{"writing turned round in the title", fine + "title: \"a\\u202eb\"\n", `f.yaml:4:8: title has a control character in it: "a\u202eb"`},
	{"bell in the text", fine + "about: \"a\\ab\"\n", `f.yaml:4:8: about has a control character in it: "a\ab"`},
	{"raw control character", "name: a\ntitle: b\x1b[31mc\n", `f.yaml:2:9: control character '\x1b': in double quotes it can be written as an escape`},
	{"not UTF-8", "name: a\ntitle: é\xff\n", `f.yaml:2:9: not valid UTF-8`},
	{"UTF-16", "\xff\xfen\x00", `f.yaml: is in UTF-16, as an older PowerShell writes it for >: save it in UTF-8`},
	{"steps is a mapping", "name: a\nsteps: {at: 0}\n", `f.yaml:2:8: steps must be a list, not a mapping`},
	{"no step", "name: a\nsteps: []\n", `f.yaml:2:8: a scenario needs at least one step`},
	{"step is a word", "name: a\nsteps: [create]\n", `f.yaml:2:9: a step must be a mapping, not "create"`},
	{"too many steps", "name: a\nsteps:\n" + strings.Repeat("  - {at: 0, do: create}\n", 65), `f.yaml:67:5: more than 64 steps`},
	{"steps out of order", "name: a\nsteps:\n  - {at: 40ms, do: create}\n  - {at: 30ms, do: fetch}\n", `f.yaml:4:10: steps stand in order of time, and 30ms comes after 40ms`},
	{"no at", step1(`do: create`), `f.yaml:3:5: a step needs the key "at"`},
	{"no do", step1(`at: 0`), `f.yaml:3:5: a step needs the key "do"`},
	{"unknown action", step1(`at: 0, do: crate`), `f.yaml:3:17: unknown action "crate" (did you mean "create"?)`},
	{"unknown action, nothing near", step1(`at: 0, do: purchase`), `f.yaml:3:17: unknown action "purchase": it is one of create, update, delete, set-permissions, fetch, close, open, list`},
	{"unknown key in a step", step1(`at: 0, do: create, sets: {}`), `f.yaml:3:25: unknown key "sets" (did you mean "set"?)`},
	{"no unit", step1(`at: 40, do: create`), `f.yaml:3:10: at must be a duration with its unit, such as 40ms or 1.5s, not 40`},
	{"unknown unit", step1(`at: 40 m s, do: create`), `f.yaml:3:10: at must be a duration with its unit, such as 40ms or 1.5s, not "40 m s"`},
	{"negative", step1(`at: -1ms, do: create`), `f.yaml:3:10: at must be at least 0, not "-1ms"`},
	{"too long", step1(`at: 0, do: create, up: 25h`), `f.yaml:3:29: up must be at most 24h, not "25h"`},
	{"duration is a list", step1(`at: [], do: create`), `f.yaml:3:10: at must be a duration with its unit, such as 40ms or 1.5s, not a list`},
	{"status too small", step1(`at: 0, do: create, status: 200`), `f.yaml:3:33: status must be a whole number from 400 to 599, not 200`},
	{"status with a fraction", step1(`at: 0, do: create, status: 500.5`), `f.yaml:3:33: status must be a whole number from 400 to 599, not 500.5`},
	{"status is a word", step1(`at: 0, do: create, status: teapot`), `f.yaml:3:33: status must be a whole number from 400 to 599, not "teapot"`},
	{"unknown leg", step1(`at: 0, do: create, lose: upp`), `f.yaml:3:31: unknown leg "upp" (did you mean "up"?)`},
	{"set on a delete", step1(`at: 0, do: delete, set: {name: a}`), `f.yaml:3:25: delete takes no "set": only create and update do`},
	{"set on set-permissions", step1(`at: 0, do: set-permissions, set: {name: a}, to: b`), `f.yaml:3:34: set-permissions takes no "set": only create and update do`},
	{"to on an update", step1(`at: 0, do: update, set: {name: a}, to: b`), `f.yaml:3:41: update takes no "to": only set-permissions does`},
	{"parent of their own", step1(`at: 0, do: create, person: 2, parent: 2`), `f.yaml:3:5: person 2 cannot need a record of their own: give "parent" another person`},
	{"parent of an update", step1(`at: 0, do: update, person: 2, parent: 1, set: {a: 1}`), `f.yaml:3:36: update takes no "parent": only create does`},
	{"field called parent beside a parent", step1(`at: 0, do: create, person: 2, parent: 1, set: {parent: 1}`), `f.yaml:2:1: parent cannot be the name of a field where a step has a parent: it has a meaning of its own there`},
	{"half of something added", step1(`at: 0, do: update, add: {n: 0.5}`), `f.yaml:3:34: "n" must be a whole number from -1000000000 to 1000000000, not 0.5`},
	{"too much added", step1(`at: 0, do: update, add: {n: 1000000001}`), `f.yaml:3:34: "n" must be a whole number from -1000000000 to 1000000000, not 1000000001`},
	{"a word added", step1(`at: 0, do: update, add: {n: one}`), `f.yaml:3:34: "n" must be a whole number from -1000000000 to 1000000000, not "one"`},
	{"added by a create", step1(`at: 0, do: create, add: {n: 1}`), `f.yaml:3:25: create takes no "add": only update does`},
	{"set and added at once", step1(`at: 0, do: update, set: {n: 1}, add: {n: 1}`), `f.yaml:3:44: the step writes "n" already: a field once a step`},
	{"added and appended", steps(`{at: 0, do: update, add: {n: 1}}, {at: 0, do: update, append: {n: 1}}`), `f.yaml:2:72: a step before says "add" of "n", and this one "append": a field has numbers or lists`},
	{"added to a word that is given", "name: a\ngiven: {n: one}\nsteps: [{at: 0, do: update, add: {n: 1}}]\n", `f.yaml:3:35: to add to "n" it must be a whole number everywhere, from -1000000000 to 1000000000, and it is given as "one"`},
	{"added to half of something", "name: a\ngiven: {n: 0.5}\nsteps: [{at: 0, do: update, add: {n: 1}}]\n", `f.yaml:3:35: to add to "n" it must be a whole number everywhere, from -1000000000 to 1000000000, and it is given as "0.5"`},
	{"added to a word that is set", steps(`{at: 0, do: create, set: {n: one}}, {at: 0, do: update, add: {n: 1}}`), `f.yaml:2:71: to add to "n" it must be a whole number everywhere, from -1000000000 to 1000000000, and c1 sets it to "one"`},
	{"nothing added", step1(`at: 0, do: update, add: {}`), `f.yaml:3:5: an update needs a "set", an "add" or an "append" with at least one field`},
	{"update of nothing", step1(`at: 0, do: update`), `f.yaml:3:5: an update needs a "set", an "add" or an "append" with at least one field`},
	{"update of no field", step1(`at: 0, do: update, set: {}`), `f.yaml:3:5: an update needs a "set", an "add" or an "append" with at least one field`},
	{"no to", step1(`at: 0, do: set-permissions`), `f.yaml:3:5: set-permissions needs the key "to", as to: read-only`},
	{"to is a boolean", step1(`at: 0, do: set-permissions, to: true`), `f.yaml:3:38: to must be a string in quotes, not true`},
	{"value is null", step1(`at: 0, do: create, set: {name: }`), `f.yaml:3:36: "name" must be a string, a decimal number or a boolean, not null`},
	{"value is a list", step1(`at: 0, do: create, set: {name: [a]}`), `f.yaml:3:37: "name" must be a string, a decimal number or a boolean, not a list`},
	{"value is a mapping", step1(`at: 0, do: create, set: {name: {a: b}}`), `f.yaml:3:37: "name" must be a string, a decimal number or a boolean, not a mapping`},
	{"value is in hexadecimal", step1(`at: 0, do: create, set: {age: 0x1f}`), `f.yaml:3:36: "age" must be a string, a decimal number or a boolean, not 0x1f`},
	{"value is not a number", step1(`at: 0, do: create, set: {age: .nan}`), `f.yaml:3:36: "age" must be a string, a decimal number or a boolean, not .nan`},
	{"value is too large a number", step1(`at: 0, do: create, set: {age: 1e999}`), `f.yaml:3:36: "age" must be a string, a decimal number or a boolean, not "1e999"`},
	{"field called id", step1(`at: 0, do: create, set: {id: 1}`), `f.yaml:3:31: id cannot be the name of a field: it has a meaning of its own`},
	{"field called permissions", fine + "given: {permissions: read-only}\n", `f.yaml:4:9: permissions cannot be the name of a field: it has a meaning of its own`},
	{"field without a name", step1(`at: 0, do: create, set: {"": 1}`), `f.yaml:3:31: the name of a field is empty`},
	{"field with an escape sequence", step1(`at: 0, do: create, set: {"\e[2J": 1}`), `f.yaml:3:31: the name of a field has a control character in it: "\x1b[2J"`},
	{"field twice", step1(`at: 0, do: create, set: {name: a, name: b}`), `f.yaml:3:40: key "name" is here twice`},
	{"too many fields", manyFields(17), `f.yaml:21:3: more than 16 different fields`},
	{"given is an empty list", fine + "given: []\n", `f.yaml:4:8: nobody is given: leave it out, or say {} of whom nothing is known`},
	{"given are five", fine + "given: [{}, {}, {}, {}, {}]\n", `f.yaml:4:25: more than 4 persons`},
	{"given is a list of words", fine + "given: [{}, Ada]\n", `f.yaml:4:13: person 2 must be a mapping, not "Ada"`},
	{"given is a word", fine + "given: Ada\n", `f.yaml:4:8: given must be a mapping, not "Ada"`},
	{"unknown network", fine + "network: 4gg\n", `f.yaml:4:10: unknown network "4gg" (did you mean "4g"?)`},
	{"unknown network, nothing near", fine + "network: carrier pigeon\n", `f.yaml:4:10: unknown network "carrier pigeon": it is one of lan, cable, 4g, 3g, flaky, satellite`},
	{"network is a list", fine + "network: [4g]\n", `f.yaml:4:10: network must be a string, not a list`},
	{"unknown part of a network", network1(`uplnk: {constant: 1ms}`), `f.yaml:4:11: unknown key "uplnk" (did you mean "uplink"?)`},
	{"latency is a duration", network1(`uplink: 50ms`), `f.yaml:4:19: uplink must be one distribution, such as {constant: 50ms}, not "50ms"`},
	{"two distributions", network1(`uplink: {constant: 1ms, exponential: 1ms}`), `f.yaml:4:19: uplink must be one distribution, such as {constant: 50ms}`},
	{"unknown distribution", network1(`uplink: {lognorml: {median: 1ms, p99: 2ms}}`), `f.yaml:4:20: unknown distribution "lognorml" (did you mean "lognormal"?)`},
	{"parameter missing", network1(`uplink: {lognormal: {median: 1ms}}`), `f.yaml:4:31: lognormal needs the key "p99"`},
	{"unknown parameter", network1(`uplink: {uniform: {from: 1ms, too: 2ms}}`), `f.yaml:4:41: unknown key "too" (did you mean "to"?)`},
	{"parameters out of order", network1(`uplink: {uniform: {from: 20ms, to: 10ms}}`), `f.yaml:4:29: to is 10ms, less than from, which is 20ms: they must ascend`},
	{"median of zero", network1(`uplink: {lognormal: {median: 0, p99: 2ms}}`), `f.yaml:4:31: a lognormal latency must be above 0`},
	{"alpha is a word", network1(`uplink: {pareto: {min: 1ms, alpha: big}}`), `f.yaml:4:46: alpha must be a number above 0, not "big"`},
	{"alpha too large", network1(`uplink: {pareto: {min: 1ms, alpha: 1001}}`), `f.yaml:4:28: alpha must be above 0 and at most 1000`},
	{"no connections", network1(`connections: 0`), `f.yaml:4:24: connections must be a whole number from 1 to 1000, not 0`},
	{"nothing said of reads", network1(`read: {}`), `f.yaml:4:17: nothing is said of read: say uplink, downlink, processing`},
	{"reads by both names", network1(`read: {uplink: {constant: 1ms}}, reads: {uplink: {constant: 1ms}}`), `f.yaml:4:44: "reads" is what "read" was called before: say one of them`},
	{"timeout of zero", network1(`timeout: 0s`), `f.yaml:4:20: timeout must be above 0: leave it out to wait for ever`},
	{"person of a close", step1(`at: 0, do: close, person: 1`), `f.yaml:3:24: close takes no "person": leave it out`},
	{"pin of a close", step1(`at: 0, do: close, up: 1ms`), `f.yaml:3:24: close takes no "up": leave it out`},
	{"person of a list", step1(`at: 0, do: list, person: 1`), `f.yaml:3:23: list takes no "person": leave it out`},
	{"step of a closed client", steps(`{at: 0, do: close}, {at: 1s, do: update, set: {name: a}}`), `f.yaml:2:29: client 1 is closed: open it first`},
	{"opened twice", steps(`{at: 0, do: open}`), `f.yaml:2:9: client 1 is open already: close it first`},
	{"closed twice", steps(`{at: 0, do: close}, {at: 1s, do: close}`), `f.yaml:2:29: client 1 is closed already: leave this step out, or open it before`},
	{"no spans", fine + "offline: []\n", `f.yaml:4:10: nobody is offline: leave it out`},
	{"span without a beginning", fine + "offline: [{to: 1s}]\n", `f.yaml:4:11: a span needs the key "from"`},
	{"span turned round", fine + "offline: [{from: 2s, to: 1s}]\n", `f.yaml:4:11: client 1 goes offline at 2s and is back at 1s: give "to" a later time`},
	{"spans out of order", fine + "offline: [{from: 2s, to: 3s}, {from: 1s}]\n", `f.yaml:4:31: the spans of client 1 stand in order and apart, and the one before ends at 3s`},
	{"span behind the last", fine + "offline: [{from: 2s}, {from: 3s}]\n", `f.yaml:4:23: client 1 is never back from the span before: give that one a "to"`},
	{"span of nobody", fine + "offline: [{client: 2, from: 2s}]\n", `f.yaml:4:1: client 2 is offline and does nothing: no step has client: 2`},
	{"push to nobody", fine + "network: {push: true}\n", `f.yaml:4:1: there is nobody to push news to: push needs a step with client: 2`},
	{"reread at will", network1(`reread: always`), `f.yaml:4:19: reread must be after-save, not "always"`},
	{"reread is a flag", network1(`reread: true`), `f.yaml:4:19: reread must be after-save, not true`},
	{"poll below nothing", network1(`poll: -5s`), `f.yaml:4:17: poll must be above 0, not "-5s"`},
	{"lag is a duration", network1(`lag: 30s`), `f.yaml:4:16: lag must be one distribution, such as {constant: 50ms}, not "30s"`},
	{"save is a duration", network1(`save: 3s`), `f.yaml:4:17: save must be a mapping, such as {processing: {constant: 3s}}, not "3s"`},
	{"one span without its list", fine + "offline: {client: 1, from: 2s}\n", `f.yaml:4:10: offline must be a list of spans, such as [{client: 1, from: 2s, to: 40s}], not a mapping`},
	{"near to a key that is there, and to one that is not", step1(`at: 0, do: update, ad: {count: 1}`), `f.yaml:3:25: unknown key "ad" (did you mean "add"?)`},
	{"saved on a fetch", step1(`at: 0, do: fetch, saved: {name: a}`), `f.yaml:3:24: fetch takes no "saved": only create and update do`},
	{"no workers", network1(`workers: 0`), `f.yaml:4:20: workers must be a whole number from 1 to 1000, not 0`},
	{"no time at the server", step1(`at: 0, do: create, processing: 0`), `f.yaml:3:37: processing must be above 0: leave it out to leave it to chance`},
	{"fifo is a word", network1(`fifo: maybe`), `f.yaml:4:17: fifo must be true or false, not "maybe"`},
	{"share above 1", network1(`loss: 2`), `f.yaml:4:17: loss must be a share from 0 to 1, such as 2% or 0.02, not 2`},
	{"share without a sign", network1(`loss: "2"`), `f.yaml:4:17: loss must be a share from 0 to 1, such as 2% or 0.02, not "2"`},
	{"share above 100 %", network1(`errors: 101%`), `f.yaml:4:19: errors must be a share from 0 to 1, such as 2% or 0.02, not "101%"`},
	{"unknown strategy", expect1(`naiv: {verdict: ok}`), `f.yaml:5:3: unknown strategy "naiv" (did you mean "naive"?)`},
	{"unknown layer", expect1(`action-queue+hlod: {verdict: ok}`), `f.yaml:5:3: unknown strategy "action-queue+hlod" (did you mean "action-queue+hold"?)`},
	{"layer too many", expect1(`hold-outgoing+hold: {verdict: ok}`), `f.yaml:5:3: unknown strategy "hold-outgoing+hold": photofinish list strategies shows what there is`},
	{"unknown strategy, nothing near", expect1(`prayer: {verdict: ok}`), `f.yaml:5:3: unknown strategy "prayer": photofinish list strategies shows what there is`},
	{"unknown verdict", expect1(`naive: {verdict: fine}`), `f.yaml:5:20: unknown verdict "fine": it is one of ok, loud, unknown, stuck, wrong`},
	{"unknown anomaly", expect1(`naive: {anomalies: [unsend-write]}`), `f.yaml:5:23: unknown anomaly "unsend-write" (did you mean "unsent-write"?)`},
	{"anomalies is a word", expect1(`naive: {anomalies: unsent-write}`), `f.yaml:5:22: anomalies must be a list, not "unsent-write"`},
	{"unknown expectation", expect1(`naive: {odd: {below: 1%}}`), `f.yaml:5:11: unknown key "odd" (did you mean "odds"?)`},
	{"nothing expected", expect1(`naive: {}`), `f.yaml:5:10: nothing is expected: say verdict, anomalies, odds, orders`},
	{"odds without a bound", expect1(`naive: {odds: {}}`), `f.yaml:5:17: odds needs the key "below"`},
	{"odds below nothing", expect1(`naive: {odds: {below: 0%}}`), `f.yaml:5:25: below must be above 0: no odds are below nothing`},
	{"unknown claim about orders", expect1(`naive: {orders: raceful}`), `f.yaml:5:19: unknown claim about orders "raceful": it is one of race-free, racy`},
	{"anchor", fine + "title: &a b\n", `f.yaml:4:8: anchors, aliases and merge keys (&, *, <<) are not allowed: write it out`},
	{"alias", fine + "title: *a\n", `f.yaml:4:8: anchors, aliases and merge keys (&, *, <<) are not allowed: write it out`},
	{"merge key", fine + "<<: {title: a}\n", `f.yaml:4:1: anchors, aliases and merge keys (&, *, <<) are not allowed: write it out`},
	{"tag", fine + "title: !!str a\n", `f.yaml:4:8: tags (!) are not allowed: quote what begins with an exclamation mark`},
	{"directive", "%YAML 1.2\n---\nname: a\nsteps:\n  - {at: 0, do: create}\n", `f.yaml:1:1: directives (%) are not allowed: quote what begins with a per cent sign`},
	{"complex key", "? name\n: a\n", `f.yaml:1:1: keys that begin with a question mark are not allowed: write key: value`},
	{"list in a list", "name: a\nsteps:\n  - - {at: 0}\n", `f.yaml:3:5: a list directly in a list: a scenario has none`},
	{"not YAML", "name: a\nsteps: [{at: 0, do: create}\n", `f.yaml:2:8: not valid YAML: sequence end token ']' not found`},
	{"tab", "name: a\nsteps:\n\t- {at: 0}\n", `f.yaml:3:1: not valid YAML: found character '\t' that cannot start any token`},
	{"quote left open", "name: \"a\nsteps: []\n", `f.yaml:1:7: not valid YAML: could not find end character of double-quoted text`},
	{"bad escape", "name: \"\\q\"\n", `f.yaml:1:9: not valid YAML: found unknown escape character 'q'`},
	{"too many tokens", fine + "title: [" + strings.Repeat("a,", 7501), `f.yaml:4:14991: too large or too deeply nested to be a scenario`},
	{"too deep", fine + "title: " + strings.Repeat("[", 21), `f.yaml:4:28: too large or too deeply nested to be a scenario`},
	{"too many blank lines", fine + strings.Repeat("\n", 101) + "title: a\n", `f.yaml:104:1: more than 100 blank lines in a row`},
	{"too large", fine + strings.Repeat("#", MaxSize), `f.yaml: is larger than 1 MiB, the most that a scenario file may have`},
}

func TestMistakes(t *testing.T) {
	for _, test := range mistakes {
		t.Run(test.name, func(t *testing.T) {
			_, err := Parse("f.yaml", []byte(test.text))
			if err == nil || err.Error() != test.want {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
		})
	}
}

func TestMistakeHasItsPlace(t *testing.T) {
	_, err := Parse("create.yaml", []byte("name: a\nsteps:\n  - at: 0\n    do: crate\n"))
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("%v is no *Error", err)
	}
	if want := (Error{File: "create.yaml", Line: 4, Column: 9, Message: `unknown action "crate" (did you mean "create"?)`}); *e != want {
		t.Errorf("got %+v, want %+v", *e, want)
	}
}

func TestMessagesArePrintable(t *testing.T) {
	long := strings.Repeat("x", 5000)
	for _, test := range []struct{ name, file, text string }{
		{"escape sequence in a word", "f.yaml", step1(`at: 0, do: "\e[31mred"`)},
		{"line break in a word", "f.yaml", step1(`at: 0, do: "a\nb"`)},
		{"line break in a key", "f.yaml", fine + `"a\nb": c`},
		{"line break in a strategy", "f.yaml", expect1(`"a\nb": {}`)},
		{"line break after a plus", "f.yaml", expect1(`"a+\n\e": {}`)},
		{"endless word", "f.yaml", step1(`at: 0, do: ` + long)},
		{"endless key", "f.yaml", fine + long + `: c`},
		{"endless layer", "f.yaml", expect1(`a+` + long + `: {}`)},
		{"endless number", "f.yaml", step1(`at: 0, do: create, status: ` + strings.Repeat("1", 5000))},
		{"endless block", "f.yaml", fine + "given: |\n  a\n  b\x7f\n"},
		{"line break in the file's name", "f\n\x1b[2J.yaml", ``},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Parse(test.file, []byte(test.text))
			if err == nil {
				t.Fatal("no error")
			}
			checkMessage(t, err)
		})
	}
}

// checkMessage checks that an error is a short printable line.
func checkMessage(t *testing.T, err error) {
	t.Helper()
	if s := err.Error(); strict.Printable(s) != s {
		t.Errorf("message is not printable: %q", s)
	} else if len([]rune(s)) > 400 {
		t.Errorf("message is %d characters long: %s", len([]rune(s)), s)
	}
}

func TestSuggest(t *testing.T) {
	among := []string{"create", "update", "delete", "set-permissions", "fetch", "up", "at"}
	for _, test := range []struct{ word, want string }{
		{"crate", "create"},
		{"Create", "create"},
		{"craete", "create"},
		{"udpate", "update"},
		{"deelte", "delete"},
		{"setpermissions", "set-permissions"},
		{"fetsh", "fetch"},
		{"pu", "up"},
		{"u", ""},
		{"", ""},
		{"remove", ""},
		{strings.Repeat("create", 100), ""},
	} {
		if got := Suggest(test.word, among); got != test.want {
			t.Errorf("Suggest(%q) = %q, want %q", test.word, got, test.want)
		}
	}
}
