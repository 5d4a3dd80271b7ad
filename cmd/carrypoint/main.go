// Carrypoint serves a site that answers one question: where near me can I get
// naloxone or fentanyl test strips? The same binary searches, reads hours and
// builds editions on the command line.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
	_ "time/tzdata" // zones of sites, also on a machine without them

	"github.com/alecthomas/kong"
)

// commands is the whole command line. Each command is in a file of its name.
type commands struct {
	Serve   serveCommand   `cmd:"" default:"withargs" help:"Serve the site (the default)."`
	Find    findCommand    `cmd:"" help:"Find the nearest places that have what is needed."`
	Print   printCommand   `cmd:"" help:"Print a list, cards or a poster, as PDF."`
	Place   placeCommand   `cmd:"" help:"Say what place a text means."`
	Hours   hoursCommand   `cmd:"" help:"Read opening hours and say whether they are open."`
	Edition editionCommand `cmd:"" help:"Build, verify or show an edition."`

	Source  sourceCommand  `cmd:"" group:"Datasets" help:"Propose a mapping for a dataset, or list the sources."`
	Import  importCommand  `cmd:"" group:"Datasets" help:"Read a dataset and show what it would change."`
	Apply   applyCommand   `cmd:"" group:"Datasets" help:"Put a run in force."`
	Undo    undoCommand    `cmd:"" group:"Datasets" help:"Take a run back."`
	Runs    runsCommand    `cmd:"" group:"Datasets" help:"List the runs, or show one."`
	Refresh refreshCommand `cmd:"" group:"Datasets" help:"Read all sources that are due, apply what needs no decision, and publish."`
	Streets streetsCommand `cmd:"" group:"Datasets" help:"Read street files, which place addresses."`

	Review  reviewCommand  `cmd:"" group:"Sites" help:"List what waits for a steward, or decide it."`
	Verify  checkCommand   `cmd:"" group:"Sites" help:"Record that a site was asked, and what it said."`
	Correct correctCommand `cmd:"" group:"Sites" help:"Put right what a source says of a site."`
	Consent consentCommand `cmd:"" group:"Sites" help:"Say how much of a site may be shown."`
	Hide    hideCommand    `cmd:"" group:"Sites" help:"Take a site off every page, at once."`
	Unhide  unhideCommand  `cmd:"" group:"Sites" help:"Put a hidden site back."`

	Publish  publishCommand  `cmd:"" group:"Editions" help:"Make an edition of all that is in force, and switch to it."`
	Rollback rollbackCommand `cmd:"" group:"Editions" help:"Put an older edition in force again."`
	Editions editionsCommand `cmd:"" group:"Editions" help:"List what was published."`
	Backup   backupCommand   `cmd:"" group:"Editions" help:"Copy the catalog."`
	Log      logCommand      `cmd:"" group:"Editions" help:"Tell what was done, by whom, when and why."`
	Keys     keysCommand     `cmd:"" help:"Make keys to sign publications with."`
	Words    wordsCommand    `cmd:"" help:"Check the languages, or give one to a person who checks it."`
	Pages    pagesCommand    `cmd:"" help:"Show every page and state, with made-up data, for reviewers."`
	Version  versionCommand  `cmd:"" help:"Say which build this is."`
}

// A world is what commands need of the machine.
type world struct {
	ctx context.Context
	out io.Writer
	log io.Writer
	now func() time.Time
}

// Exit codes: what a script can tell apart.
const (
	exitFailed = 1
	exitUsage  = 2 // what was given can't be read, the command line or a dataset: nothing was done
)

// An askedWrongly is a fault of the command line that shows only when the data are
// there.
type askedWrongly struct{ error }

func main() {
	os.Exit(run(world{context.Background(), os.Stdout, os.Stderr, time.Now}, os.Args[1:]))
}

// run is main without the process: it gives the exit code.
func run(w world, args []string) int {
	answer := &output{Writer: w.out}
	w.out = answer
	code := -1
	parser, err := kong.New(&commands{},
		kong.Name("carrypoint"),
		kong.Description("Where near me can I get naloxone or fentanyl test strips?"),
		kong.DefaultEnvars("CARRYPOINT"),
		kong.Writers(w.out, w.log),
		kong.Exit(func(c int) { code = c }),
		kong.Bind(w),
	)
	if err != nil {
		fmt.Fprintln(w.log, "carrypoint: the command line is wrong in the program itself:", err)
		return exitFailed
	}
	parsed, err := parser.Parse(args)
	if code >= 0 {
		return code // --help has said everything
	}
	if err != nil {
		fmt.Fprintf(w.log, "carrypoint: %v; see carrypoint --help\n", err)
		return exitUsage
	}
	err = parsed.Run()
	if lost := answer.failure(); lost != nil {
		err = lost
	}
	if err != nil {
		fmt.Fprintln(w.log, "carrypoint:", advised(err))
		if errors.Is(err, errUnreadable) || errors.As(err, new(askedWrongly)) {
			return exitUsage
		}
		return exitFailed
	}
	return 0
}
