// Carrypoint serves a site that answers one question: where near me can I get
// naloxone or fentanyl test strips? The same binary searches, reads hours and
// builds editions on the command line.
package main

import (
	"context"
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
	Place   placeCommand   `cmd:"" help:"Say what place a text means."`
	Hours   hoursCommand   `cmd:"" help:"Read opening hours and say whether they are open."`
	Edition editionCommand `cmd:"" help:"Build, verify or show an edition."`

	Keys    keysCommand    `cmd:"" help:"Make keys to sign publications with."`
	Version versionCommand `cmd:"" help:"Say which build this is."`
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
	exitUsage  = 2 // the command line itself is wrong: nothing was tried
)

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
		return exitFailed
	}
	return 0
}
