package main

import (
	"fmt"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
)

func dump(n ast.Node, ind string) {
	if n == nil {
		fmt.Println(ind, "nil")
		return
	}
	p := n.GetToken().Position
	switch n := n.(type) {
	case *ast.MappingNode:
		fmt.Printf("%s map @%d:%d\n", ind, p.Line, p.Column)
		for _, v := range n.Values {
			dump(v, ind+"  ")
		}
	case *ast.MappingValueNode:
		kp := n.Key.GetToken().Position
		fmt.Printf("%s key %T %q raw %q @%d:%d\n", ind, n.Key, n.Key.GetToken().Value, n.Key.String(), kp.Line, kp.Column)
		dump(n.Value, ind+"  ")
	case *ast.SequenceNode:
		fmt.Printf("%s seq @%d:%d\n", ind, p.Line, p.Column)
		for _, v := range n.Values {
			dump(v, ind+"  ")
		}
	case *ast.StringNode:
		fmt.Printf("%s string %q @%d:%d\n", ind, n.Value, p.Line, p.Column)
	case *ast.LiteralNode:
		fmt.Printf("%s literal %q @%d:%d\n", ind, n.Value.Value, p.Line, p.Column)
	default:
		fmt.Printf("%s %T tok %q @%d:%d\n", ind, n, n.GetToken().Value, p.Line, p.Column)
	}
}

func main() {
	for _, s := range []string{
"b: 0x1f\nc: 1_000\nd: 1e3\ne: 1.5e3\nf: -0\ng: .5\nh: 5.\ni: .inf\nj: -.NaN\nk: 1e400\nl: 99999999999999999999999\nm: +1\nn: True\no: yes\np: 1.0e400\nq: 0b11\nr: 0o17\ns: 2026-01-01\nt: 12:30\nu: 1e+21\nv: 1.0e+21\nx: 0123.5\ny: 09\nz: 017\na1: 1e-7\na2: 1.0e-7\na3: -9223372036854775809\na4: 1.e5\na5: 0x\na6: -.5\na7: 1._5\na8: 1e5_0\n",
"a: {b: -, c: d}", "a: {b: - c}", "- - - a", "a: [{b}, {c: d}]", "a: {b: [c}", "a: 'x\n\n  y'\nb: c", "a: x # c\nb: [1, # d\n 2]\nc: 3", "a: \"x # y\"\nb: 1", "a: x: y", "a: http://x.y/z\nb: c", "a: {b: http://x.y/z, c: d}", "a: {b: 10:20}", "a: {b: \"x\",c: y}", "a: {b:c}", "a: {\"b\":c}", "a: \"x\":", "a: #x\nb: 1","a: \"\\\n\"", "a:\n  b: 1\n c: 2\n", "a: [x]]", "a: }", "a: ,x", "a: {b: c}}\n","a: é\"x\nb: 1\n", "a:  \n\n\n  b\nc: d","a: b\n\n\n\n   \nc: {d: e\n\n\n ,f: g}",
} {
		fmt.Printf("=== %q\n", s)
		func() {
			defer func() {
				if r := recover(); r != nil {
					fmt.Println("PANIC", r)
				}
			}()
			f, err := parser.Parse(lexer.Tokenize(s), 0, parser.AllowDuplicateMapKey())
			if err != nil {
				type E interface{ GetMessage() string }
				fmt.Printf("ERR %T %q\n", err, err.(E).GetMessage())
				fmt.Println(err)
				return
			}
			for i, d := range f.Docs {
				fmt.Println("doc", i, d.Start != nil, d.End != nil)
				dump(d.Body, "")
			}
		}()
	}
}
