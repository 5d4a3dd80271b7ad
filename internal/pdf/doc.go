// Package pdf prints a page as a PDF, by a Chromium that is on this machine.
//
// It owns the browser: how it is found, started, kept warm, watched and let go, and that it reaches no
// network and runs no script. It knows no site, no sheet and no language: a page is bytes of HTML, and its
// CSS says how large the paper is. What is printed is tagged, has an outline made of its headings, and is
// in the language that its html element names.
package pdf
