package locales

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// The tests in this file read the whole program and hold it against the English
// catalogue: what the code says must be there, and what is there must be said.

const here = "talkoot/locales"

// source is one file of the program.
type source struct {
	dir     string // inside the module
	file    *ast.File
	imports map[string]string // local name: directory inside the module
}

type program struct {
	fset   *token.FileSet
	files  []source
	consts map[[2]string]ast.Expr // directory and name: what the constant is
}

func readProgram(t *testing.T) program {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	p := program{fset: token.NewFileSet(), consts: map[[2]string]ast.Expr{}}
	err = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			_, stat := os.Stat(filepath.Join(name, "go.mod"))
			if name != root && (stat == nil || d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".")) {
				return fs.SkipDir
			}
			return nil
		}
		if filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(p.fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Logf("left out: %v", err) // the compiler says it better
			return nil
		}
		rel, err := filepath.Rel(root, filepath.Dir(name))
		if err != nil {
			return err
		}
		p.add(filepath.ToSlash(rel), file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *program) add(dir string, file *ast.File) {
	s := source{dir: dir, file: file, imports: map[string]string{}}
	for _, imp := range file.Imports {
		full, _ := strconv.Unquote(imp.Path.Value)
		inside, ours := strings.CutPrefix(full, "talkoot/")
		if !ours {
			continue
		}
		name := path.Base(full)
		if imp.Name != nil {
			name = imp.Name.Name
		}
		s.imports[name] = inside
	}
	p.files = append(p.files, s)
	for _, decl := range file.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.CONST {
			continue
		}
		for _, spec := range gen.Specs {
			if v, ok := spec.(*ast.ValueSpec); ok {
				for i, name := range v.Names {
					if i < len(v.Values) {
						p.consts[[2]string{dir, name.Name}] = v.Values[i]
					}
				}
			}
		}
	}
}

// parts cuts a string expression at its +; what is not a constant is nil.
func (p *program) parts(s source, e ast.Expr) []*string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			if text, err := strconv.Unquote(e.Value); err == nil {
				return []*string{&text}
			}
		}
	case *ast.ParenExpr:
		return p.parts(s, e.X)
	case *ast.BinaryExpr:
		if e.Op == token.ADD {
			return append(p.parts(s, e.X), p.parts(s, e.Y)...)
		}
	case *ast.CallExpr: // string(Constant), Reason("text")
		if len(e.Args) == 1 {
			if got := p.parts(s, e.Args[0]); isConst(got) && isTypeName(e.Fun) {
				return got
			}
		}
	case *ast.Ident:
		if value := p.consts[[2]string{s.dir, e.Name}]; value != nil {
			return p.parts(s, value)
		}
	case *ast.SelectorExpr:
		if pkg, ok := e.X.(*ast.Ident); ok {
			if dir, ok := s.imports[pkg.Name]; ok {
				if value := p.consts[[2]string{dir, e.Sel.Name}]; value != nil {
					return p.parts(source{dir: dir}, value)
				}
			}
		}
	}
	return []*string{nil}
}

func isTypeName(e ast.Expr) bool {
	name := ""
	switch e := e.(type) {
	case *ast.Ident:
		name = e.Name
	case *ast.SelectorExpr:
		name = e.Sel.Name
	}
	return name == "string" || name != "" && ast.IsExported(name)
}

func isConst(parts []*string) bool { return !slices.Contains(parts, nil) }

func joined(parts []*string) string {
	var b strings.Builder
	for _, part := range parts {
		b.WriteString(*part)
	}
	return b.String()
}

// constant is the value of a constant string expression.
func (p *program) constant(s source, e ast.Expr) (string, bool) {
	if e == nil {
		return "", false
	}
	parts := p.parts(s, e)
	if !isConst(parts) {
		return "", false
	}
	return joined(parts), true
}

// family is the pattern of an id that is put together, "refusal." + reason, or
// nil where its beginning is not known.
func family(parts []*string) *regexp.Regexp {
	if isConst(parts) || parts[0] == nil || !strings.Contains(*parts[0], ".") {
		return nil
	}
	var pattern strings.Builder
	for _, part := range parts {
		if part == nil {
			pattern.WriteString(".+")
		} else {
			pattern.WriteString(regexp.QuoteMeta(*part))
		}
	}
	return regexp.MustCompile("^" + pattern.String() + "$")
}

// isMsg and isData tell whether a type expression is ours.
func (s source) isOurs(e ast.Expr, name string) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return "talkoot/"+s.dir == here && e.Name == name
	case *ast.SelectorExpr:
		pkg, ok := e.X.(*ast.Ident)
		return ok && "talkoot/"+s.imports[pkg.Name] == here && e.Sel.Name == name
	}
	return false
}

// messages finds the literals of Msg, also those in a list or map of them.
func (s source) messages(visit func(*ast.CompositeLit)) {
	ast.Inspect(s.file, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		if s.isOurs(lit.Type, "Msg") {
			visit(lit)
		}
		var elem ast.Expr
		switch typ := lit.Type.(type) {
		case *ast.ArrayType:
			elem = typ.Elt
		case *ast.MapType:
			elem = typ.Value
		}
		if elem == nil || !s.isOurs(elem, "Msg") {
			return true
		}
		for _, e := range lit.Elts {
			if kv, ok := e.(*ast.KeyValueExpr); ok {
				e = kv.Value
			}
			if inner, ok := e.(*ast.CompositeLit); ok && inner.Type == nil {
				visit(inner)
			}
		}
		return true
	})
}

func field(lit *ast.CompositeLit, name string, at int) ast.Expr {
	for i, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if key, ok := kv.Key.(*ast.Ident); ok && key.Name == name {
				return kv.Value
			}
		} else if i == at {
			return e
		}
	}
	return nil
}

// dataKeys are the names in a literal of Data; not known where it is made
// elsewhere.
func (p *program) dataKeys(t *testing.T, s source, e ast.Expr) (keys map[string]bool, known bool) {
	t.Helper()
	if e == nil {
		return nil, true
	}
	lit, ok := e.(*ast.CompositeLit)
	if !ok {
		return nil, false
	}
	keys = map[string]bool{}
	for _, e := range lit.Elts {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok {
			return nil, false
		}
		key, ok := p.constant(s, kv.Key)
		if !ok {
			return nil, false
		}
		keys[key] = true
		if value, ok := kv.Value.(*ast.BasicLit); ok && value.Kind == token.STRING {
			t.Errorf("%s: a plain string as a value: say whether it is a Quote, a Raw or a Msg", p.fset.Position(value.Pos()))
		}
	}
	return keys, true
}

func TestUsage_everyMessageInTheCodeExists(t *testing.T) {
	p, catalogue := readProgram(t), readPages(t)[english]
	for _, s := range p.files {
		s.messages(func(lit *ast.CompositeLit) {
			at := p.fset.Position(lit.Pos())
			id := field(lit, "ID", 0)
			if id == nil {
				return // an empty text
			}
			keys, known := p.dataKeys(t, s, field(lit, "Data", 1))
			parts := p.parts(s, id)
			if isConst(parts) {
				m := catalogue[joined(parts)]
				if m == nil {
					t.Errorf("%s: no text %q", at, joined(parts))
					return
				}
				if known {
					sameNames(t, at, m, keys)
				}
				return
			}
			pattern := family(parts)
			if pattern == nil {
				return // passed on from elsewhere
			}
			matched := false
			for _, key := range slices.Sorted(maps.Keys(catalogue)) {
				if !pattern.MatchString(key) {
					continue
				}
				matched = true
				for name := range allNames(t, catalogue[key]) {
					if known && !keys[name] {
						t.Errorf("%s: nobody gives %q its {{.%s}}", at, key, name)
					}
				}
			}
			if !matched {
				t.Errorf("%s: no text matches %s", at, pattern)
			}
		})
	}
}

func sameNames(t *testing.T, at token.Position, m *i18n.Message, keys map[string]bool) {
	t.Helper()
	want := allNames(t, m)
	if counted(m) {
		want["Count"] = true
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if !keys[name] {
			t.Errorf("%s: nobody gives %q its {{.%s}}", at, m.ID, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(keys)) {
		if !want[name] {
			t.Errorf("%s: %q has no {{.%s}}", at, m.ID, name)
		}
	}
}

func TestUsage_everyMessageIsUsed(t *testing.T) {
	p, catalogue := readProgram(t), readPages(t)[english]
	used := map[string]bool{}
	families := map[string]*regexp.Regexp{}
	for _, s := range p.files {
		ast.Inspect(s.file, func(n ast.Node) bool {
			e, ok := n.(ast.Expr)
			if !ok {
				return true
			}
			switch e.(type) {
			case *ast.BasicLit, *ast.BinaryExpr:
			default:
				return true
			}
			parts := p.parts(s, e)
			if isConst(parts) {
				used[joined(parts)] = true
			} else if pattern := family(parts); pattern != nil {
				families[pattern.String()] = pattern
			}
			return true
		})
	}
	for _, id := range slices.Sorted(maps.Keys(catalogue)) {
		if used[id] {
			continue
		}
		if !slices.ContainsFunc(slices.Collect(maps.Values(families)), func(r *regexp.Regexp) bool { return r.MatchString(id) }) {
			t.Errorf("%s is said nowhere", id)
		}
	}
}

func TestUsage_everyReasonHasAText(t *testing.T) {
	p, catalogue := readProgram(t), readPages(t)[english]
	reasons := p.reasons()
	if len(reasons) == 0 {
		t.Fatal("core has no reasons")
	}
	for _, reason := range slices.Sorted(maps.Keys(reasons)) {
		if catalogue["refusal."+reason] == nil {
			t.Errorf("no text refusal.%s", reason)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(catalogue)) {
		if reason, ok := strings.CutPrefix(id, "refusal."); ok && !reasons[reason] {
			t.Errorf("%s: core has no such reason", id)
		}
	}
}

// reasons are the values of all constants of type core.Reason.
func (p *program) reasons() map[string]bool {
	reasons := map[string]bool{}
	for _, s := range p.files {
		if s.dir != "core" {
			continue
		}
		for _, decl := range s.file.Decls {
			gen, ok := decl.(*ast.GenDecl)
			if !ok || gen.Tok != token.CONST {
				continue
			}
			for _, spec := range gen.Specs {
				v, ok := spec.(*ast.ValueSpec)
				if !ok {
					continue
				}
				typ, _ := v.Type.(*ast.Ident)
				for _, value := range v.Values {
					call, converted := value.(*ast.CallExpr)
					if converted {
						typ, _ = call.Fun.(*ast.Ident)
					}
					if reason, ok := p.constant(s, value); ok && typ != nil && typ.Name == "Reason" {
						reasons[reason] = true
					}
				}
			}
		}
	}
	return reasons
}

// TestUsage_refusalsSayWhatTheyAreAbout looks at the calls of core.Refuse.
func TestUsage_refusalsSayWhatTheyAreAbout(t *testing.T) {
	p, catalogue := readProgram(t), readPages(t)[english]
	for _, s := range p.files {
		ast.Inspect(s.file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 || call.Ellipsis.IsValid() || !p.isRefuse(s, call.Fun) {
				return true
			}
			reason, ok := p.constant(s, call.Args[0])
			m := catalogue["refusal."+reason]
			if !ok || m == nil {
				return true
			}
			given := map[string]bool{}
			for i := 1; i < len(call.Args); i += 2 {
				name, ok := p.constant(s, call.Args[i])
				if !ok {
					return true
				}
				given[name] = true
			}
			for _, name := range slices.Sorted(maps.Keys(allNames(t, m))) {
				if !given[name] {
					t.Errorf("%s: the text of %q wants {{.%s}}", p.fset.Position(call.Pos()), reason, name)
				}
			}
			return true
		})
	}
}

func (p *program) isRefuse(s source, fun ast.Expr) bool {
	switch fun := fun.(type) {
	case *ast.Ident:
		return s.dir == "core" && fun.Name == "Refuse"
	case *ast.SelectorExpr:
		pkg, ok := fun.X.(*ast.Ident)
		return ok && s.imports[pkg.Name] == "core" && fun.Sel.Name == "Refuse"
	}
	return false
}
