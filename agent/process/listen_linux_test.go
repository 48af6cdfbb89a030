package process

import "testing"

func TestLocal(t *testing.T) {
	for s, want := range map[string]string{
		"0100007F:2CAA":                         "127.0.0.1:11434",
		"00000000:04D2":                         "127.0.0.1:1234",
		"00000000000000000000000001000000:1F90": "[::1]:8080",
		"0000000000000000FFFF00000100007F:0050": "127.0.0.1:80",
		"0A00A8C0:1F90":                         "", // 192.168.0.10
		"0100007F":                              "", "x:y": "", "": "",
	} {
		at, ok := local(s)
		if ok != (want != "") || ok && at.String() != want {
			t.Errorf("%q: got %v, %v; want %q", s, at, ok, want)
		}
	}
}
