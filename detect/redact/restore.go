package redact

import (
	"bytes"

	"handrail/detect/secret"
)

// Restore puts back what the tokens in a text stand for, and says how many it
// put back. A token that isn't this session's is left as it is. The text it
// returns is the caller's to wipe.
func (r *Redactor) Restore(text []byte) (*secret.Text, int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := make([]byte, 0, len(text)+64)
	n := 0
	for len(text) > 0 {
		i := bytes.IndexByte(text, '[')
		if i < 0 {
			break
		}
		out = append(grow(out, i), text[:i]...)
		text = text[i:]
		if end := bytes.IndexByte(text[:min(len(text), maxToken)], ']'); end > 0 {
			if o, ok := r.values[string(text[:end+1])]; ok {
				out = append(grow(out, o.text.Len()), o.text.Bytes()...)
				text = text[end+1:]
				n++
				continue
			}
		}
		out = append(grow(out, 1), '[')
		text = text[1:]
	}
	return secret.New(append(grow(out, len(text)), text...)), n
}
