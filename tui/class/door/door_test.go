package door

import (
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// Why a port cannot be had is said with the way out: of one that is taken, and of
// addresses of other machines.
func TestWhy(t *testing.T) {
	first, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	for address, want := range map[string]string{
		first.Addr().String(): "is taken",
		"192.0.2.1:0":         "is no address of this machine", // one of documentation: nothing is sent there
	} {
		in, err := net.Listen("tcp", address)
		if err == nil {
			in.Close()
			t.Fatalf("%s can be had", address)
		}
		if said := Why(address, err).Error(); !strings.HasPrefix(said, address) || !strings.Contains(said, want) {
			t.Errorf("%s: %s, want %s", address, said, want)
		}
	}
}

// What lies there of a class that is gone is replaced, and one that is here can be
// reached.
func TestHere(t *testing.T) {
	dir, err := os.MkdirTemp("", "pf") // the path of a socket is short
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "state", "class-1.sock")
	for range 2 {
		in, err := Here(path)
		if err != nil && runtime.GOOS == "windows" {
			t.Skip("no sockets in folders here: ", err)
		}
		if err != nil {
			t.Fatal(err)
		}
		c, err := net.Dial("unix", path)
		if err != nil {
			t.Fatal(err)
		}
		c.Close()
		in.Close()
	}
}
