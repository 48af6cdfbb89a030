package process

import (
	"context"
	"fmt"
	"os"
	"strconv"

	"github.com/shirou/gopsutil/v3/process"

	"handrail/detect/catalog"
)

// Running returns which AI tools this account runs, each once.
func Running(ctx context.Context, cat *catalog.Catalog) ([]Use, error) {
	all, err := process.ProcessesWithContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("listing processes: %w", err)
	}
	self := strconv.Itoa(os.Getuid())
	var uses []Use
	seen := map[Use]bool{}
	for _, p := range all {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !mine(ctx, p, self) {
			continue
		}
		name, err := p.NameWithContext(ctx)
		if err != nil {
			continue // it has ended meanwhile
		}
		program := Program{PID: int(p.Pid), Name: name}
		if interpreter(name) {
			if args, err := p.CmdlineSliceWithContext(ctx); err == nil {
				if s := script(args); s != "" {
					program.Name = s
				}
			}
		}
		program.Exe, _ = p.ExeWithContext(ctx)
		tty, err := p.TerminalWithContext(ctx)
		d, ok := cat.Lookup(program.target(err == nil && tty != ""))
		if use := (Use{d.Tool, d.Surface}); ok && !seen[use] {
			seen[use] = true
			uses = append(uses, use)
		}
	}
	return uses, nil
}

// mine tells whether a process is this account's; where that can't be told it
// is not.
func mine(ctx context.Context, p *process.Process, self string) bool {
	if self == "-1" { // Windows: other accounts' processes can't be opened
		_, err := p.ExeWithContext(ctx)
		return err == nil
	}
	uids, err := p.UidsWithContext(ctx)
	return err == nil && len(uids) > 0 && strconv.Itoa(int(uids[0])) == self
}
