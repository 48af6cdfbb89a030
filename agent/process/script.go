package process

import (
	"path"
	"strings"
)

// interpreter says how one reads an interpreter's command line.
type interpreter struct {
	inline []string // what follows is a program, not a file
	module []string // what follows is the name of a module
	values []string // what follows belongs to the option
	verbs  []string // words before the file
}

var (
	shell  = interpreter{inline: []string{"-c"}, values: []string{"-o", "+o", "-O", "--rcfile", "--init-file"}}
	python = interpreter{inline: []string{"-c"}, module: []string{"-m"}, values: []string{"-W", "-X"}}
	node   = interpreter{
		inline: []string{"-e", "--eval", "-p", "--print", "-pe"},
		values: []string{"-r", "--require", "--import", "--loader", "--experimental-loader", "-C", "--conditions", "--env-file"},
	}
	deno = interpreter{inline: []string{"eval"}, values: []string{"-c", "--config", "--import-map"}, verbs: []string{"run"}}
	bun  = interpreter{inline: []string{"-e", "--eval", "-p", "--print"}, values: []string{"-r", "--preload", "--cwd"}, verbs: []string{"run", "x"}}
	ruby = interpreter{inline: []string{"-e"}, values: []string{"-I", "-r"}}
)

// interpreters are the programs under whose name nobody knows what they run.
var interpreters = map[string]interpreter{
	"sh": shell, "bash": shell, "dash": shell, "zsh": shell, "ksh": shell, "fish": shell, "busybox": shell,
	"python": python, "pypy": python, "node": node, "nodejs": node, "deno": deno, "bun": bun, "ruby": ruby,
}

// interpreterOf returns how to read the command line of a program, by the base
// name of its executable. Versions belong to the name: python3.11, node-22.
func interpreterOf(base string) (interpreter, bool) {
	i, ok := interpreters[strings.TrimRight(base, "0123456789.-")]
	return i, ok
}

// extensions are left out of a script's name.
var extensions = map[string]bool{
	".js": true, ".mjs": true, ".cjs": true, ".ts": true, ".mts": true, ".py": true, ".pyc": true, ".pyz": true,
	".rb": true, ".sh": true, ".bash": true,
}

// anonymous are names of scripts that say nothing; the package's name does.
var anonymous = map[string]bool{"index": true, "cli": true, "main": true, "__main__": true, "start": true, "bin": true, "run": true}

// script returns the name of the script that an interpreter runs, by its
// command line; "" if it runs none. A program that has put its own name in the
// place of its command line, as many of node's do, is met under that.
func script(in interpreter, argv []string) string {
	if len(argv) == 0 {
		return ""
	}
	if base := path.Base(argv[0]); len(argv) == 1 || argv[1] == "" {
		// "-bash" is a login shell.
		if _, still := interpreterOf(strings.TrimPrefix(base, "-")); still {
			return ""
		}
		name, _, _ := strings.Cut(argv[0], " ")
		return scriptName(name)
	}
	args := argv[1:]
	for len(args) > 0 {
		a := args[0]
		switch {
		case has(in.inline, a):
			return ""
		case has(in.module, a):
			if len(args) < 2 {
				return ""
			}
			module, _, _ := strings.Cut(args[1], ".")
			return scriptName(module)
		case has(in.values, a):
			args = args[min(2, len(args)):]
		case has(in.verbs, a):
			args = args[1:]
		case a == "--":
			if len(args) < 2 {
				return ""
			}
			return scriptName(args[1])
		case a == "" || a == "-":
			return ""
		case a[0] == '-' || a[0] == '+':
			args = args[1:]
		default:
			return scriptName(a)
		}
	}
	return ""
}

func has(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// scriptName returns what people call the program in a file.
func scriptName(file string) string {
	file = strings.TrimSuffix(file, "/")
	if file == "" {
		return ""
	}
	base := path.Base(file)
	if ext := path.Ext(base); extensions[ext] && len(ext) < len(base) {
		base = strings.TrimSuffix(base, ext)
	}
	if !anonymous[base] {
		return base
	}
	dir := path.Dir(file)
	if i := strings.LastIndex(dir, "node_modules/"); i >= 0 {
		// node_modules/name/... or node_modules/@scope/name/...
		parts := strings.SplitN(dir[i+len("node_modules/"):], "/", 3)
		if strings.HasPrefix(parts[0], "@") && len(parts) > 1 {
			return parts[1]
		}
		return parts[0]
	}
	for ; dir != "." && dir != "/"; dir = path.Dir(dir) {
		switch name := path.Base(dir); name {
		case "dist", "bin", "lib", "src", "build", "out":
		default:
			return name
		}
	}
	return base
}
