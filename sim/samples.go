package sim

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"time"
)

// MaxSamples is how many delays a [Sampled] latency has at most.
const MaxSamples = 1000

// Samples are delays in whole microseconds, in ascending order. Two of them can be
// compared with ==, as all of a script can.
type Samples string

// NewSamples returns the delays, rounded to a microsecond and sorted. There are from 1 to
// [MaxSamples], none negative or longer than [MaxLatency].
func NewSamples(list []time.Duration) (Samples, error) {
	if n := len(list); n == 0 || n > MaxSamples {
		return "", fmt.Errorf("from 1 to %d samples, and not %d", MaxSamples, n)
	}
	list = slices.Sorted(slices.Values(list))
	if least, most := list[0], list[len(list)-1]; least < 0 || most > MaxLatency {
		return "", fmt.Errorf("a latency is from 0 to %v, and not from %v to %v", MaxLatency, least, most)
	}
	b := make([]byte, 0, len(list)*sampleSize)
	for _, d := range list {
		b = binary.LittleEndian.AppendUint64(b, uint64(d.Round(time.Microsecond)))
	}
	return Samples(b), nil
}

// NewSampled returns the latency that is one of these delays, each as often as
// another. They are held to the bounds of [NewSamples].
func NewSampled(list []time.Duration) (Latency, error) {
	s, err := NewSamples(list)
	return Latency{Dist: Sampled, Samples: s}, err
}

// sampleSize is how many bytes stand for a delay.
const sampleSize = 8

// Len returns how many there are.
func (s Samples) Len() int { return len(s) / sampleSize }

// At returns the delay number i, from 0, the shortest.
func (s Samples) At(i int) time.Duration {
	b := s[i*sampleSize:][:sampleSize]
	return time.Duration(uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56)
}

// All yields the delays.
func (s Samples) All(yield func(time.Duration) bool) {
	for i := range s.Len() {
		if !yield(s.At(i)) {
			return
		}
	}
}

// of returns the delay that 64 random bits choose: the more they are, the longer it is.
// Nothing but whole numbers is in it.
func (s Samples) of(luck uint64) time.Duration {
	i, _ := bits.Mul64(luck, uint64(s.Len()))
	return s.At(int(i))
}

// Quantile returns the delay at or below which p of a hundred are (the nearest rank).
func (s Samples) Quantile(p int) time.Duration { return s.At((s.Len()*p+99)/100 - 1) }

// String describes them in a few words.
func (s Samples) String() string {
	if s == "" {
		return "no samples"
	}
	return fmt.Sprintf("one of %d samples, p50 %v, p90 %v, p99 %v", s.Len(), s.Quantile(50), s.Quantile(90), s.Quantile(99))
}

// MarshalText writes all of them, as "80ms 95.5ms".
func (s Samples) MarshalText() ([]byte, error) {
	var words []string
	for d := range s.All {
		words = append(words, strings.Replace(d.String(), "µ", "u", 1))
	}
	return []byte(strings.Join(words, " ")), nil
}

// UnmarshalText reads what [Samples.MarshalText] writes, in any order.
func (s *Samples) UnmarshalText(text []byte) (err error) {
	var list []time.Duration
	for word := range strings.FieldsSeq(string(text)) {
		d, err := time.ParseDuration(word)
		if err != nil {
			return fmt.Errorf("%.20q is no duration", word)
		}
		list = append(list, d)
	}
	*s, err = NewSamples(list)
	return err
}
