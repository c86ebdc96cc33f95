// Package html writes a matrix as a web page: one file that asks no network
// for anything, for a phone, a desk and paper, light and dark.
//
// First comes the answer, then the figures of those who matter, then all of them.
// The page is readable without its script; the script sorts, filters, shows
// tooltips, listens to the keyboard, and in a large page draws a story when it is
// opened. A policy in the page lets run no other script and load nothing, so that
// text from a scenario could do no harm even if it were not escaped, which it is.
package html
