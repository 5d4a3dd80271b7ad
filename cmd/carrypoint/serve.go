package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"carrypoint/internal/edition"
	"carrypoint/internal/pdf"
	"carrypoint/internal/site"
	"carrypoint/internal/web"
	"carrypoint/internal/words"
)

type serveCommand struct {
	Addr   string `default:"127.0.0.1:8080" help:"Address and port to listen on."`
	Dir    string `help:"Folder of editions to serve and follow; without it, the data inside the binary."`
	Lang   string `default:"en" help:"Language of the pages without a prefix; en-XA is one for development, to find what does not fit."`
	Title  string `default:"carrypoint" help:"Name of the site; keep it neutral."`
	Policy string `help:"File of rules for how long a check of a place is trusted; without it, those inside the binary."`

	URL      string `name:"url" placeholder:"URL" help:"Public address of the site, such as https://example.org, for the codes on printed sheets; without it, what requests are sent to."`
	Chromium string `placeholder:"FILE" help:"Chromium that makes the PDF files; without it, the one on PATH. The site does without PDF files where there is none."`

	Offline bool   `default:"true" negatable:"" help:"Let phones keep the overdose steps, the page of test strips and one list that somebody asks to keep, for when there is no connection. With --no-offline they keep nothing, and remove what they kept."`
	LeaveTo string `default:"https://www.weather.gov/" placeholder:"URL" help:"Where \"Leave this site\" leads: a page of another site that says nothing about who looks at it."`

	EmergencyNumber emergencyNumber `placeholder:"112" help:"Number of the emergency services that pages and sheets say to call; without it, 911."`

	VerifyKey string `placeholder:"KEY" help:"Public key, or file of public keys, of which one must have signed what the folder says; see carrypoint keys new."`
}

// Time limits on a connection, so that slow ones cost nothing (security.md,
// threat 23), and on a stop, so that every accepted request is answered.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 10 * time.Second
	writeTimeout      = 15 * time.Second
	idleTimeout       = 30 * time.Second
	stopTimeout       = 15 * time.Second
	maxHeaderBytes    = 16 << 10
)

// Run serves the site.
func (c *serveCommand) Run(w world) error {
	log := slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{ReplaceAttr: hourly}))
	server, err := c.server(w, log)
	if err != nil {
		return err
	}
	return untilTold(w, c.Addr, c.Chromium, server, func(ctx context.Context, at net.Addr) {
		now := server.Editions.Edition()
		fmt.Fprintf(w.out, "carrypoint serves %d places of edition %s at http://%s\n", now.Len(), now.ShortID(), at)
		if c.Dir != "" {
			go server.Editions.Follow(ctx, edition.LookEvery)
		}
	})
}

// untilTold serves until it is told to stop, then answers what it has accepted.
// Told a second time, the process ends at once.
func untilTold(w world, addr, chromium string, server *web.Server, begun func(context.Context, net.Addr)) error {
	ctx, stop := signal.NotifyContext(w.ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	press, err := press(chromium)
	if err != nil {
		return err
	}
	if press != nil {
		defer press.Close()
		server.PDFs = pdf.NewShelf(pdfRoom, press.PDF)
	}
	listener, err := listen(addr)
	if err != nil {
		return err
	}
	settleMemory()
	begun(ctx, listener.Addr())
	return serve(ctx, listener, server.Handler(), server.Log)
}

func listen(addr string) (net.Listener, error) {
	listener, err := net.Listen("tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("%s is in use by another program; stop it, or choose another address with --addr", addr)
	}
	if err != nil {
		return nil, fmt.Errorf("can't listen on %q (%v); choose another address with --addr, such as 127.0.0.1:8080", addr, err)
	}
	return listener, nil
}

// Validate refuses a way out and a public address that lead nowhere.
func (c *serveCommand) Validate() error { return errors.Join(leadsAway(c.LeaveTo), isSite(c.URL)) }

// server puts the parts together.
func (c *serveCommand) server(w world, log *slog.Logger) (*web.Server, error) {
	s := &web.Server{Language: c.Lang, Title: c.Title, Address: c.URL, Leave: c.LeaveTo, NoKeep: !c.Offline, Now: w.now, Log: log}
	var err error
	if s.Words, err = shippedWords(); err != nil {
		return nil, err
	}
	if c.Lang == words.Pseudo {
		s.Words = s.Words.WithPseudo()
	}
	if s.Words.Language(c.Lang) == nil {
		return nil, fmt.Errorf("there are no words in the language %q; --lang may be %s", c.Lang, tags(s.Words))
	}
	if s.Basemap, err = shippedBasemap(); err != nil {
		return nil, err
	}
	if s.Help, err = shippedHelp(s.Words, c.EmergencyNumber, log); err != nil {
		return nil, err
	}
	if s.Policy, err = c.policy(); err != nil {
		return nil, err
	}
	if s.Credits, err = credits(); err != nil {
		return nil, err
	}
	if s.Places, err = shippedPlaces(); err != nil {
		return nil, err
	}
	s.Editions, err = c.follower(s, log)
	return s, err
}

// leadsAway refuses an address that "Leave this site" can't lead to.
func leadsAway(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil {
		return fmt.Errorf("--leave-to is %q; give the whole address of a page, such as https://www.weather.gov/", address)
	}
	return nil
}

// isSite refuses a public address that a code on paper could not lead to: what is
// printed can't be taken back. None is none.
func isSite(address string) error {
	u, err := url.Parse(address)
	switch {
	case address == "":
		return nil
	case err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return fmt.Errorf("--url is %q; give the whole address of the site, such as https://example.org", address)
	}
	return nil
}

// pdfRoom is for some hundred sheets; what nobody asks for makes room.
const pdfRoom = 32 << 20

// press is what makes PDF files; nil where no Chromium was named and none is found.
func press(chromium string) (*pdf.Press, error) {
	binary, err := pdf.Find(chromium)
	switch {
	case err != nil && chromium != "":
		return nil, err
	case err != nil:
		return nil, nil
	}
	return pdf.New(binary), nil
}

// follower serves what is in force in the folder; where that can't be, the
// newest publication that can; where there is none, the data inside the binary.
func (c *serveCommand) follower(s *web.Server, log *slog.Logger) (*edition.Follower, error) {
	keys, err := verifyKeys(c.VerifyKey)
	if err != nil {
		return nil, err
	}
	f := &edition.Follower{
		Dir: c.Dir, Keys: keys,
		Refused: func(err error) { log.Error("it was refused; what was good before goes on", "error", advised(err)) },
		Moved: func(now edition.State) {
			log.Info("moved to an edition", told(now)...)
			settleMemory()
		},
	}
	if c.Dir != "" {
		if err := f.Begin(); err != nil {
			log.Error("opening the current edition", "error", advised(err))
		}
	}
	if f.Edition() != nil {
		log.Info("serving an edition", told(f.State())...)
		return f, nil
	}
	if c.Dir != "" {
		log.Warn("serving the data inside the binary, because the folder has no edition that can be opened", "dir", c.Dir)
	}
	inside, err := shippedEdition(s.Places)
	if err != nil {
		return nil, err
	}
	f.Serve(inside)
	return f, nil
}

// policy is the shipped one, with what the operator's file changes.
func (c *serveCommand) policy() (policy site.Policy, err error) {
	policy, err = shippedPolicy()
	if err != nil || c.Policy == "" {
		return policy, err
	}
	file, err := os.Open(c.Policy)
	if err != nil {
		return policy, fmt.Errorf("opening the file of --policy: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	policy, err = web.ReadPolicy(file, policy)
	if err != nil {
		return policy, fmt.Errorf("%s: %w", c.Policy, err)
	}
	return policy, nil
}

// told is what the log says of what is served.
func told(now edition.State) []any {
	return []any{
		"edition", now.Edition.ShortID(), "publication", now.Publication.Seq,
		"places", now.Edition.Len(), "hidden", len(now.Hiding.IDs),
	}
}

func serve(ctx context.Context, listener net.Listener, handler http.Handler, log *slog.Logger) error {
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes,
		ErrorLog: slog.NewLogLogger(quiet{log.Handler()}, slog.LevelDebug), // its lines hold addresses of visitors
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	if err := server.Shutdown(stop); err != nil {
		return fmt.Errorf("stopped while requests were still under way after %s: %w", stopTimeout, err)
	}
	return nil
}

// tags lists the languages that there are words in.
func tags(catalog *words.Catalog) string {
	var all []string
	for _, language := range catalog.Languages() {
		all = append(all, language.Tag)
	}
	return strings.Join(all, ", ")
}

// hourly cuts the time of a log line to the hour: finer, it could be matched
// with somebody's visit.
func hourly(_ []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey {
		return slog.String(slog.TimeKey, a.Value.Time().UTC().Format("2006-01-02T15h"))
	}
	return a
}

// quiet drops every line: net/http's own log names the addresses of visitors.
type quiet struct{ slog.Handler }

func (quiet) Enabled(context.Context, slog.Level) bool { return false }
