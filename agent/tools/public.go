package tools

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
)

// runner is a program that starts a public package: which of its options have
// a value, and which name the package themselves.
type runner struct {
	verbs   []string
	flags   []string // stand alone
	values  []string // what follows belongs to them
	names   []string // what follows is the package
	docker  bool
	modules bool
}

var (
	npm  = runner{flags: []string{"-y", "--yes", "-q", "--quiet", "--silent", "--bun", "--no-install"}, names: []string{"-p", "--package"}, verbs: []string{"dlx", "exec", "x"}}
	pypi = runner{flags: []string{"-q", "--quiet", "--isolated", "--refresh", "--no-cache"}, values: []string{"--python", "-p", "--with", "--index-url"}, names: []string{"--from", "--spec"}, verbs: []string{"run", "tool"}}
	oci  = runner{flags: []string{"-i", "-t", "-it", "--rm", "--init", "--interactive", "--tty", "--read-only"},
		values: []string{"-e", "--env", "--env-file", "-v", "--volume", "--mount", "--name", "--network", "--net", "-p", "--publish", "-u", "--user", "-w", "--workdir", "--platform", "--pull", "-l", "--label"},
		verbs:  []string{"run"}, docker: true}
	module = runner{names: []string{"-m"}, flags: []string{"-u", "-I", "-E", "-s"}, modules: true}
)

var runners = map[string]runner{
	"npx": npm, "bunx": npm, "pnpm": npm, "yarn": npm, "pnpx": npm, "npm": npm, "bun": npm,
	"uvx": pypi, "uv": pypi, "pipx": pypi,
	"docker": oci, "podman": oci,
	"python": module, "python3": module, "py": module,
}

// public returns the program of a command line and the public package that it
// starts, "" if that can't be told for certain: behind an option that isn't
// known anything may follow, a token too. rest is what follows the package.
func public(argv []string) (program, pack string, rest []string) {
	program = base(argv[0])
	args := argv[1:]
	if program == "cmd" && len(args) > 1 && strings.EqualFold(args[0], "/c") { // how npx is started on Windows
		program, args = base(args[1]), args[2:]
	}
	if program == "env" || random(program) || !plain.MatchString(program) {
		return "", "", nil // what follows is anything
	}
	r, ok := runners[program]
	if !ok {
		return program, "", nil
	}
	for len(args) > 0 {
		a := args[0]
		name, value, joined := strings.Cut(a, "=")
		switch {
		case has(r.verbs, a), has(r.flags, a):
			args = args[1:]
		case has(r.values, a):
			args = args[min(2, len(args)):]
		case has(r.values, name) && joined:
			args = args[1:]
		case has(r.names, name) && joined:
			return program, packageOf(value, r), nil
		case has(r.names, a) && len(args) > 1:
			return program, packageOf(args[1], r), args[2:]
		case strings.HasPrefix(a, "-") || r.modules:
			return program, "", nil
		default:
			return program, packageOf(a, r), args[1:]
		}
	}
	return program, "", nil
}

func has(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

var (
	plain = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._+ -]{0,63}$`)
	// A package of npm or PyPI, and its version.
	packaged = regexp.MustCompile(`^(@[a-z0-9][a-z0-9._-]{0,60}/)?[A-Za-z0-9][A-Za-z0-9._-]{0,80}$`)
	// An image: host and folders, name; the tag is cut off.
	image = regexp.MustCompile(`^([a-z0-9][a-z0-9._-]{0,60}/){0,4}[a-z0-9][a-z0-9._-]{0,60}$`)
)

// packageOf returns a package's name without its version, "" if that is no
// name of a public one.
func packageOf(s string, r runner) string {
	form := packaged
	if r.docker {
		form = image
		s, _, _ = strings.Cut(s, "@sha256:")
		if i := strings.LastIndexByte(s, ':'); i > strings.LastIndexByte(s, '/') {
			s = s[:i]
		}
	} else {
		if i := strings.LastIndexByte(s, '@'); i > 0 {
			s = s[:i]
		}
		s, _, _ = strings.Cut(s, "==")
		s, _, _ = strings.Cut(s, "[")
	}
	if r.modules {
		s, _, _ = strings.Cut(s, ".")
		s = strings.ReplaceAll(s, "_", "-") // as packages are called
	}
	if !form.MatchString(s) || random(s) {
		return ""
	}
	return s
}

// hostOf returns the host of an address without anything secret: no account,
// port, path, and no first labels that look like a key.
func hostOf(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" && u.Scheme != "ws" && u.Scheme != "wss" {
		return ""
	}
	labels := strings.Split(strings.ToLower(strings.TrimSuffix(u.Hostname(), ".")), ".")
	for i, l := range labels {
		if l == "" || len(l) > 63 || strings.Trim(l, "abcdefghijklmnopqrstuvwxyz0123456789-_:") != "" {
			return ""
		}
		if random(l) {
			labels[i] = "*"
		}
	}
	return strings.Join(labels, ".")
}

// random tells what looks like a key rather than a name: sixteen letters and
// digits in a row of which four are digits, or the beginnings that services
// give to their keys.
func random(s string) bool {
	for _, prefix := range []string{"sk-", "ghp_", "gho_", "ghs_", "github_pat_", "xox", "glpat-", "AKIA", "eyJ", "hf_"} {
		if len(s) > 12 && strings.HasPrefix(s, prefix) {
			return true
		}
	}
	run, digits := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsDigit(r):
			run, digits = run+1, digits+1
		case unicode.IsLetter(r):
			run++
		case r == '-' && digits > 0: // as in a UUID
		default:
			run, digits = 0, 0
		}
		if run >= 16 && digits >= 4 {
			return true
		}
	}
	return false
}
