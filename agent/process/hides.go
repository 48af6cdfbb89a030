package process

// hides are programs that show what runs elsewhere: in a server of their own
// whose panes have no window, on another machine, or in a container.
var hides = map[string]bool{
	"tmux": true, "tmux: client": true, "screen": true, "zellij": true, "byobu": true, "dtach": true, "abduco": true,
	"ssh": true, "mosh": true, "mosh-client": true, "et": true, "telnet": true, "autossh": true,
	"docker": true, "podman": true, "kubectl": true, "lxc": true, "incus": true, "distrobox": true, "toolbox": true, "wsl": true,
	"vagrant": true, "gcloud": true, "picocom": true, "minicom": true,
}

// Hides reports whether a program of that name shows what runs elsewhere, such
// as tmux, screen or ssh: an AI tool inside of it can't be seen.
func Hides(name string) bool { return hides[name] }
