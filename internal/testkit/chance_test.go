package testkit

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestDrawsFromTheSeed: no test draws from a source of its own, or it would
// pass here and fail there. rapid is asked through package property, which gives it the
// seed; of math/rand there are only generators that somebody has seeded.
func TestDrawsFromTheSeed(t *testing.T) {
	seeded := []string{"New", "NewPCG", "NewChaCha8", "NewZipf", "Rand", "Source", "PCG", "ChaCha8", "Zipf"}
	bad := func(pkg, name string) bool {
		switch pkg {
		case "math/rand", "testing/quick":
			return true
		case "crypto/rand":
			return name != "Reader" // of which keys are made: whatever they are, the test is the same
		case "math/rand/v2":
			return !slices.Contains(seeded, name)
		case "pgregory.net/rapid":
			return name == "Check" || name == "MakeCheck"
		}
		return false
	}
	read := 0
	err := filepath.WalkDir("../..", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && filepath.ToSlash(file) == "../../internal/testkit":
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(file, "_test.go"):
			return nil
		}
		read++
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, file, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		names := map[string]string{} // of imports, as this file calls them
		for _, i := range f.Imports {
			p, _ := strconv.Unquote(i.Path.Value)
			name := path.Base(strings.TrimSuffix(p, "/v2"))
			if i.Name != nil {
				name = i.Name.Name
			}
			names[name] = p
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok && bad(names[x.Name], s.Sel.Name) {
					t.Errorf("%s: %s.%s draws from a seed that nobody knows", fset.Position(s.Pos()), x.Name, s.Sel.Name)
				}
			}
			return true
		})
		return nil
	})
	if err != nil || read < 50 {
		t.Errorf("%d files were read: %v", read, err)
	}
}
