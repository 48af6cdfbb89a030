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
		cardsCommand(),
		pulseCommand(),
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
		receiptsCommand(),
		browserCommand(),
		doctorCommand(),
		serviceCommand(),
		sessionCommand(),
	}
}
