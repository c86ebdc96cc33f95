// Package export writes trials for viewers of other projects: Chrome's trace
// events for Perfetto, logs with vector clocks for ShiViz, and a history of
// operations for Porcupine. Texts of a scenario are cleaned first, so that they
// are one line and cannot become markup there.
package export
