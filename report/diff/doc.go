// Package diff compares two reports of the same scenarios: trial by trial, for trial
// k of both has the same seed and meets the same luck. It reads them as they were
// written as JSON, and believes nothing of what it reads.
package diff
