package catalog

import (
	"slices"
	"strings"
	"testing"
)

func TestConfigs(t *testing.T) {
	files, extensions := Configs()
	known := func(id ToolID) bool { _, ok := Default().Tool(id); return ok || id == Other }
	where := func(p string) bool {
		return strings.HasPrefix(p, "~/") || strings.HasPrefix(p, "{config}/") || strings.HasPrefix(p, "{data}/")
	}
	for _, f := range files {
		if !known(f.Tool) || f.Surface == 0 || !where(f.Path) || len(f.At) == 0 || !slices.Contains([]string{"json", "toml", "yaml"}, f.Form) {
			t.Errorf("not usable: %+v", f)
		}
	}
	for _, x := range extensions {
		if x.Kind == "" || x.Surface == 0 || len(x.IDs) == 0 || slices.ContainsFunc(x.Paths, func(p string) bool { return !where(p) }) {
			t.Errorf("not usable: %+v", x)
		}
		for id, tool := range x.IDs {
			if !known(tool) {
				t.Errorf("%s:%s is of %q, which the catalogue does not have", x.Kind, id, tool)
			}
		}
	}
	if len(files) < 15 || len(extensions) != 3 {
		t.Errorf("%d files and %d kinds of extension", len(files), len(extensions))
	}
}
