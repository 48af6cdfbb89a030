//go:build race

package corpus

// raceEnabled makes the tests look at fewer texts where each costs ten times
// as much.
const raceEnabled = true
