package lesson

// Form is how a question is answered.
type Form uint8

// The forms.
const (
	One    Form = iota // exactly one of the choices
	Some               // any number of the choices, none too
	Number             // a number from Low to High
)

// Question is what a prediction or a check asks.
type Question struct {
	Ask  string
	Form Form

	// Choices are what there is to pick from. Where they are strategies,
	// Rules says in a line what each does; else it is empty. Untrusted text:
	// values of a scenario are in it.
	Choices []string
	Rules   []string

	Low, High, Step float64 // of a number
	Unit            string  // of a number: "%", "ms", "requests"
	Within          float64 // how far off still counts as right
}

// Answer is what somebody answers, and how sure they are.
type Answer struct {
	Picks      []int   `json:"picks,omitempty"`      // places in the choices, ascending
	Number     float64 `json:"number,omitempty"`     // of a question of a number
	Confidence int     `json:"confidence,omitempty"` // 1 guessed to 4 certain; 0 with Passed
	Passed     bool    `json:"passed,omitempty"`     // they want to see it without an answer
}

// Confidences puts the four into words.
var Confidences = [...]string{1: "a guess", 2: "not sure", 3: "fairly sure", 4: "certain"}
