package browsertest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"handrail/agent/browser"
	"handrail/agent/browsertest"
	"handrail/agent/desktoptest"
)

// clock notes when the key went down and when the text was there.
const clock = `addEventListener("keydown", e => { if (e.key === "v") window.pressed = performance.now() }, true),
	addEventListener("input", () => { window.arrived = performance.now() }, true)`

// BenchmarkPaste prints how long a paste takes, from the key to the text in
// the page, in a textarea: "make bench-browser" runs it 200 times for each
// line. A held paste is judged at once, so that its figure is the browser's,
// the extension's and the relay's.
func BenchmarkPaste(b *testing.B) {
	for name, start := range browsers {
		site := browsertest.Serve(b, host, otherHost)
		d := desktoptest.Start(b, desktoptest.Options{WM: "openbox"})
		medians := map[string]float64{}
		for _, with := range []bool{false, true} {
			var s *browsertest.Session
			o := browsertest.Options{}
			if with {
				s = browsertest.StartSession(b, host)
				o = browsertest.Options{Extension: browsertest.Extension(b, "../../ui/extension"), Host: s.Host}
			}
			br := start(b, d, site, o)
			if with {
				s.Relay(b, 0)
				s.Always(&browser.Verdict{Do: browser.Allow})
			}
			page := br.Open(b, site.URL(host, "textarea"))
			page.Eval(b, clock, nil)
			for _, c := range []struct {
				what string
				size int
				held bool
			}{{"clean", 1 << 10, false}, {"held", 1 << 10, true}, {"held", 100 << 10, true}} {
				if c.held && !with {
					continue
				}
				b.Run(fmt.Sprintf("%s/extension=%v/%s/%dKB", name, with, c.what, c.size>>10), func(b *testing.B) {
					text := strings.Repeat("all work and no play. ", c.size/22+1)[:c.size]
					d.Copy(b, text)
					took := make([]float64, 0, b.N)
					one := func() {
						page.Eval(b, "window.arrived = 0", nil)
						page.Press(b, "ctrl+a", "ctrl+v")
						page.Wait(b, "the paste", "window.arrived > 0")
						var ms float64
						page.Eval(b, "window.arrived - window.pressed", &ms)
						took = append(took, ms)
					}
					if with {
						clip := ""
						if !c.held {
							clip = text
						}
						s.Clean(b, clip)
						one() // the verdict of this paste comes after what is clean
						took = took[:0]
					}
					for range b.N {
						one()
					}
					slices.Sort(took)
					p50, p95 := took[len(took)/2], took[len(took)*95/100]
					b.ReportMetric(p50, "p50-ms")
					b.ReportMetric(p95, "p95-ms")
					b.ReportMetric(0, "ns/op") // the harness's own time says nothing
					if c.what == "clean" {
						medians[fmt.Sprint(with)] = p50
						if with {
							b.ReportMetric(p50/medians["false"], "of-none")
						}
					}
				})
			}
			br.Quit(b)
		}
	}
}
