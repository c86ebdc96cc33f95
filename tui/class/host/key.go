package host

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	gossh "golang.org/x/crypto/ssh"

	"photofinish/report/disk"
)

const keyFile = "class_host_ed25519"

// Key returns the key by which students recognise this class, as PEM. It
// is made once and kept in a folder, where only its owner can read it; with
// "" for the folder it is made for this time only.
func Key(dir string) ([]byte, error) {
	if dir == "" {
		return newKey()
	}
	path := filepath.Join(dir, keyFile)
	key, err := readKey(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	if key, err = newKey(); err != nil {
		return nil, err
	}
	return key, disk.Keep(path, key)
}

// readKey reads a key that nobody else can read.
func readKey(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular() || info.Size() > 1<<16:
		return nil, fmt.Errorf("%s: is no host key", path)
	case info.Mode().Perm()&0o077 != 0:
		return nil, fmt.Errorf("%s: others can read this host key: chmod 600 it, or remove it and a new one is made", path)
	}
	key, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	signer, err := gossh.ParsePrivateKey(key)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: is no host key: remove it and a new one is made", path)
	case signer.PublicKey().Type() != gossh.KeyAlgoED25519: // an RSA key may be asked to sign with SHA-1
		return nil, fmt.Errorf("%s: is no ed25519 key: remove it and a new one is made", path)
	}
	return key, nil
}

func newKey() ([]byte, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	block, err := gossh.MarshalPrivateKey(private, "")
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(block), nil
}

// Fingerprint returns what an ssh client shows of a host key when it sees it
// for the first time.
func Fingerprint(key []byte) string {
	signer, err := gossh.ParsePrivateKey(key)
	if err != nil {
		return ""
	}
	return gossh.FingerprintSHA256(signer.PublicKey())
}
