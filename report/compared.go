package report

// Compared is how the matrix compares with an earlier report: see report/diff.
type Compared interface {
	// Lines returns it in words for people, broken at so many columns where that can
	// be done. The texts in it are clean.
	Lines(width int) []string

	// MarshalJSON returns it for programs.
	MarshalJSON() ([]byte, error)
}
