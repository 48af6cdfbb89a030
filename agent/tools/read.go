package tools

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"github.com/tailscale/hujson"
	"go.yaml.in/yaml/v3"

	"handrail/detect/catalog"
)

// Bounds of what is read: Claude Code keeps much else in its file.
const (
	maxFile    = 4 << 20
	maxServers = 200 // of one file
	maxName    = 64  // letters of a server's name
)

var (
	errTooLarge = errors.New("larger than is read")
	errForm     = errors.New("not in its form") // a parser's own words quote the file
)

// readFile returns the servers in a tool's settings; none if there is no file.
// Its errors say nothing of what the file holds.
func readFile(name string, file catalog.ConfigFile) ([]Connector, error) {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) || err == nil && !info.Mode().IsRegular():
		return nil, nil // a pipe would keep us waiting
	case err != nil:
		return nil, err
	case info.Size() > maxFile:
		return nil, errTooLarge
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	defer clear(b)
	if err != nil {
		return nil, err
	}
	if len(b) > maxFile {
		return nil, errTooLarge
	}
	return parse(b, file)
}

// parse returns the servers in the text of a tool's settings.
func parse(b []byte, file catalog.ConfigFile) ([]Connector, error) {
	if len(strings.TrimSpace(string(b))) == 0 {
		return nil, nil
	}
	var root map[string]any
	var err error
	switch file.Form {
	case "json":
		if b, err = hujson.Standardize(b); err == nil {
			err = json.Unmarshal(b, &root)
		}
	case "toml":
		err = toml.Unmarshal(b, &root)
	case "yaml":
		err = yaml.Unmarshal(b, &root)
	}
	if err != nil {
		return nil, errForm
	}
	var list []Connector
	for _, at := range file.At {
		for _, servers := range below(root, strings.Split(at, "/")) {
			for name, entry := range servers {
				if len(list) == maxServers {
					return list, errTooLarge
				}
				if e, ok := entry.(map[string]any); ok {
					list = append(list, server(name, e, file))
				}
			}
		}
	}
	return list, nil
}

// below returns the objects under a path of keys.
func below(o map[string]any, keys []string) []map[string]any {
	objects := []map[string]any{o}
	for _, key := range keys {
		var next []map[string]any
		for _, o := range objects {
			for k, v := range o {
				if m, ok := v.(map[string]any); ok && (key == "*" || k == key) {
					next = append(next, m)
				}
			}
		}
		objects = next
	}
	return objects
}

func server(name string, e map[string]any, file catalog.ConfigFile) Connector {
	c := Connector{Kind: mcp, Tool: file.Tool, Surface: file.Surface, Name: shown(name)}
	argv := argvOf(e)
	for _, key := range []string{"url", "serverUrl", "httpUrl", "uri"} {
		if u, ok := e[key].(string); ok && c.Host == "" {
			c.Host = hostOf(u)
		}
	}
	if len(argv) > 0 {
		var program string
		program, c.Package, argv = public(argv)
		if c.Host == "" && len(argv) > 0 {
			c.Host = hostOf(argv[0]) // mcp-remote and its like
		}
		if c.Package == "" && c.Host == "" && program != "" {
			c.ID = "command:" + program
		}
	}
	return c
}

// argvOf returns the command line of a server, in the forms that tools have.
func argvOf(e map[string]any) []string {
	var argv []string
	add := func(v any) {
		switch v := v.(type) {
		case string:
			argv = append(argv, v)
		case []any:
			for _, x := range v {
				s, _ := x.(string)
				argv = append(argv, s)
			}
		}
	}
	if m, ok := e["command"].(map[string]any); ok { // Zed, formerly
		add(m["path"])
		add(m["args"])
		return argv
	}
	add(e["command"])
	add(e["cmd"])
	add(e["args"])
	return argv
}

// shown is a server's name as it can be shown: one short line.
func shown(name string) string {
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, name)
	if random(name) || name == "" {
		return "(no name)" // a key in the place of a name
	}
	if r := []rune(name); len(r) > maxName {
		return string(r[:maxName-1]) + "…"
	}
	return name
}
