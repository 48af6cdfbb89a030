package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"handrail/agent/pulse"
	"handrail/agent/report"
	"handrail/agent/session"
	"handrail/ui/text"
	"handrail/ui/view"
)

func pulseCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "pulse [TASK ANSWER...]",
		Short: "Say in four taps how your week with AI went",
		Long: `Asks what you used AI for, whether it saved time, whether you checked the answers,
and whether there was an error in them. Your answers are counted in your next
report, which is about nobody: see them first with "handrail ledger". Without
words it asks them one by one; with the words below it asks nothing.

Handrail offers this once a week by a mark on its icon. "handrail pulse off"
ends that for good.

Tasks: ` + listOf(report.Tasks()) + `.
Answers, one of each line: ` + pulseWords() + `.`,
		Example: "  handrail pulse\n  handrail pulse translating saved_up_to_hour checked_read error_none\n  handrail pulse skip\n  handrail pulse off",
		Args:    cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			_, words, err := pathsAndWords(c)
			if err != nil {
				return err
			}
			var a pulse.Answers
			if len(args) > 0 {
				a, err = answersOf(args)
			} else {
				a, err = askPulse(bufio.NewReader(c.InOrStdin()), c.OutOrStdout(), words)
			}
			if err != nil {
				return err
			}
			if _, err := a.Cells(); err != nil {
				return exitError{exitUsage, err}
			}
			if err := askSession(c, "/v1/pulse", session.PulseRequest{Answers: &a}); err != nil {
				return err
			}
			_, err = fmt.Fprintln(c.OutOrStdout(), words.Say(text.PulseCounted))
			return err
		},
	}
	for _, sub := range []struct{ use, short string }{
		{"skip", "Say nothing this week"},
		{"off", "Never be asked again"},
		{"on", "Be asked once a week again"},
	} {
		c.AddCommand(&cobra.Command{Use: sub.use, Short: sub.short, Example: "  handrail pulse " + sub.use, Args: usage(cobra.NoArgs), RunE: func(c *cobra.Command, _ []string) error {
			return switchPulse(c, sub.use)
		}})
	}
	return c
}

func pulseWords() string {
	var lines []string
	for _, q := range pulse.Questions() {
		lines = append(lines, listOf(q.Answers()))
	}
	return strings.Join(lines, ";\n")
}

// answersOf takes answers as words.
func answersOf(args []string) (a pulse.Answers, err error) {
	if a.Task.UnmarshalText([]byte(args[0])) != nil {
		return a, exitError{exitUsage, fmt.Errorf("%q is no kind of work: say one of %s", args[0], listOf(report.Tasks()))}
	}
	for _, arg := range args[1:] {
		var s report.Said
		if s.UnmarshalText([]byte(arg)) != nil || !slices.Contains(pulse.Questions(), s.Question()) {
			return a, exitError{exitUsage, fmt.Errorf("%q is no answer: say some of %s", arg, strings.ReplaceAll(pulseWords(), "\n", " "))}
		}
		a.Said = append(a.Said, s)
	}
	return a, nil
}

// askPulse asks one question after the other. An empty line leaves one out.
func askPulse(in *bufio.Reader, out io.Writer, p text.Printer) (a pulse.Answers, err error) {
	fmt.Fprintf(out, "%s\n%s\n", p.Say(text.PulseLead), p.Say(text.PulseTyped))
	n, err := choose(in, out, p, text.PulseTask, len(report.Tasks()), func(i int) text.Key { return view.Task(report.Tasks()[i]) })
	if err != nil {
		return a, err
	}
	if n < 0 {
		return a, exitError{exitFailed, errors.New(p.Say(text.PulseNothing))}
	}
	a.Task = report.Tasks()[n]
	for _, q := range pulse.Questions() {
		answers := q.Answers()
		n, err := choose(in, out, p, view.PulseQuestion(q), len(answers), func(i int) text.Key { return view.PulseAnswer(answers[i]) })
		if err != nil {
			return a, err
		}
		if n >= 0 {
			a.Said = append(a.Said, answers[n])
		}
	}
	return a, nil
}

// choose asks for the number of one of n answers, again until it is one. It is
// -1 for none.
func choose(in *bufio.Reader, out io.Writer, p text.Printer, question text.Key, n int, answer func(int) text.Key) (int, error) {
	fmt.Fprintf(out, "\n%s\n", p.Say(question))
	for i := range n {
		fmt.Fprintf(out, "  %d  %s\n", i+1, p.Label(answer(i)))
	}
	for {
		fmt.Fprint(out, "> ")
		line, err := in.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return 0, fmt.Errorf("reading your answer: %w", err)
		}
		line = strings.TrimSpace(line)
		if line == "" {
			return -1, nil
		}
		if i, err := strconv.Atoi(line); err == nil && i >= 1 && i <= n {
			return i - 1, nil
		}
		fmt.Fprintln(out, p.Say(text.PulseNumber, "n", strconv.Itoa(n)))
		if err != nil {
			return -1, nil
		}
	}
}

// switchPulse skips the week, or switches the question off or on. The switch
// works without a session, too.
func switchPulse(c *cobra.Command, what string) error {
	paths, words, err := pathsAndWords(c)
	if err != nil {
		return err
	}
	in := session.PulseRequest{Skip: what == "skip"}
	if !in.Skip {
		in.Switch = what
	}
	err = askSession(c, "/v1/pulse", in)
	if errors.Is(err, errNoSession) && !in.Skip {
		today := pulse.DayOf(time.Now())
		var b pulse.Book
		if b, err = pulse.Open(paths.UserState, today); err == nil {
			if b.Off = ""; what == "off" {
				b.Off = today
			}
			err = b.Save(paths.UserState)
		}
	}
	if err != nil {
		return err
	}
	said := map[string]text.Key{"skip": text.PulseSkipped, "off": text.PulseIsOff, "on": text.PulseIsOn}[what]
	_, err = fmt.Fprintln(c.OutOrStdout(), words.Say(said))
	return err
}
