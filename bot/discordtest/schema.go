package discordtest

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// descriptionPath is where Discord's OpenAPI description lies, from the root of the repository.
var descriptionPath = filepath.Join("..", "shared", "data", "discord", "openapi.json")

// A description checks bodies against Discord's OpenAPI description.
type description struct {
	mu       sync.Mutex // the compiler is not for sharing
	compiler *jsonschema.Compiler
	compiled map[string]*jsonschema.Schema
}

// discordDescription reads the description once for all tests of a package.
var discordDescription = sync.OnceValues(loadDescription)

// A logger is told what could not be checked. A [testing.TB] is one.
type logger interface {
	Helper()
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
}

// schemaProblems returns what Discord's schema has against value, decoded JSON, one problem a line. Where the
// description is not at hand it finds none and says so in t's log, and fails t under CI.
func schemaProblems(t logger, schema string, value any) []string {
	t.Helper()
	d, err := discordDescription()
	switch {
	case errors.Is(err, os.ErrNotExist) && os.Getenv("CI") != "true":
		t.Logf("discordtest: no schema checks, limits still checked: %v", err)
		return nil
	case err != nil:
		t.Errorf("discordtest: %v", err)
		return nil
	}
	return d.problems(schema, value)
}

func loadDescription() (*description, error) {
	root, err := moduleRoot()
	if err != nil {
		return nil, err
	}
	raw, err := os.ReadFile(filepath.Join(root, descriptionPath)) // #nosec G304 -- a fixed path beside the repository
	if err != nil {
		return nil, fmt.Errorf("read Discord’s OpenAPI description: %w", err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("decode Discord’s OpenAPI description: %w", err)
	}
	exemptPermissions(doc)
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("openapi.json", doc); err != nil {
		return nil, fmt.Errorf("add Discord’s OpenAPI description: %w", err)
	}
	return &description{compiler: c, compiled: map[string]*jsonschema.Schema{}}, nil
}

// moduleRoot returns the folder of go.mod, above the package folder that a test runs in.
func moduleRoot() (string, error) {
	start, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("find the repository’s root: %w", err)
	}
	for dir := start; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", fmt.Errorf("find the repository’s root: no go.mod above %s", start)
		}
	}
}

// exemptPermissions lets default_member_permissions be a string, which the documentation and Discord
// itself want, where the description has an integer.
func exemptPermissions(doc any) {
	switch v := doc.(type) {
	case map[string]any:
		if p, ok := v["default_member_permissions"].(map[string]any); ok {
			p["type"] = []any{"string", "integer", "null"}
		}
		for _, child := range v {
			exemptPermissions(child)
		}
	case []any:
		for _, child := range v {
			exemptPermissions(child)
		}
	}
}

// problems checks value against one schema of the description, named as there, or a JSON pointer to one.
func (d *description) problems(schema string, value any) []string {
	compiled, err := d.compile(schema)
	if err != nil {
		return []string{err.Error()}
	}
	err = compiled.Validate(value)
	if err == nil {
		return nil
	}
	invalid, ok := errors.AsType[*jsonschema.ValidationError](err)
	if !ok {
		return []string{err.Error()}
	}
	return leaves(invalid, nil)
}

func (d *description) compile(schema string) (*jsonschema.Schema, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if compiled := d.compiled[schema]; compiled != nil {
		return compiled, nil
	}
	pointer := schema
	if !strings.HasPrefix(schema, "/") {
		pointer = "/components/schemas/" + schema
	}
	compiled, err := d.compiler.Compile("openapi.json#" + pointer)
	if err != nil {
		return nil, fmt.Errorf("compile the schema %s: %w", schema, err)
	}
	d.compiled[schema] = compiled
	return compiled, nil
}

// leaves appends the errors at the ends of e's tree. Of a union it follows only the branches for the
// value's own type: that a button is not a select either is no news.
func leaves(e *jsonschema.ValidationError, problems []string) []string {
	if len(e.Causes) == 0 {
		at := "/" + strings.Join(e.InstanceLocation, "/")
		text := e.ErrorKind.LocalizedString(message.NewPrinter(language.English))
		return append(problems, fmt.Sprintf("%s: %s", at, text))
	}
	causes := e.Causes
	switch e.ErrorKind.(type) {
	case *kind.OneOf, *kind.AnyOf:
		causes = ownBranches(e)
	}
	for _, cause := range causes {
		problems = leaves(cause, problems)
	}
	return problems
}

// ownBranches returns the branches of a union that do not fail on the value's type, or all of them.
func ownBranches(union *jsonschema.ValidationError) []*jsonschema.ValidationError {
	var own []*jsonschema.ValidationError
	for _, branch := range union.Causes {
		if !failsOnType(branch, len(union.InstanceLocation)) {
			own = append(own, branch)
		}
	}
	if len(own) == 0 {
		return union.Causes
	}
	return own
}

// failsOnType reports whether e says that the value at the given depth, or its field “type”, is of another kind.
func failsOnType(e *jsonschema.ValidationError, depth int) bool {
	at := e.InstanceLocation
	switch e.ErrorKind.(type) {
	case *kind.Enum:
		return len(at) == depth+1 && at[depth] == "type"
	case *kind.Type:
		return len(at) == depth
	}
	for _, cause := range e.Causes {
		if failsOnType(cause, depth) {
			return true
		}
	}
	return false
}
