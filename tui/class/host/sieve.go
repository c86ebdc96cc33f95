package host

import "unicode/utf8"

// sieve takes out of a stream of keys two sequences that no program here asks
// for, so that no honest terminal sends them. One stands for many keys: a key of
// Windows' input mode says how often it is repeated, and the decoder makes that
// many events of it, 65,535 of fourteen bytes. The other is the mouse of 1986
// behind an introducer of one byte: the decoder counts two, and panics.
type sieve struct {
	state sieveState
	part  []byte // of a character of several bytes, the first of them
}

type sieveState uint8

const (
	inText     sieveState = iota
	inEscape              // after an escape
	afterCSI              // after an introducer of one byte
	inSequence            // of parameters, up to a letter or the like
)

func (s *sieve) clean(p []byte) {
	for i, b := range p {
		if s.continues(b) {
			s.state = inText
			continue
		}
		switch {
		case b == 0x1b:
			s.state = inEscape
		case b == 0x9b:
			s.state = afterCSI
		case s.state == inEscape && b == '[':
			s.state = inSequence
		case s.state >= afterCSI && b < '@': // a parameter, or what has no business here
			s.state = inSequence
		case s.state == inSequence && b == '_', s.state == afterCSI && (b == '_' || b == 'M'):
			p[i] = '~'
			s.state = inText
		default:
			s.state = inText
		}
	}
}

// continues reports whether b belongs to a character that has begun. Where it
// breaks one off, each of its bytes is on its own, and the last may have been an
// introducer.
func (s *sieve) continues(b byte) bool {
	if len(s.part) > 0 {
		s.part = append(s.part, b)
		if !utf8.FullRune(s.part) {
			return true
		}
		r, n := utf8.DecodeRune(s.part)
		last := s.part[len(s.part)-2]
		s.part = s.part[:0]
		if r != utf8.RuneError || n > 1 {
			return true
		}
		if last == 0x9b {
			s.state = afterCSI
		}
	}
	if !utf8.FullRune([]byte{b}) {
		s.part = append(s.part, b)
	}
	return false
}
