package desktoptest

// TB is what a desktop needs of a test. A *testing.T is one; so is the stage
// on which the demo plays for people.
type TB interface {
	Helper()
	Logf(format string, args ...any)
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Skipf(format string, args ...any)
	Cleanup(func())
	TempDir() string
}
