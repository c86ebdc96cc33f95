package door

import (
	"net"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// Why nobody can be listened to.
const (
	portTaken     = windows.WSAEADDRINUSE
	portForbidden = windows.WSAEACCES
	noAddress     = windows.WSAEADDRNOTAVAIL
)

// Here listens at a socket in a folder of the user's, which lies in what Windows
// keeps from others. What lies there of a class that is gone is removed first.
func Here(path string) (net.Listener, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	os.Remove(path)
	in, err := net.Listen("unix", path)
	if err != nil {
		return nil, err
	}
	in.(*net.UnixListener).SetUnlinkOnClose(false)
	return in, nil
}
