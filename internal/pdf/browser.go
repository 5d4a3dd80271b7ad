package pdf

import (
	"context"
	"fmt"
	"os"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/css"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// A browser is one Chromium that runs. It has one tab, which is empty but for the time of a print.
type browser struct {
	tab  context.Context // done when the browser is no longer there
	kill context.CancelFunc
	home string
}

// start starts a browser that lives as long as life. To end ctx is to give up the start.
func start(ctx, life context.Context, binary string) (*browser, error) {
	home, err := os.MkdirTemp("", "pdf-")
	if err != nil {
		return nil, fmt.Errorf("making a folder for the browser: %w", err)
	}
	allocator, kill := chromedp.NewExecAllocator(life, options(binary, home)...)
	tab, _ := chromedp.NewContext(allocator, chromedp.WithLogf(silent), chromedp.WithErrorf(silent))
	b := &browser{tab, kill, home}
	if err := b.run(ctx, seal); err != nil {
		b.stop()
		// Not wrapped: what chromedp says of a dead browser would pass for a visitor who left.
		return nil, fmt.Errorf("starting %s: %v", binary, err)
	}
	return b, nil
}

// options say how a browser is started. It has nobody's environment: no proxy, and no secret of this process.
// What it leaves behind is in its own folder.
func options(binary, home string) []chromedp.ExecAllocatorOption {
	return append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(binary),
		// Chromium does not start for root with its sandbox. For everybody else the sandbox stays.
		chromedp.Flag("no-sandbox", os.Geteuid() == 0),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"),
		chromedp.Flag("no-proxy-server", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.UserAgent("Chromium"), // stands in every PDF; the version is nobody's business
		chromedp.NoInheritEnv,
		chromedp.Env("PATH="+os.Getenv("PATH"), "HOME="+home, "TMPDIR="+home),
	)
}

// What chromedp would log stands in its errors too, or is of no use.
func silent(string, ...any) {}

// seal keeps the tab from the network a second time and from running scripts. Chromedp would have a copy of
// each page's tree, which a long list makes large, so it is told of none.
func seal(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
	offline := []*network.Conditions{{Offline: true, DownloadThroughput: -1, UploadThroughput: -1}}
	return chromedp.Steps(
		call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}),
		call(network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: offline}),
		call(css.Disable, cdp.Empty{}),
		call(dom.Disable, cdp.Empty{}),
		empty,
	)(ctx, t)
}

// empty shows nothing, in a document that knows nothing of the one before.
func empty(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
	return loaded(call(page.Navigate, page.NavigateParams{URL: "about:blank"}))(ctx, t)
}

// loaded waits until what an action shows is there. Each showing is waited for, else one would take the end
// of another for its own.
func loaded(show chromedp.Action[chromedp.Void]) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.WaitEvent(page.LoadEventFired, nil, show)(ctx, t)
		return chromedp.Void{}, err
	}
}

func call[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, command, params)
		return err
	})
}

// alive reports whether the browser is there, as far as anybody knows.
func (b *browser) alive() bool { return b != nil && b.tab.Err() == nil }

// print prints a page. The page is handed over as it is: no address leads to it.
func (b *browser) print(ctx context.Context, html []byte) ([]byte, error) {
	var printed []byte
	err := b.run(ctx, chromedp.Func(func(ctx context.Context, t *chromedp.Target) (err error) {
		show := call(page.SetDocumentContent, page.SetDocumentContentParams{FrameID: cdp.FrameID(t.TargetID), HTML: string(html)})
		if _, err := loaded(show)(ctx, t); err != nil {
			return err
		}
		printed, err = chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground(),
			chromedp.PDFOutlineAndTagged(), chromedp.PDFStream())(ctx, t)
		return err
	}))
	return printed, err
}

// forget empties the tab.
func (b *browser) forget(ctx context.Context) error { return b.run(ctx, empty) }

// run does something in the tab, until ctx ends. The first run starts the browser, which lives on after ctx.
func (b *browser) run(ctx context.Context, do chromedp.Action[chromedp.Void]) error {
	defer context.AfterFunc(ctx, b.kill)()
	_, err := chromedp.Run(b.tab, do)
	return err
}

// stop ends the browser at once and removes what it wrote.
func (b *browser) stop() {
	b.kill()
	_ = os.RemoveAll(b.home)
}
