package class

import (
	"cmp"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/term"
	gossh "golang.org/x/crypto/ssh"
)

// onceKey lets whoever says it have the console, once: then it is another one.
type onceKey struct {
	mu   sync.Mutex
	word string
}

// Key returns the key that opens the console next.
func (k *onceKey) Key() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.word == "" {
		k.word = drawKey()
	}
	return k.word
}

// use reports whether this is the key, and if so changes it.
func (k *onceKey) use(tried []byte) bool {
	is := subtle.ConstantTimeCompare([]byte(k.Key()), []byte(strings.ToLower(strings.TrimSpace(string(tried))))) == 1
	if is {
		k.mu.Lock()
		k.word = ""
		k.mu.Unlock()
	}
	return is
}

// drawKey draws eight letters, none of which looks like another.
func drawKey() string {
	const letters = "abcdefghjkmnpqrstuvwxyz"
	var key []byte
	for b := make([]byte, 1); len(key) < 8; {
		if rand.Read(b); int(b[0]) < 256/len(letters)*len(letters) {
			key = append(key, letters[int(b[0])%len(letters)])
		}
	}
	return string(key)
}

// admits lets a client in: students without a word, the teacher from this machine or
// with the key.
func (s *Server) admits(l *line, c *gossh.ServerConfig) {
	c.NoClientAuthCallback = func(who gossh.ConnMetadata) (*gossh.Permissions, error) {
		if reserved(who.User()) && !l.local {
			return nil, errors.New("the teacher has a key")
		}
		return nil, nil
	}
	if s.Console == nil {
		return
	}
	c.PasswordCallback = func(who gossh.ConnMetadata, word []byte) (*gossh.Permissions, error) {
		if !reserved(who.User()) || !s.Hub.key.use(word) {
			return nil, errors.New("that is not the key")
		}
		return nil, nil
	}
}

// socketOf returns where the class that listens at a port has its console.
func socketOf(dir, listen string) (string, error) {
	_, port, err := net.SplitHostPort(listen)
	if err != nil || dir == "" {
		return "", errors.New("there is no place for the socket of a console")
	}
	return filepath.Join(dir, "class-"+port+".sock"), nil
}

// Console shows the console of the class on this machine that listens at an address,
// whose state lies in a folder, until it ends. An error means that there is no such
// class, or that the terminal cannot be used.
func Console(dir, listen string, in, out *os.File) error {
	path, err := socketOf(dir, listen)
	if err != nil {
		return err
	}
	conn, err := net.Dial("unix", path)
	if err != nil {
		return fmt.Errorf("no class of yours listens at %s here: begin one in another terminal, or say with --listen where it does", listen)
	}
	defer conn.Close()
	key, err := HostKey(dir)
	if err != nil {
		return err
	}
	signer, err := gossh.ParsePrivateKey(key)
	if err != nil {
		return err
	}
	c, chans, reqs, err := gossh.NewClientConn(conn, path, &gossh.ClientConfig{User: Teacher, HostKeyCallback: gossh.FixedHostKey(signer.PublicKey())})
	if err != nil {
		return fmt.Errorf("the class does not let the console in: %w", err)
	}
	return attach(gossh.NewClient(c, chans, reqs), in, out)
}

// attach joins a terminal to a session.
func attach(client *gossh.Client, in, out *os.File) error {
	defer client.Close()
	session, err := client.NewSession()
	if err != nil {
		return err
	}
	w, h, err := term.GetSize(out.Fd())
	if err != nil {
		return err
	}
	for _, name := range colourEnv {
		if value, set := os.LookupEnv(name); set {
			session.Setenv(name, value)
		}
	}
	if err := session.RequestPty(cmp.Or(os.Getenv("TERM"), "xterm-256color"), h, w, gossh.TerminalModes{}); err != nil {
		return err
	}
	was, err := term.MakeRaw(in.Fd())
	if err != nil {
		return err
	}
	defer term.Restore(in.Fd(), was)
	keys, err := session.StdinPipe()
	if err != nil {
		return err
	}
	session.Stdout, session.Stderr = out, out
	if err := session.Shell(); err != nil {
		return err
	}
	over := make(chan struct{})
	defer close(over)
	go io.Copy(keys, in)
	go follow(session, out, w, h, over)
	var left *gossh.ExitMissingError
	if err := session.Wait(); err != nil && !errors.As(err, &left) {
		return err
	}
	return nil
}

// follow tells a session of the sizes that a terminal comes to have.
func follow(session *gossh.Session, out *os.File, w, h int, over <-chan struct{}) {
	tick := time.NewTicker(time.Second / 4)
	defer tick.Stop()
	for {
		select {
		case <-over:
			return
		case <-tick.C:
		}
		if now, high, err := term.GetSize(out.Fd()); err == nil && (now != w || high != h) {
			w, h = now, high
			session.WindowChange(h, w)
		}
	}
}
