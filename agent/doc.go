// Package agent is the architecture page of what runs on the laptop. It holds
// no code; `go doc ./agent` shows it.
//
// # Processes
//
//	handrail service run   the background service, one a device, an unprivileged
//	                       account of its own: policy, enrolment, health, the
//	                       spool of reports, the device's ledger
//	handrail session       one in each desktop session, as the employee:
//	                       clipboard, focus, detection, the nudge decision, the
//	                       person's tally and ledger, the tray icon
//	handrail-ui            the session's child: the Fyne windows, nothing else
//
// Detection sits in the session because a service has no clipboard, and because
// this way pasted text never crosses from one account to another. Fyne sits in
// a process of its own because it is heavy, because graphics drivers crash, and
// because the process that draws then never holds what was copied: no message
// of its protocol (agent/card) has a field for text of a clip.
//
// # The straight line of the main job
//
//	clip.Change ─┐
//	focus.Change ┴> session ─> catalog.Lookup ─> clip.Read ─> paste.Assess ─> nudge.Step ─> window.Show
//	             (approved, or no AI tool: stop, nothing is read)               │ answer
//	                                                                            v
//	server <── spool <── service <── ledger <── report <── tally <── outcome <─ nudge.Step
//
// The clipboard is not read until an AI tool that is not approved has the
// keyboard. At copy time only a sequence number, the time and the source
// process are noted. A clip that a password manager marked as concealed is
// never read. One exception: while Safe Paste keeps values, what is copied in an
// AI tool's window, approved or not, is looked at for its tokens, so that the
// values can be put back.
//
// # Decide, then act
//
// nudge.Step(State, Event) (State, []Effect) is pure; time is part of the
// event. The session's engine owns the state in one goroutine, without a mutex,
// and performs the effects in one switch.
//
// # What may leave
//
// agent/report is the only schema. Behaviour reports are about nobody: cells of
// closed lists, always the same size, also when nothing happened. Health
// reports name the device and hold no behaviour and no time. The exact bytes
// are appended to a ledger and synced before they are handed on; what isn't in
// a ledger can't leave. The person's ledger lies in their own folder, the
// device's is readable by everybody on it.
//
// # When something breaks
//
// People still paste: Handrail fails open for work. It fails closed for data:
// what can't be written to the ledger isn't sent. Sensors and windows are
// restarted with a bounded back-off; meanwhile coverage says what isn't seen,
// and a nudge is a native notification. No core dumps, and a panic prints
// function names and lines, never a value (agent/nodump).
package agent
