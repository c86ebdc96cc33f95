package host

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/charmbracelet/x/term"
	gossh "golang.org/x/crypto/ssh"

	"photofinish/tui/class/door"
)

// socketOf returns where the class that listens at a port has its console.
func socketOf(dir, listen string) (string, error) {
	_, port, err := net.SplitHostPort(listen)
	if err != nil || dir == "" {
		return "", errors.New("there is no place for the socket of a console")
	}
	return filepath.Join(dir, "class-"+port+".sock"), nil
}

// Here lets the console in from this machine, by a socket in a folder, until the
// function that it returns is called. The class listens at an address.
func (s *Server) Here(dir, listen string) (end func(), err error) {
	path, err := socketOf(dir, listen)
	if err != nil {
		return nil, err
	}
	in, err := door.Here(path)
	if err != nil {
		return nil, err
	}
	served := make(chan error, 1)
	go func() { served <- s.Serve(in) }()
	return func() {
		in.Close()
		<-served
		os.Remove(path)
	}, nil
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
	key, err := Key(dir)
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
