package desktoptest

import (
	"os"
	"path/filepath"
)

// trayPanel gives Xfce's panel one plugin, the one that shows icons.
const trayPanel = `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="32"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray">
      <property name="square-icons" type="bool" value="true"/>
    </property>
  </property>
</channel>
`

// Tray starts a panel along the upper edge that shows the icons of programs,
// as a host of StatusNotifierItems. It comes up a while later.
func (d *Desktop) Tray(t TB) {
	t.Helper()
	Need(t, "xfce4-panel")
	settings := filepath.Join(d.Home, ".config/xfce4/xfconf/xfce-perchannel-xml")
	if err := os.MkdirAll(settings, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(settings, "xfce4-panel.xml"), []byte(trayPanel), 0o600); err != nil {
		t.Fatal(err)
	}
	d.Start(t, "xfce4-panel", "--disable-wm-check")
}
