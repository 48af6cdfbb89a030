package console

import (
	"handrail/agent/report"
	"handrail/fleet/store"
)

func device(id report.DeviceID, h report.Health, day string) store.Device {
	return store.Device{ID: id, Version: string(h.Agent), Platform: h.Platform, LastSeen: day, Health: &h}
}
