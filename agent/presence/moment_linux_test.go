package presence

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"handrail/agent/desktoptest"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"
)

// patience is how long a test waits for something that has to happen.
const patience = time.Minute

// room is a desktop whose programs a test plays by hand, on message buses of
// its own.
type room struct {
	t               *testing.T
	session, system *dbus.Conn
	locker          *screenSaver
	session1        *prop.Properties // logind's session
	manager         *prop.Properties // logind
	moments         *Moments
}

type screenSaver struct{ active chan bool } // holds one

func (s *screenSaver) GetActive() (bool, *dbus.Error) {
	on := <-s.active
	s.active <- on
	return on, nil
}

type settings struct{ on chan map[string]bool } // holds one

func (s *settings) GetProperty(channel, name string) (dbus.Variant, *dbus.Error) {
	all := <-s.on
	defer func() { s.on <- all }()
	on, there := all[channel+name]
	if !there {
		return dbus.Variant{}, dbus.MakeFailedError(os.ErrNotExist)
	}
	return dbus.MakeVariant(on), nil
}

func startBus(t *testing.T, env string) *dbus.Conn {
	t.Helper()
	desktoptest.Need(t, "dbus-daemon")
	address := "unix:path=" + filepath.Join(t.TempDir(), "bus")
	cmd := exec.Command("dbus-daemon", "--session", "--nofork", "--print-address=1", "--address="+address)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	if _, err := out.Read(make([]byte, 512)); err != nil {
		t.Fatalf("the bus does not say its address: %v", err)
	}
	t.Setenv(env, address)
	conn, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

func own(t *testing.T, conn *dbus.Conn, name string) {
	t.Helper()
	if r, err := conn.RequestName(name, 0); err != nil || r != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("no %s: %v", name, err)
	}
}

func export(t *testing.T, conn *dbus.Conn, path dbus.ObjectPath, of, name string, value any) *prop.Properties {
	t.Helper()
	p, err := prop.Export(conn, path, prop.Map{of: {name: {Value: value, Emit: prop.EmitTrue}}})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// enter starts both buses with a logind and a screen locker that nobody has
// locked yet.
func enter(t *testing.T) *room {
	r := &room{t: t, session: startBus(t, "DBUS_SESSION_BUS_ADDRESS"), system: startBus(t, "DBUS_SYSTEM_BUS_ADDRESS")}
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	r.session1 = export(t, r.system, logindSession, logind+".Session", "LockedHint", false)
	r.manager = export(t, r.system, logindPath, logind+".Manager", "BlockInhibited", "handle-lid-switch")
	own(t, r.system, logind)
	r.locker = &screenSaver{make(chan bool, 1)}
	r.locker.active <- false
	if err := r.session.Export(r.locker, pathOf("org.gnome.ScreenSaver"), "org.gnome.ScreenSaver"); err != nil {
		t.Fatal(err)
	}
	own(t, r.session, "org.gnome.ScreenSaver")
	m, err := OpenMoments()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { m.Close() })
	r.moments = m
	return r
}

// want waits for a state; what is told of it may grow on the way.
func (r *room) want(what string, ok func(State) bool) State {
	r.t.Helper()
	var s State
	for timeout := time.After(patience); ; {
		select {
		case s = <-r.moments.Changes():
			if ok(s) {
				return s
			}
		case <-timeout:
			r.t.Fatalf("not told: %s; last %+v", what, s)
		}
	}
}

func (r *room) lock(on bool) {
	<-r.locker.active
	r.locker.active <- on
	_ = r.session.Emit(pathOf("org.gnome.ScreenSaver"), "org.gnome.ScreenSaver.ActiveChanged", on)
}

func TestLocking(t *testing.T) {
	r := enter(t)
	s := r.want("the first state", func(State) bool { return true })
	if s.Busy() || !s.Told.Locked || !s.Told.Presenting {
		t.Errorf("at the beginning: %+v", s)
	}
	r.lock(true)
	r.want("the locker locks", func(s State) bool { return s.Locked })
	r.lock(false)
	r.want("the locker unlocks", func(s State) bool { return !s.Locked })
	r.session1.SetMust(logind+".Session", "LockedHint", true)
	r.want("logind says locked", func(s State) bool { return s.Locked })
	r.session1.SetMust(logind+".Session", "LockedHint", false)
	r.want("logind says unlocked", func(s State) bool { return !s.Locked })
	// A locker that ends lets go of the screen.
	r.lock(true)
	r.want("locked again", func(s State) bool { return s.Locked })
	if _, err := r.session.ReleaseName("org.gnome.ScreenSaver"); err != nil {
		t.Fatal(err)
	}
	_ = r.session.Export(nil, pathOf("org.gnome.ScreenSaver"), "org.gnome.ScreenSaver")
	r.want("the locker has gone", func(s State) bool { return !s.Locked })
}

func TestTheScreenIsKeptOn(t *testing.T) {
	r := enter(t)
	r.manager.SetMust(logind+".Manager", "BlockInhibited", "handle-lid-switch:idle")
	r.want("an inhibitor", func(s State) bool { return s.Presenting })
	r.manager.SetMust(logind+".Manager", "BlockInhibited", "handle-lid-switch")
	r.want("no inhibitor", func(s State) bool { return !s.Presenting })
}

func TestDoNotDisturb(t *testing.T) {
	r := enter(t)
	first := r.want("the first state", func(State) bool { return true })
	if first.Told.Quiet {
		t.Errorf("nobody runs who could tell: %+v", first)
	}

	plasma := export(t, r.session, notificationsPath, notifications, "Inhibited", true)
	own(t, r.session, notifications)
	r.want("Plasma's", func(s State) bool { return s.Quiet && s.Told.Quiet })
	plasma.SetMust(notifications, "Inhibited", false)
	r.want("Plasma's off", func(s State) bool { return !s.Quiet })

	xfce := &settings{make(chan map[string]bool, 1)}
	xfce.on <- map[string]bool{"xfce4-notifyd/do-not-disturb": true}
	if err := r.session.Export(xfce, xfconfPath, xfconf); err != nil {
		t.Fatal(err)
	}
	own(t, r.session, xfconf)
	r.want("Xfce's", func(s State) bool { return s.Quiet })
	<-xfce.on
	xfce.on <- map[string]bool{"xfce4-power-manager/xfce4-power-manager/presentation-mode": true}
	_ = r.session.Emit(xfconfPath, xfconf+".PropertyRemoved", "xfce4-notifyd", "/do-not-disturb")
	r.want("Xfce's off, and a presentation", func(s State) bool { return !s.Quiet && s.Presenting })
}

func TestDoNotDisturbOfGNOME(t *testing.T) {
	r := enter(t)
	r.want("the first state", func(State) bool { return true })
	// What the file says counts once GNOME runs, and not before.
	path := dconfFile()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile("testdata/dconf-0.40.gvdb")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	own(t, r.session, "org.gnome.Shell")
	r.want("banners are off", func(s State) bool { return s.Quiet && s.Told.Quiet })
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	_ = r.session.Emit("/ca/desrt/dconf/Writer/user", "ca.desrt.dconf.Writer.Notify", "/org/gnome/desktop/notifications/show-banners", []string{""}, "tag")
	r.want("banners are on", func(s State) bool { return !s.Quiet })
}

func TestTheBusGoes(t *testing.T) {
	r := enter(t)
	r.want("the first state", func(State) bool { return true })
	r.moments.session.conn.Close()
	select {
	case _, ok := <-r.moments.Changes():
		for ok {
			_, ok = <-r.moments.Changes()
		}
	case <-time.After(patience):
		t.Fatal("nobody noticed that the bus has gone")
	}
}

func TestNoBus(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "none"))
	if _, err := OpenMoments(); err == nil {
		t.Fatal("watches without a bus")
	}
}
