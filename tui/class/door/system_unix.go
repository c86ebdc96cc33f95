//go:build unix

package door

import (
	"crypto/rand"
	"net"
	"os"
	"path/filepath"
	"syscall"
)

// Why nobody can be listened to.
const (
	portTaken     = syscall.EADDRINUSE
	portForbidden = syscall.EACCES
	noAddress     = syscall.EADDRNOTAVAIL
)

// Here listens at a socket that only this user can reach. What lies there of a
// class that is gone is replaced.
func Here(path string) (net.Listener, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	begun := path + "." + rand.Text()[:4]
	in, err := net.Listen("unix", begun)
	if err != nil {
		return nil, err
	}
	in.(*net.UnixListener).SetUnlinkOnClose(false)
	if err = os.Chmod(begun, 0o600); err == nil { // nobody knows it by this name
		err = os.Rename(begun, path)
	}
	if err != nil {
		in.Close()
		os.Remove(begun)
		return nil, err
	}
	return in, nil
}
