"""Prints a page with WebKitGTK: webkit.py URL FILE PAPER TOP RIGHT BOTTOM LEFT, in millimetres."""
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402

GIVE_UP_SECONDS = 120

url, file, paper, *margins = sys.argv[1:]
failed = []


def printed(view):
    settings = Gtk.PrintSettings.new()
    settings.set(Gtk.PRINT_SETTINGS_OUTPUT_URI, "file://" + file)
    settings.set(Gtk.PRINT_SETTINGS_PRINTER, "Print to File")
    settings.set("output-file-format", "pdf")
    page = Gtk.PageSetup.new()
    page.set_paper_size(Gtk.PaperSize.new(paper))
    setters = (page.set_top_margin, page.set_right_margin, page.set_bottom_margin, page.set_left_margin)
    for setter, margin in zip(setters, margins):
        setter(float(margin), Gtk.Unit.MM)
    operation = WebKit2.PrintOperation.new(view)
    operation.set_print_settings(settings)
    operation.set_page_setup(page)
    operation.connect("finished", lambda *_: Gtk.main_quit())
    operation.connect("failed", lambda _, error: (failed.append(error.message), Gtk.main_quit()))
    operation.print_()


def give_up():
    failed.append("it took too long")
    Gtk.main_quit()


window = Gtk.OffscreenWindow()
view = WebKit2.WebView()
window.add(view)
window.set_default_size(900, 1100)
window.show_all()
view.connect("load-changed", lambda view, event: event == WebKit2.LoadEvent.FINISHED and printed(view))
view.load_uri(url)
GLib.timeout_add_seconds(GIVE_UP_SECONDS, give_up)
Gtk.main()
if failed:
    sys.exit("WebKit: " + failed[0])
print("WebKitGTK %d.%d.%d" % (WebKit2.get_major_version(), WebKit2.get_minor_version(), WebKit2.get_micro_version()))
