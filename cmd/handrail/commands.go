package main

import "github.com/spf13/cobra"

// commands returns the subcommands in the order of the help page.
func commands() []*cobra.Command {
	return []*cobra.Command{
		statusCommand(),
		panelCommand(),
		toolsCommand(),
		pauseCommand(),
		resumeCommand(),
		answerCommand(),
		forgetCommand(),
		checkCommand(),
		scanCommand(),
		policyCommand(),
		ledgerCommand(),
		learnedCommand(),
		browserCommand(),
		doctorCommand(),
		serviceCommand(),
		sessionCommand(),
	}
}
