package export

import (
	"io"

	"photofinish/report"
)

// WriteDiffJSON writes how two reports compare as one JSON object on a line of its
// own, under the key that it has in a report too.
func WriteDiffJSON(w io.Writer, d report.Compared) error {
	return writeLine(w, object{"version", Version, "diff", d})
}
