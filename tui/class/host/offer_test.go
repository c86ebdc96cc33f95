package host

import (
	"bufio"
	"context"
	"encoding/binary"
	"io"
	"net"
	"slices"
	"strings"
	"testing"

	gossh "golang.org/x/crypto/ssh"
)

// serve serves nobody in particular, and returns where, and by which key.
func serve(t *testing.T) (addr string, public gossh.PublicKey) {
	t.Helper()
	key, err := Key("")
	must(t, err)
	signer, err := gossh.ParsePrivateKey(key)
	must(t, err)
	s, err := NewServer(Config{Key: key})
	must(t, err)
	in, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	served := make(chan error, 1)
	go func() { served <- s.Serve(in) }()
	t.Cleanup(func() {
		s.Close(context.Background())
		must(t, <-served)
	})
	return in.Addr().String(), signer.PublicKey()
}

// offered returns the lists of names that a server sends first, in the clear, see
// RFC 4253, 7.1.
func offered(t *testing.T, addr string) (lists [10][]string) {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	must(t, err)
	defer c.Close()
	_, err = io.WriteString(c, "SSH-2.0-a_test\r\n")
	must(t, err)
	in := bufio.NewReader(c)
	_, err = in.ReadString('\n') // its version
	must(t, err)
	var head struct {
		Length  uint32
		Padding uint8
		Message uint8
		Cookie  [16]byte
	}
	must(t, binary.Read(in, binary.BigEndian, &head))
	if head.Message != 20 {
		t.Fatalf("message %d comes first", head.Message)
	}
	for i := range lists {
		var n uint32
		must(t, binary.Read(in, binary.BigEndian, &n))
		names := make([]byte, n)
		_, err := io.ReadFull(in, names)
		must(t, err)
		lists[i] = strings.Split(string(names), ",")
	}
	return lists
}

// What a class offers is what is current: all of it is listed here.
func TestOffersWhatIsCurrent(t *testing.T) {
	addr, _ := serve(t)
	ciphers := []string{"aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "chacha20-poly1305@openssh.com", "aes128-ctr", "aes192-ctr", "aes256-ctr"}
	macs := []string{"hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256", "hmac-sha2-512"}
	want := [10][]string{
		{
			"mlkem768x25519-sha256", "curve25519-sha256", "curve25519-sha256@libssh.org",
			"ecdh-sha2-nistp256", "ecdh-sha2-nistp384", "ecdh-sha2-nistp521", "kex-strict-s-v00@openssh.com",
		},
		{"ssh-ed25519"}, ciphers, ciphers, macs, macs, {"none"}, {"none"}, {""}, {""},
	}
	got := offered(t, addr)
	for i := range want {
		if !slices.Equal(got[i], want[i]) {
			t.Errorf("list %d is %q, want %q", i, got[i], want[i])
		}
		for _, name := range got[i] {
			for _, old := range []string{"sha1", "cbc", "3des", "arcfour", "md5", "ssh-rsa", "ssh-dss"} {
				if strings.Contains(name, old) {
					t.Errorf("%s is offered", name)
				}
			}
		}
	}
	if keys := offer().PublicKeyAuthAlgorithms; !slices.Equal(keys, []string{"ssh-ed25519"}) {
		t.Errorf("clients are told of the signatures %q", keys)
	}
}

// Who knows only what is old does not come in, and what is old is not taken
// because the rest is new.
func TestOldClientsAreRefused(t *testing.T) {
	addr, key := serve(t)
	modern := gossh.Config{
		KeyExchanges: []string{gossh.KeyExchangeCurve25519}, Ciphers: []string{gossh.CipherAES128CTR}, MACs: []string{gossh.HMACSHA256},
	}
	join := func(c gossh.Config, hostKeys ...string) error {
		client, err := gossh.Dial("tcp", addr, &gossh.ClientConfig{
			Config: c, User: "ada", HostKeyCallback: gossh.FixedHostKey(key), HostKeyAlgorithms: hostKeys})
		if err == nil {
			client.Close()
		}
		return err
	}
	if err := join(modern); err != nil {
		t.Fatalf("a client of today is refused: %v", err)
	}
	old := gossh.InsecureAlgorithms()
	for what, all := range map[string][]string{
		"key exchange":            append(old.KeyExchanges, gossh.KeyExchangeDH14SHA256, gossh.KeyExchangeDHGEXSHA256),
		"client to server cipher": old.Ciphers,
		"client to server MAC":    append(old.MACs, gossh.HMACSHA1),
		"host key":                old.HostKeys,
	} {
		for _, name := range all {
			c, hostKeys := modern, []string(nil)
			switch what {
			case "key exchange":
				c.KeyExchanges = []string{name}
			case "host key":
				hostKeys = []string{name}
			case "client to server MAC":
				c.MACs = []string{name}
			default:
				c.Ciphers = []string{name}
			}
			if err := join(c, hostKeys...); err == nil || !strings.Contains(err.Error(), "no common algorithm for "+what) {
				t.Errorf("a client that knows only %s: %v", name, err)
			}
		}
	}
}
