package door

import (
	"net"
	"net/netip"
	"slices"
	"strings"
)

// Way says how to come to a class.
type Way struct {
	Join []string // the commands with which students join
	Open string   // to whom it is open, in a sentence
}

// As returns a command with which somebody of a name comes.
func (w Way) As(user string) string {
	if len(w.Join) == 0 {
		return "ssh " + user + "@…"
	}
	i := strings.LastIndexByte(w.Join[0], ' ') + 1
	return w.Join[0][:i] + user + "@" + w.Join[0][i:]
}

// To returns the way to a listener on this machine.
func To(a net.Addr) Way { return wayTo(a, ownAddresses()) }

// wayTo returns where a listener is to be found, on a machine with these
// addresses: at all of them, or at the one that it is bound to.
func wayTo(a net.Addr, own []net.IP) Way {
	tcp, is := a.(*net.TCPAddr)
	if !is {
		return Way{}
	}
	host, port, _ := net.SplitHostPort(a.String())
	join := func(host string) string { return "ssh -p " + port + " " + host }
	switch {
	case tcp.IP.IsLoopback():
		return Way{[]string{join(host)}, "Open to this machine only: --listen :" + port + " opens it to a network."}
	case !tcp.IP.IsUnspecified():
		own = []net.IP{tcp.IP}
	case tcp.IP.To4() != nil:
		own = slices.DeleteFunc(slices.Clone(own), func(ip net.IP) bool { return ip.To4() == nil })
	}
	d := Way{Open: "Open to this network: whoever can reach the address can join."}
	switch i := slices.IndexFunc(own, public); {
	case len(own) == 0:
		return Way{[]string{join("localhost")}, "Open to this machine only: it is in no network."}
	case i >= 0:
		d.Open = "Perhaps open to the Internet: " + own[i].String() + " is a public address, and whoever can reach it can join."
	case len(own) > 1:
		d.Open = "Open to the networks of these addresses: whoever can reach one can join."
	}
	for _, ip := range own {
		d.Join = append(d.Join, join((&net.IPAddr{IP: ip, Zone: tcp.Zone}).String()))
	}
	return d
}

// local are networks besides the private ones that are in no part of the
// Internet: between a provider and its customers (RFC 6598), of benchmarks (RFC
// 2544), and of documentation (RFC 5737, RFC 3849).
var local = []netip.Prefix{
	netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("2001:db8::/32"),
}

// public reports whether an address is one that the whole Internet knows.
func public(ip net.IP) bool {
	a, _ := netip.AddrFromSlice(ip)
	a = a.Unmap()
	return a.IsGlobalUnicast() && !a.IsPrivate() && !slices.ContainsFunc(local, func(p netip.Prefix) bool { return p.Contains(a) })
}

// ownAddresses returns those by which other machines can reach this one, those
// that are easily typed first.
func ownAddresses() (own []net.IP) {
	all, _ := net.Interfaces()
	for _, i := range all {
		if i.Flags&net.FlagUp == 0 || i.Flags&net.FlagLoopback != 0 {
			continue
		}
		addrs, _ := i.Addrs()
		for _, a := range addrs {
			n, is := a.(*net.IPNet)
			linkLocal := is && n.IP.To4() == nil && n.IP.IsLinkLocalUnicast() // it goes by another name on each machine
			if is && !n.IP.IsLoopback() && !linkLocal {
				own = append(own, n.IP)
			}
		}
	}
	slices.SortStableFunc(own, func(a, b net.IP) int { return len(b.To4()) - len(a.To4()) })
	return own
}
