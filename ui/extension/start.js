// Starts the guard of this frame, once: scripts may be injected a second time
// into tabs that were open before an install or update.

/** @type {ReturnType<typeof startGuard> | undefined} */
var handrailGuard;

if (!handrailGuard?.alive()) handrailGuard = startGuard("guard");
