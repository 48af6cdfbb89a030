package main

import (
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"handrail/fleet/store"
)

func secretCommand() *cobra.Command {
	c := &cobra.Command{Use: "secret", Short: "Manage the secrets that laptops join with"}
	c.AddCommand(secretAddCommand())
	return c
}

func secretAddCommand() *cobra.Command {
	var data, label string
	var uses int
	var expires time.Duration
	c := &cobra.Command{
		Use:   "add",
		Short: "Make a secret and print it once",
		Long: `Makes a secret that laptops join with, and prints it. Only its hash is stored,
so it cannot be shown again. A secret serves until the end of its last day (UTC).`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			switch {
			case label == "":
				return errors.New("a secret needs a --label, such as the name of the rollout")
			case uses < 1:
				return errors.New("--uses must be 1 or more")
			case expires <= 0:
				return errors.New("--expires must be in the future, such as 720h")
			}
			path, err := storeFile(data)
			if err != nil {
				return err
			}
			s, err := store.Open(path)
			if err != nil {
				return err
			}
			secret := "hre_" + rand.Text() // 130 random bits
			err = s.AddSecret(c.Context(), store.Secret{Label: label, Hash: sha256.Sum256([]byte(secret)), Uses: uses, Expires: time.Now().Add(expires)})
			if err := errors.Join(err, s.Close()); err != nil {
				return err
			}
			_, err = fmt.Fprintln(c.OutOrStdout(), secret)
			return err
		},
	}
	c.Flags().StringVar(&data, "data", "", "the server's folder")
	c.Flags().StringVar(&label, "label", "", "what the secret is for")
	c.Flags().IntVar(&uses, "uses", 1, "how many laptops may join with it")
	c.Flags().DurationVar(&expires, "expires", 30*24*time.Hour, "how long it serves")
	return c
}
