package host

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"

	gossh "golang.org/x/crypto/ssh"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestHostKey(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "state")
	first, err := Key(dir)
	must(t, err)
	second, err := Key(dir)
	must(t, err)
	if !bytes.Equal(first, second) || !strings.HasPrefix(Fingerprint(first), "SHA256:") {
		t.Error("the host key is another one the second time")
	}
	path := filepath.Join(dir, keyFile)
	info, err := os.Stat(path)
	must(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("others can read the host key: %v", info.Mode())
	}
	must(t, os.Chmod(path, 0o644))
	if _, err := Key(dir); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("a host key that others can read: %v", err)
	}
	must(t, os.Chmod(path, 0o600))
	must(t, os.WriteFile(path, []byte("nonsense"), 0o600))
	if _, err := Key(dir); err == nil {
		t.Error("nonsense is a host key")
	}
}

// Another key than one for ed25519 is not taken, however good it is otherwise:
// an RSA key may be asked to sign by SHA-1.
func TestHostKeyIsEd25519(t *testing.T) {
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	must(t, err)
	ecKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	for _, key := range []any{rsaKey, ecKey} {
		block, err := gossh.MarshalPrivateKey(key, "")
		must(t, err)
		dir := t.TempDir()
		must(t, os.WriteFile(filepath.Join(dir, keyFile), pem.EncodeToMemory(block), 0o600))
		if _, err := Key(dir); err == nil || !strings.Contains(err.Error(), "is no ed25519 key: remove it and a new one is made") {
			t.Errorf("%T: %v", key, err)
		}
	}
}
