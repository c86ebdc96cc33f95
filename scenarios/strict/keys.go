package strict

import (
	"encoding/json"
	"strings"
)

// TopKeys returns the keys at the top of a file, at a glance: of JSON, and of YAML
// whose keys stand at the beginning of a line. It fails for anything else: a list, a
// text, or a mapping in braces that is not JSON.
func TopKeys(data []byte) (keys []string, ok bool) {
	text := strings.TrimPrefix(string(data), "\ufeff")
	if strings.HasPrefix(strings.TrimSpace(text), "{") {
		return jsonKeys(json.NewDecoder(strings.NewReader(text)))
	}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		key, rest, is := strings.Cut(line, ":")
		switch {
		case strings.HasPrefix(line, "- "):
			return nil, false
		case line == "" || strings.ContainsAny(line[:1], " \t#%-.]}"):
		case is && (rest == "" || rest[0] == ' '):
			keys = append(keys, strings.Trim(strings.TrimSpace(key), `"'`))
		}
	}
	return keys, len(keys) > 0
}

// jsonKeys returns the keys of an object in their order.
func jsonKeys(d *json.Decoder) (keys []string, ok bool) {
	_, err := d.Token() // the brace
	for err == nil && d.More() {
		var key json.Token
		var value json.RawMessage
		if key, err = d.Token(); err == nil {
			err = d.Decode(&value)
		}
		name, _ := key.(string)
		keys = append(keys, name)
	}
	return keys, err == nil
}

// TopLine returns the value of a key at the top of a file that a test has checked: a text
// that begins on the key's line and ends there. The rest of the file is not parsed.
func TopLine(data []byte, key string) string {
	for line := range strings.Lines(string(data)) {
		if value, is := strings.CutPrefix(line, key+": "); is {
			d := &Decoder{}
			if n := d.Parse([]byte(value)); n != nil {
				return d.Line(n, key)
			}
		}
	}
	return ""
}
