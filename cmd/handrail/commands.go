package main

import "github.com/spf13/cobra"

// commands returns the subcommands in the order of the help page.
func commands() []*cobra.Command {
	return []*cobra.Command{
		statusCommand(),
		panelCommand(),
		welcomeCommand(),
		allowedCommand(),
		requestCommand(),
		requestsCommand(),
		leakedCommand(),
		toolsCommand(),
		pauseCommand(),
		resumeCommand(),
		answerCommand(),
		forgetCommand(),
		checkCommand(),
		scanCommand(),
		policyCommand(),
		ledgerCommand(),
		reportsCommand(),
		learnedCommand(),
		browserCommand(),
		doctorCommand(),
		serviceCommand(),
		sessionCommand(),
	}
}
