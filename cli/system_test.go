package cli

import (
	"errors"
	"os"
	"testing"
)

// Who reads no more, as head and Select-Object do, is told from who cannot be
// written to.
func TestIsClosed(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	r.Close()
	if _, err := w.WriteString("x"); !isClosed(err) {
		t.Error(err)
	}
	if isClosed(nil) || isClosed(errors.New("full")) {
		t.Error("whatever is wrong, nobody reads")
	}
}
