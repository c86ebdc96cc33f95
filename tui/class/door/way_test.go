package door

import (
	"bytes"
	"net"
	"slices"
	"strings"
	"testing"
)

// Of each listener the addresses are said at which it is, no others, and who can
// come to them.
func TestWayTo(t *testing.T) {
	ips := func(all ...string) (ips []net.IP) {
		for _, text := range all {
			ips = append(ips, net.ParseIP(text))
		}
		return ips
	}
	own := ips("192.168.7.20", "10.1.2.3", "fd00::7")
	for _, x := range []struct {
		listen string
		own    []net.IP
		join   string
		open   string
	}{
		{"127.0.0.1", own, "ssh -p 2222 127.0.0.1", "Open to this machine only: --listen :2222 opens it to a network."},
		{"::1", own, "ssh -p 2222 ::1", "Open to this machine only: --listen :2222 opens it to a network."},
		{"192.168.7.20", own, "ssh -p 2222 192.168.7.20", "Open to this network: whoever can reach the address can join."},
		{"fd00::7", own, "ssh -p 2222 fd00::7", "Open to this network: whoever can reach the address can join."},
		{"0.0.0.0", own, "ssh -p 2222 192.168.7.20, ssh -p 2222 10.1.2.3", "Open to the networks of these addresses: whoever can reach one can join."},
		{"::", own, "ssh -p 2222 192.168.7.20, ssh -p 2222 10.1.2.3, ssh -p 2222 fd00::7", "Open to the networks of these addresses: whoever can reach one can join."},
		{"::", ips("172.16.0.9"), "ssh -p 2222 172.16.0.9", "Open to this network: whoever can reach the address can join."},
		{"::", ips("100.64.3.4"), "ssh -p 2222 100.64.3.4", "Open to this network: whoever can reach the address can join."},
		{"::", ips("169.254.3.4"), "ssh -p 2222 169.254.3.4", "Open to this network: whoever can reach the address can join."},
		{"::", nil, "ssh -p 2222 localhost", "Open to this machine only: it is in no network."},
		{"0.0.0.0", ips("fd00::7"), "ssh -p 2222 localhost", "Open to this machine only: it is in no network."},
		{"192.0.2.7", own, "ssh -p 2222 192.0.2.7", "Open to this network: whoever can reach the address can join."},
		{"9.9.9.9", own, "ssh -p 2222 9.9.9.9", "Perhaps open to the Internet: 9.9.9.9 is a public address, and whoever can reach it can join."},
		{"::", ips("10.1.2.3", "2620:fe::9"), "ssh -p 2222 10.1.2.3, ssh -p 2222 2620:fe::9", "Perhaps open to the Internet: 2620:fe::9 is a public address, and whoever can reach it can join."},
	} {
		d := wayTo(&net.TCPAddr{IP: net.ParseIP(x.listen), Port: 2222}, x.own)
		if got := strings.Join(d.Join, ", "); got != x.join || d.Open != x.open {
			t.Errorf("%s: %q, %q", x.listen, got, d.Open)
		}
	}
	d := wayTo(&net.TCPAddr{IP: net.ParseIP("fe80::1"), Port: 22, Zone: "eth0"}, nil)
	if !slices.Equal(d.Join, []string{"ssh -p 22 fe80::1%eth0"}) {
		t.Errorf("%q", d.Join)
	}
}

// What a real listener on everything says is real: each address can be reached.
func TestOwnAddressesAreReached(t *testing.T) {
	in, err := net.Listen("tcp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	go func() {
		for {
			c, err := in.Accept()
			if err != nil {
				return
			}
			c.Write([]byte("here"))
			c.Close()
		}
	}()
	_, port, _ := net.SplitHostPort(in.Addr().String())
	for _, ip := range ownAddresses() {
		if ip.IsLoopback() || ip.IsUnspecified() {
			t.Errorf("%v is no address for others", ip)
		}
		c, err := net.Dial("tcp", net.JoinHostPort(ip.String(), port))
		if err != nil {
			t.Errorf("%v cannot be reached: %v", ip, err)
			continue
		}
		b := new(bytes.Buffer)
		b.ReadFrom(c)
		if b.String() != "here" {
			t.Errorf("%v is somebody else", ip)
		}
		c.Close()
	}
}
