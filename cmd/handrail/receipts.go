package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"handrail/agent/durable"
	"handrail/agent/receipts"
	"handrail/ui/text"
	"handrail/ui/view"
)

func receiptsCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "receipts",
		Short: "Your receipts for AI answers that somebody has checked",
		Long: `When you bring an AI answer to a system that your organisation's policy names, such
as one for hiring, Handrail asks whether a person has checked it. A yes gives you a
receipt: when, for what kind of system, and how, signed with a key of your own. It
holds nothing of the answer. Receipts lie in your own folder and are never sent:
only you can export them.`,
		Example: "  handrail receipts list\n  handrail receipts export checked.json\n  handrail receipts verify checked.json\n  handrail receipts forget",
	}
	add := func(use, short string, args cobra.PositionalArgs, run func(c *cobra.Command, b receipts.Book, words text.Printer, args []string) error) {
		c.AddCommand(&cobra.Command{Use: use, Short: short, Example: "  handrail receipts " + use, Args: usage(args), RunE: func(c *cobra.Command, args []string) error {
			paths, words, err := pathsAndWords(c)
			if err != nil {
				return err
			}
			return run(c, receipts.In(paths.UserState), words, args)
		}})
	}
	add("list", "List them", cobra.NoArgs, listReceipts)
	add("export FILE", "Write them to a file", cobra.ExactArgs(1), exportReceipts)
	add("verify FILE", "Say whether an export is as it was signed", cobra.ExactArgs(1), verifyReceipts)
	add("forget", "Erase them, and their key", cobra.NoArgs, func(c *cobra.Command, b receipts.Book, words text.Printer, _ []string) error {
		if err := b.Forget(); err != nil {
			return err
		}
		_, err := fmt.Fprintln(c.OutOrStdout(), words.Say(text.ReceiptsForgotten))
		return err
	})
	return c
}

func listReceipts(c *cobra.Command, b receipts.Book, words text.Printer, _ []string) error {
	all, err := b.List()
	if err != nil {
		return err
	}
	if len(all) == 0 {
		_, err = fmt.Fprintln(c.OutOrStdout(), words.Say(text.ReceiptsEmpty))
		return err
	}
	for _, r := range all {
		fmt.Fprintln(c.OutOrStdout(), view.Receipt(words.Time(r.At.In(time.Local)), r.Stake, r.How, words))
	}
	return nil
}

func exportReceipts(c *cobra.Command, b receipts.Book, words text.Printer, args []string) error {
	all, err := b.List()
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return errors.New(words.Say(text.ReceiptsEmpty))
	}
	if _, err := os.Stat(args[0]); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("exporting your receipts: %s is there already: choose another name", args[0])
	}
	raw, err := receipts.Format(all)
	if err == nil {
		err = durable.Replace(args[0], raw, 0o600)
	}
	if err != nil {
		return fmt.Errorf("exporting your receipts: %w", err)
	}
	_, err = fmt.Fprintln(c.OutOrStdout(), words.Count(text.ReceiptsExported, len(all), "file", args[0]))
	return err
}

func verifyReceipts(c *cobra.Command, b receipts.Book, words text.Printer, args []string) error {
	raw, err := os.ReadFile(args[0])
	if err != nil {
		return fmt.Errorf("reading receipts: %w", err)
	}
	all, err := receipts.Parse(raw)
	if err == nil && len(all) == 0 {
		err = errors.New("there is no receipt in it")
	}
	if err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	whose, yours := text.ReceiptsYours, b.Public()
	for i, r := range all {
		if !r.Verify() {
			return fmt.Errorf("%s: receipt %d is not as it was signed: ask for the file again", args[0], i+1)
		}
		if !slices.Equal(r.Key, yours) {
			whose = text.ReceiptsOther
		}
	}
	_, err = fmt.Fprintf(c.OutOrStdout(), "%s %s\n", words.Count(text.ReceiptsGood, len(all)), words.Say(whose))
	return err
}
