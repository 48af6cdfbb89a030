package presence

import (
	"context"
	"strings"

	"github.com/godbus/dbus/v5"
)

// question asks one program about one part of a moment.
type question struct {
	part func(*Moment) *bool
	ask  func(context.Context) (on, told bool)
}

func locked(m *Moment) *bool     { return &m.Locked }
func quiet(m *Moment) *bool      { return &m.Quiet }
func presenting(m *Moment) *bool { return &m.Presenting }
func inCall(m *Moment) *bool     { return &m.InCall }

// screenSavers are the programs that lock screens and say so: an interface, its
// name and its path are spelled alike.
var screenSavers = []string{"org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver", "org.xfce.ScreenSaver"}

const (
	// https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html
	logind        = "org.freedesktop.login1"
	logindPath    = dbus.ObjectPath("/org/freedesktop/login1")
	logindSession = dbus.ObjectPath("/org/freedesktop/login1/session/auto") // the caller's own

	notifications     = "org.freedesktop.Notifications"
	notificationsPath = dbus.ObjectPath("/org/freedesktop/Notifications")

	// https://docs.xfce.org/xfce/xfce4-notifyd and xfce4-power-manager keep their
	// settings here.
	xfconf     = "org.xfce.Xfconf"
	xfconfPath = dbus.ObjectPath("/org/xfce/Xfconf")

	// https://gitlab.gnome.org/GNOME/gnome-session: IsInhibited(8) asks whether a
	// program keeps the session from counting as idle.
	gnomeSession     = "org.gnome.SessionManager"
	gnomeSessionPath = dbus.ObjectPath("/org/gnome/SessionManager")
	inhibitIdle      = uint32(8)

	// https://invent.kde.org/plasma/powerdevil: HasInhibition(4) asks whether a
	// program keeps the screen as it is.
	kdePower      = "org.kde.Solid.PowerManagement.PolicyAgent"
	kdePowerName  = "org.kde.Solid.PowerManagement"
	kdePowerPath  = dbus.ObjectPath("/org/kde/Solid/PowerManagement/PolicyAgent")
	inhibitScreen = uint32(4)

	properties = "org.freedesktop.DBus.Properties"
)

func pathOf(name string) dbus.ObjectPath {
	return dbus.ObjectPath("/" + strings.ReplaceAll(name, ".", "/"))
}

// xfconfSettings are those of Xfce that say something about a moment, and the
// channel that each is in.
var xfconfSettings = []struct {
	channel, property string
	part              func(*Moment) *bool
}{
	{"xfce4-notifyd", "/do-not-disturb", quiet},
	{"xfce4-power-manager", "/xfce4-power-manager/presentation-mode", presenting},
}

// dconfSettings are those of GNOME and Cinnamon that say whether notifications
// are shown: no bus tells, only the file of the settings. What was left there
// by a desktop that doesn't run now is not asked.
var dconfSettings = []struct{ desktop, key string }{
	{"org.gnome.Shell", "/org/gnome/desktop/notifications/show-banners"},
	{"org.Cinnamon", "/org/cinnamon/desktop/notifications/display-notifications"},
}

func (m *Moments) questions() []question {
	b := m.session
	all := []question{
		{locked, func(ctx context.Context) (bool, bool) {
			return property[bool](ctx, m.system, logind, logindSession, logind+".Session", "LockedHint")
		}},
		{presenting, func(ctx context.Context) (bool, bool) {
			what, told := property[string](ctx, m.system, logind, logindPath, logind+".Manager", "BlockInhibited")
			return inList(what, "idle"), told
		}},
		{presenting, func(ctx context.Context) (bool, bool) {
			return first[bool](b.call(ctx, gnomeSession, gnomeSessionPath, gnomeSession+".IsInhibited", inhibitIdle))
		}},
		{presenting, func(ctx context.Context) (bool, bool) {
			return first[bool](b.call(ctx, kdePowerName, kdePowerPath, kdePower+".HasInhibition", inhibitScreen))
		}},
		// Plasma's, and dunst's.
		{quiet, func(ctx context.Context) (bool, bool) {
			return property[bool](ctx, b, notifications, notificationsPath, notifications, "Inhibited")
		}},
		{quiet, func(ctx context.Context) (bool, bool) {
			return property[bool](ctx, b, notifications, notificationsPath, "org.dunstproject.cmd0", "paused")
		}},
		{inCall, func(context.Context) (bool, bool) { return m.devices.inUse() }},
	}
	for _, name := range screenSavers {
		all = append(all, question{locked, func(ctx context.Context) (bool, bool) {
			return first[bool](b.call(ctx, name, pathOf(name), name+".GetActive"))
		}})
	}
	for _, s := range xfconfSettings {
		all = append(all, question{s.part, func(ctx context.Context) (bool, bool) {
			on, _ := first[bool](b.call(ctx, xfconf, xfconfPath, xfconf+".GetProperty", s.channel, s.property))
			return on, b.runs(ctx, xfconf) // a setting that was never made is off
		}})
	}
	for _, s := range dconfSettings {
		all = append(all, question{quiet, func(ctx context.Context) (bool, bool) {
			if !b.runs(ctx, s.desktop) {
				return false, false
			}
			shown, set, err := dconfBool(dconfFile(), s.key)
			return set && !shown, err == nil
		}})
	}
	return all
}

// inList tells whether a list with colons holds a word.
func inList(list, word string) bool {
	for w := range strings.SplitSeq(list, ":") {
		if w == word {
			return true
		}
	}
	return false
}

// sessionMatches are the signals after which the session's bus is asked again.
func sessionMatches() [][]dbus.MatchOption {
	matches := [][]dbus.MatchOption{
		{dbus.WithMatchInterface(properties), dbus.WithMatchMember("PropertiesChanged"), dbus.WithMatchObjectPath(notificationsPath)},
		{dbus.WithMatchInterface(gnomeSession), dbus.WithMatchMember("InhibitorAdded")},
		{dbus.WithMatchInterface(gnomeSession), dbus.WithMatchMember("InhibitorRemoved")},
		{dbus.WithMatchInterface(kdePower), dbus.WithMatchMember("InhibitionsChanged")},
	}
	for _, name := range screenSavers {
		matches = append(matches, []dbus.MatchOption{dbus.WithMatchInterface(name), dbus.WithMatchMember("ActiveChanged")})
	}
	for _, s := range xfconfSettings {
		for _, member := range []string{"PropertyChanged", "PropertyRemoved"} {
			matches = append(matches, []dbus.MatchOption{dbus.WithMatchInterface(xfconf), dbus.WithMatchMember(member), dbus.WithMatchArg(0, s.channel), dbus.WithMatchArg(1, s.property)})
		}
	}
	for _, s := range dconfSettings {
		folder := s.key[:strings.LastIndexByte(s.key, '/')+1]
		matches = append(matches, []dbus.MatchOption{dbus.WithMatchInterface("ca.desrt.dconf.Writer"), dbus.WithMatchMember("Notify"), dbus.WithMatchArgPath(0, folder)})
	}
	// Somebody who answers may come and go.
	for _, name := range append([]string{notifications, xfconf, gnomeSession, kdePowerName, dconfSettings[0].desktop, dconfSettings[1].desktop}, screenSavers...) {
		matches = append(matches, []dbus.MatchOption{dbus.WithMatchInterface("org.freedesktop.DBus"), dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, name)})
	}
	return matches
}

// systemMatches are the signals after which logind is asked again.
func systemMatches() [][]dbus.MatchOption {
	return [][]dbus.MatchOption{
		{dbus.WithMatchInterface(properties), dbus.WithMatchMember("PropertiesChanged"), dbus.WithMatchPathNamespace(logindPath)},
	}
}
