package desktoptest

import (
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
)

// Proxy stands between a client and the X server: it counts what the client
// sends, can stop answering, and can go away as a crashed server does.
type Proxy struct {
	Display string // for DISPLAY

	sent    atomic.Int64
	l       net.Listener
	mu      sync.Mutex
	conns   []net.Conn
	stalled chan struct{} // closed to let the server's answers through again
	wg      sync.WaitGroup
}

// Proxy starts a proxy in front of the desktop's X server.
func (d *Desktop) Proxy(t TB) *Proxy {
	t.Helper()
	dir, err := os.MkdirTemp("", "x") // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	p := &Proxy{Display: filepath.Join(dir, "x") + ":0"}
	if p.l, err = net.Listen("unix", p.Display); err != nil {
		t.Fatal(err)
	}
	open := make(chan struct{})
	close(open)
	p.stalled = open
	p.wg.Add(1)
	go p.accept("/tmp/.X11-unix/X" + d.Display[1:])
	t.Cleanup(p.Close)
	return p
}

// Sent returns how many bytes clients have sent so far. When it does not
// change, no request was made.
func (p *Proxy) Sent() int64 { return p.sent.Load() }

// Stall holds back what the server says until the returned function is called,
// as a hanging server does.
func (p *Proxy) Stall() (resume func()) {
	held := make(chan struct{})
	p.mu.Lock()
	p.stalled = held
	p.mu.Unlock()
	return sync.OnceFunc(func() { close(held) })
}

// Close breaks every connection and takes no more.
func (p *Proxy) Close() {
	p.l.Close()
	p.mu.Lock()
	for _, c := range p.conns {
		c.Close()
	}
	p.conns = nil
	select {
	case <-p.stalled:
	default:
		close(p.stalled)
	}
	p.mu.Unlock()
	p.wg.Wait()
}

func (p *Proxy) accept(server string) {
	defer p.wg.Done()
	for {
		client, err := p.l.Accept()
		if err != nil {
			return
		}
		x, err := net.Dial("unix", server)
		if err != nil {
			client.Close()
			continue
		}
		p.mu.Lock()
		p.conns = append(p.conns, client, x)
		p.mu.Unlock()
		p.wg.Add(2)
		go func() {
			defer p.wg.Done()
			defer x.Close()
			_, _ = io.Copy(x, counted{client, &p.sent})
		}()
		go func() {
			defer p.wg.Done()
			defer client.Close()
			_, _ = io.Copy(held{client, p}, x)
		}()
	}
}

type counted struct {
	io.Reader
	n *atomic.Int64
}

func (c counted) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.n.Add(int64(n))
	return n, err
}

type held struct {
	io.Writer
	p *Proxy
}

func (h held) Write(b []byte) (int, error) {
	h.p.mu.Lock()
	stalled := h.p.stalled
	h.p.mu.Unlock()
	<-stalled
	return h.Writer.Write(b)
}
