package html

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/json"
	"html/template"
)

// pack puts what is in the stories of cells, "" where nothing is known, into a list
// in JSON, compressed, as a block of data that the page's script unpacks. The stories
// have gone through the template as those in the page have, which escapes their texts.
func pack(cells []cellPart) (template.HTML, error) {
	stories := make([]string, len(cells))
	for j, c := range cells {
		if c.Witness == nil {
			continue
		}
		var b bytes.Buffer
		if err := page().ExecuteTemplate(&b, "evidence", c); err != nil {
			return "", err
		}
		stories[j] = b.String()
		c.Witness.Strip, c.Witness.Column = "", "" // they are in the pack
	}
	var b bytes.Buffer
	z, err := zlib.NewWriterLevel(&b, zlib.BestCompression)
	if err != nil {
		return "", err
	}
	list := json.NewEncoder(z)
	list.SetEscapeHTML(false)
	if err := list.Encode(stories); err != nil {
		return "", err
	}
	if err := z.Close(); err != nil {
		return "", err
	}
	return template.HTML(base64.StdEncoding.EncodeToString(b.Bytes())), nil
}
