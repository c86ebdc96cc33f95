package strict

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// A hostile file must not cost much more time, memory or stack than reading
// it. To the library, the time for blank lines and keys grows with the square
// of their number. The largest sensible file has some 10,000 tokens, five
// deep.
const (
	// MaxSize is the size in bytes of the largest file.
	MaxSize = 1 << 20

	maxTokens = 15_000
	maxDepth  = 20
	maxBlank  = 100
)

// Parse turns a file into the tree of its document, or fails and returns nil.
func (d *Decoder) Parse(data []byte) ast.Node {
	if len(data) > MaxSize {
		d.FailAt(nil, "is larger than 1 MiB, the most that a %s file may have", d.What)
		return nil
	}
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		d.FailAt(nil, "is in UTF-16, as an older PowerShell writes it for >: save it in UTF-8")
		return nil
	}
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(bytes.TrimPrefix(data, []byte("\ufeff"))))
	d.checkText(text)
	d.checkBlank(text)
	if d.Err != nil {
		return nil
	}
	tokens := lexer.Tokenize(text)
	d.checkTokens(tokens)
	if d.Err != nil {
		return nil
	}
	// Duplicate keys are found later, in the words of this package.
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	var syntax interface {
		GetMessage() string
		GetToken() *token.Token
	}
	switch {
	case errors.As(err, &syntax):
		d.FailAt(syntax.GetToken(), "not valid YAML: %s", syntax.GetMessage())
	case err != nil:
		d.FailAt(nil, "is not valid YAML: %v", err)
	case len(file.Docs) > 1:
		d.FailAt(file.Docs[1].Start, "a second document begins here: a file holds one %s", d.What)
	case len(file.Docs) != 1 || file.Docs[0].Body == nil:
		d.FailAt(nil, "is empty: a %s has at least a name and steps", d.What)
	default:
		return file.Docs[0].Body
	}
	return nil
}

// checkText refuses characters that no YAML file may have.
func (d *Decoder) checkText(text string) {
	for i, r := range text {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], string(utf8.RuneError)):
			d.FailAt(tokenAt(text, i), "not valid UTF-8")
			return
		case r < ' ' && r != '\n' && r != '\t':
			d.FailAt(tokenAt(text, i), "control character %+q: in double quotes it can be written as an escape", r)
			return
		}
	}
}

// checkBlank refuses more blank lines in a row than anybody needs.
func (d *Decoder) checkBlank(text string) {
	blank, i := 0, 0
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) != "" {
			blank = 0
		} else if blank++; blank > maxBlank {
			d.FailAt(tokenAt(text, i), "more than %d blank lines in a row", maxBlank)
			return
		}
		i += len(line)
	}
}

// tokenAt returns a token at byte i of the text.
func tokenAt(text string, i int) *token.Token {
	before := text[:i]
	line := before[strings.LastIndexByte(before, '\n')+1:]
	return &token.Token{Position: &token.Position{
		Line:   strings.Count(before, "\n") + 1,
		Column: utf8.RuneCountInString(line) + 1,
	}}
}

// checkTokens refuses what a file has no use for and a hostile file has:
// depth, and the parts of YAML that refer from one place to another.
func (d *Decoder) checkTokens(tokens token.Tokens) {
	depth, count := 0, 0
	for i, t := range tokens {
		count++
		switch t.Type {
		case token.CommentType:
			count--
		case token.MappingStartType, token.SequenceStartType:
			depth++
		case token.MappingEndType, token.SequenceEndType:
			depth--
		case token.SequenceEntryType:
			if i > 0 && tokens[i-1].Type == token.SequenceEntryType && tokens[i-1].Position.Column < t.Position.Column {
				d.FailAt(t, "a list directly in a list: a %s has none", d.What)
			}
		case token.AnchorType, token.AliasType, token.MergeKeyType:
			d.FailAt(t, "anchors, aliases and merge keys (&, *, <<) are not allowed: write it out")
		case token.TagType:
			d.FailAt(t, "tags (!) are not allowed: quote what begins with an exclamation mark")
		case token.DirectiveType:
			d.FailAt(t, "directives (%%) are not allowed: quote what begins with a per cent sign")
		case token.MappingKeyType:
			d.FailAt(t, "keys that begin with a question mark are not allowed: write key: value")
		}
		if count > maxTokens || depth > maxDepth {
			d.FailAt(t, "too large or too deeply nested to be a %s", d.What)
		}
		if d.Err != nil {
			return
		}
	}
}

// FailAt keeps a mistake, if it is the first. Without a token it is the file's
// as a whole.
func (d *Decoder) FailAt(t *token.Token, format string, args ...any) {
	if d.Err == nil {
		d.Err = mistake(d.File, t, format, args...)
	}
}

// Fail keeps a mistake at the place where n begins, if it is the first.
func (d *Decoder) Fail(n ast.Node, format string, args ...any) {
	d.FailAt(Start(n), format, args...)
}

// Start returns the token with which n begins. The library's own token of a
// mapping in block style is its first colon.
func Start(n ast.Node) *token.Token {
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		return Start(m.Values[0].Key)
	}
	return n.GetToken()
}
