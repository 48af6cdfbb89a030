package browser

import (
	"encoding/binary"
	"errors"
	"io"
)

// ErrTooLong ends a connection on which a frame over its limit is announced.
var ErrTooLong = errors.New("a browser's frame is longer than allowed")

const head = 4 // bytes of a frame's length, little-endian

// firstBuffer is how much is made ready for a frame before any of it is there:
// a length alone must cost nobody 64 MiB.
const firstBuffer = 64 << 10

// ReadFrame returns the next frame, without its length. It returns io.EOF only
// where a frame could have begun. The caller wipes what it gets; what is left
// over on the way is wiped here.
func ReadFrame(r io.Reader, limit int) ([]byte, error) {
	n, err := readLength(r, limit)
	if err != nil {
		return nil, err
	}
	b := make([]byte, 0, min(n, firstBuffer))
	for len(b) < n {
		if len(b) == cap(b) {
			grown := make([]byte, len(b), min(n, 4*cap(b)))
			copy(grown, b)
			clear(b)
			b = grown
		}
		got, err := r.Read(b[len(b):min(n, cap(b))])
		b = b[:len(b)+got]
		if err != nil && len(b) < n {
			clear(b)
			return nil, unexpected(err)
		}
	}
	return b, nil
}

// WriteFrame writes a frame with its length.
func WriteFrame(w io.Writer, b []byte, limit int) error {
	if len(b) > limit {
		return ErrTooLong
	}
	var length [head]byte
	binary.LittleEndian.PutUint32(length[:], uint32(len(b)))
	if _, err := w.Write(length[:]); err != nil {
		return err
	}
	_, err := w.Write(b)
	return err
}

// CopyFrames passes frames on as they come, without holding any as a whole,
// until one is over the limit, or either side ends. The end of r between two
// frames is no error.
func CopyFrames(w io.Writer, r io.Reader, limit int) error {
	buf := make([]byte, firstBuffer)
	defer clear(buf)
	for {
		n, err := readLength(r, limit)
		if err != nil {
			if err == io.EOF {
				return nil
			}
			return err
		}
		binary.LittleEndian.PutUint32(buf, uint32(n))
		if _, err := w.Write(buf[:head]); err != nil {
			return err
		}
		for n > 0 {
			got, err := r.Read(buf[:min(n, len(buf))])
			n -= got
			if _, err := w.Write(buf[:got]); err != nil {
				return err
			}
			if err != nil && n > 0 {
				return unexpected(err)
			}
		}
	}
}

func readLength(r io.Reader, limit int) (int, error) {
	var length [head]byte
	if _, err := io.ReadFull(r, length[:]); err != nil {
		return 0, err
	}
	n := binary.LittleEndian.Uint32(length[:])
	if uint64(n) > uint64(limit) {
		return 0, ErrTooLong
	}
	return int(n), nil
}

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
