package exercise

// meets returns the sentence that meets a wrong idea, "" if none is known.
func meets(string) string { return "" }
