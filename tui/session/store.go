package session

// Store keeps on disk what must outlive the program.
type Store struct{}
