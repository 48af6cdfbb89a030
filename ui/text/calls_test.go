package text

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/feature/plural"
)

// leftOpen are the messages that somebody else fills: the browser extension, and
// the policy.
var leftOpen = map[string]bool{"Open": true, "UseWorkAccount": true, "UseTool": true}

// Every call of Say and Count names a message's holes, all of them and no
// other. Calls that get their message from elsewhere are not seen here.
func TestCallsFillTheHoles(t *testing.T) {
	english := map[string]Key{}
	for _, k := range all {
		english[k.name] = k
	}
	seen := 0
	for _, root := range []string{"..", "../../cmd"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() && d.Name() == "node_modules" {
				return filepath.SkipDir
			}
			if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(f, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				k, given, ok := said(call)
				if !ok {
					return true
				}
				seen++
				want := holes(english[k].english[plural.Other])
				if len(given) == 0 && leftOpen[k] {
					return true
				}
				if !slices.Equal(given, want) {
					t.Errorf("%s: %s has the holes %v and is given %v", fset.Position(call.Pos()), k, want, given)
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen < 50 {
		t.Errorf("only %d calls were found", seen)
	}
}

// said returns the message and the holes of a call such as p.Say(text.Open,
// "tool", name).
func said(call *ast.CallExpr) (name string, given []string, ok bool) {
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || len(call.Args) == 0 || call.Ellipsis.IsValid() {
		return "", nil, false
	}
	key, ok := call.Args[0].(*ast.SelectorExpr)
	if !ok {
		return "", nil, false
	}
	if pkg, ok := key.X.(*ast.Ident); !ok || pkg.Name != "text" {
		return "", nil, false
	}
	pairs := call.Args[1:]
	switch method.Sel.Name {
	case "Say":
	case "Count":
		pairs, given = call.Args[2:], []string{"{n}"}
	default:
		return "", nil, false
	}
	for i := 0; i < len(pairs); i += 2 {
		lit, ok := pairs[i].(*ast.BasicLit)
		if !ok {
			return "", nil, false
		}
		hole, err := strconv.Unquote(lit.Value)
		if err != nil {
			return "", nil, false
		}
		given = append(given, "{"+hole+"}")
	}
	slices.Sort(given)
	return key.Sel.Name, given, true
}
