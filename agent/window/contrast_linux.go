package window

import (
	"context"
	"os"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"
)

// portalPatience is how long the desktop may take to say how it looks. A window
// waits for it once, before it is warm.
const portalPatience = time.Second

// HighContrast says whether the person's desktop is set to high contrast, by the
// settings portal (org.freedesktop.appearance, contrast 1) or by the name of the
// GTK theme. A desktop that can't say has none.
func HighContrast() bool {
	if strings.HasPrefix(os.Getenv("GTK_THEME"), "HighContrast") {
		return true
	}
	ctx, cancel := context.WithTimeout(context.Background(), portalPatience)
	defer cancel()
	bus, err := dbus.ConnectSessionBus(dbus.WithContext(ctx))
	if err != nil {
		return false
	}
	defer bus.Close()
	var v dbus.Variant
	portal := bus.Object("org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop")
	if portal.CallWithContext(ctx, "org.freedesktop.portal.Settings.Read", 0, "org.freedesktop.appearance", "contrast").Store(&v) != nil {
		return false
	}
	for {
		inner, nested := v.Value().(dbus.Variant) // Read wraps its answer twice
		if !nested {
			n, _ := v.Value().(uint32)
			return n == 1
		}
		v = inner
	}
}
