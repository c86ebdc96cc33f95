package class

// sieve takes out of a stream of keys the one sequence that stands for many: a
// key of Windows' input mode says how often it is repeated, and the decoder
// makes that many events of it, 65,535 of fourteen bytes. No program here asks
// for that mode, and so no honest terminal sends it.
type sieve struct {
	state sieveState
	rest  int // bytes of a character of several that are still to come
}

type sieveState uint8

const (
	inText     sieveState = iota
	inEscape              // after an escape
	inSequence            // of parameters, up to a letter or the like
)

// clean changes the stream where it must.
func (s *sieve) clean(p []byte) {
	for i, b := range p {
		continues := s.rest > 0 && b>>6 == 0b10
		s.count(b)
		switch {
		case b == 0x1b:
			s.state = inEscape
		case b == 0x9b && !continues, s.state == inEscape && b == '[':
			s.state = inSequence
		case s.state == inSequence && b < '@': // a parameter, or what has no business here
		case s.state == inSequence:
			if b == '_' {
				p[i] = '~'
			}
			s.state = inText
		default:
			s.state = inText
		}
	}
}

// count counts the bytes of a character in UTF-8.
func (s *sieve) count(b byte) {
	switch {
	case b>>6 == 0b10:
		s.rest = max(s.rest-1, 0)
	case b>>5 == 0b110:
		s.rest = 1
	case b>>4 == 0b1110:
		s.rest = 2
	case b>>3 == 0b11110:
		s.rest = 3
	default:
		s.rest = 0
	}
}
