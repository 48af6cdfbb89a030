package document

import (
	"fmt"
	"strings"
	"testing"

	"handrail/detect"
)

func BenchmarkSheet(b *testing.B) {
	var s strings.Builder
	for i := 0; s.Len() < maxUnpacked; i++ {
		fmt.Fprintf(&s, `<row r="%d"><c r="A%d" t="str"><v>Ana Rossi</v></c><c r="B%d"><v>%d</v></c></row>`, i, i, i, i*2654435761)
	}
	data := packed(b, "xl/worksheets/sheet1.xml", s.String())
	b.SetBytes(maxUnpacked)
	for b.Loop() {
		if _, _, err := Text(Xlsx, data, detect.MaxText); err != nil {
			b.Fatal(err)
		}
	}
}
