package external

import (
	"os"
	"reflect"
	"strings"
	"testing"
)

// TestPageHasKeys: docs/PROTOCOL.md tells of each key that a program may say.
func TestPageHasKeys(t *testing.T) {
	data, err := os.ReadFile("../../docs/PROTOCOL.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(data)
	for _, said := range []any{hello{}, answer{}, deed{}, request{}} {
		of := reflect.TypeOf(said)
		for i := range of.NumField() {
			key := of.Field(i).Tag.Get("json")
			if !strings.Contains(page, `"`+key+`":`) && !strings.Contains(page, "`"+key+"`") {
				t.Errorf("docs/PROTOCOL.md does not tell of %q, which is known in %s", key, of)
			}
		}
	}
}
