// Package export writes what other programs read: JSON by a schema of ours, CSV for
// spreadsheets, JUnit for continuous integration, and trials for viewers of other
// projects, as Chrome's trace events for Perfetto, logs with vector clocks for
// ShiViz, and a history of operations for Porcupine. Texts of a scenario are cleaned first, so that they
// are one line and cannot become markup there.
package export
