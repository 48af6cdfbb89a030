package catalog

import (
	"bytes"
	_ "embed"
	"fmt"
	"sync"

	"go.yaml.in/yaml/v3"
)

// ConfigFile is a file in which an AI tool keeps its MCP servers. See
// configs.yaml for the forms of paths.
type ConfigFile struct {
	Tool    ToolID
	Surface Surface
	Path    string
	Form    string   // json, toml or yaml
	At      []string // keys joined by "/", * for any
}

// Extensions is a kind of extension, where it is installed, and which are AI
// tools. An id that stands for a tool that the catalogue does not name is
// Other's.
type Extensions struct {
	Kind    string // vscode, jetbrains or chrome
	Surface Surface
	Paths   []string
	IDs     map[string]ToolID
}

//go:embed configs.yaml
var embeddedConfigs []byte

type configs struct {
	Files      []ConfigFile
	Extensions []Extensions
}

var parseConfigs = sync.OnceValues(func() (c configs, err error) {
	dec := yaml.NewDecoder(bytes.NewReader(embeddedConfigs))
	dec.KnownFields(true)
	if err := dec.Decode(&c); err != nil {
		return c, fmt.Errorf("the list of configurations: %w", err)
	}
	return c, nil
})

// Configs returns where AI tools keep what they work with. A broken list fails
// this package's tests, so Configs panics on one.
func Configs() ([]ConfigFile, []Extensions) {
	c, err := parseConfigs()
	if err != nil {
		panic("catalogue: " + err.Error())
	}
	return c.Files, c.Extensions
}
