package lesson

// Explanation is a strategy in words and in code.
type Explanation struct {
	Strategy, Rule, Source string
	Files                  []File
}

// File is one file of a strategy's code, at most 48 columns wide with tabs
// as two.
type File struct{ Name, Code string }

// Explanation returns what the present explain step shows; nil in others.
func (r *Run) Explanation() *Explanation { return nil }
