package session

import (
	"context"
	"errors"
	"fmt"
	"net/url"
)

// Desktop opens addresses the way the person's desktop does.
type Desktop struct{}

// Open returns once the desktop has taken the address over.
func (Desktop) Open(ctx context.Context, address string) error { return openOnDesktop(ctx, address) }

// openSafely opens an address of the policy: a web page, by https. Nothing of
// a clip is ever part of it.
func openSafely(ctx context.Context, o Opener, address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil {
		return errors.New("the policy's address is not an https one")
	}
	if err := o.Open(ctx, u.String()); err != nil {
		return fmt.Errorf("opening %s: %w", u.Host, err)
	}
	return nil
}
