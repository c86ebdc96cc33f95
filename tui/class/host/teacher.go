package host

import (
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"strings"
	"sync"

	gossh "golang.org/x/crypto/ssh"
)

// Teacher is who has the console, as they say it to ssh.
const Teacher = "teacher"

// reserved reports whether somebody says that they are the teacher.
func reserved(user string) bool { return strings.EqualFold(strings.TrimSpace(user), Teacher) }

// onceWord lets whoever says it have the console, once: then it is another one.
type onceWord struct {
	mu   sync.Mutex
	word string
}

// Word returns the word that opens the console next, instead of a password.
func (s *Server) Word() string {
	s.word.mu.Lock()
	defer s.word.mu.Unlock()
	return s.word.now()
}

// now returns the word. The lock is held.
func (w *onceWord) now() string {
	if w.word == "" {
		w.word = drawWord()
	}
	return w.word
}

func (w *onceWord) use(tried []byte) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	is := subtle.ConstantTimeCompare([]byte(w.now()), []byte(strings.ToLower(strings.TrimSpace(string(tried))))) == 1
	if is {
		w.word = ""
	}
	return is
}

// drawWord draws eight letters, none of which looks like another.
func drawWord() string {
	const letters = "abcdefghjkmnpqrstuvwxyz"
	var word []byte
	for b := make([]byte, 1); len(word) < 8; {
		if rand.Read(b); int(b[0]) < 256/len(letters)*len(letters) {
			word = append(word, letters[int(b[0])%len(letters)])
		}
	}
	return string(word)
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
		if !reserved(who.User()) || !s.word.use(word) {
			return nil, errors.New("that is not the key")
		}
		return nil, nil
	}
}
