package web

import (
	"encoding/json"
	"net/http"
	"strings"

	"carrypoint/views"
)

// cacheForever is for what is named by its content.
const cacheForever = "public, max-age=31536000, immutable"

// scriptWords is what the script must know of the site, in one language.
type scriptWords struct {
	Worker string   `json:"worker"` // empty where phones keep nothing
	Pages  []string `json:"pages"`  // that a phone keeps once one of them was opened
	Away   string   `json:"away"`   // where "Leave this site" leads, for when the site itself can't be reached
	Keep   string   `json:"keep"`
	Kept   string   `json:"kept"`
	Remove string   `json:"remove"`
	Failed string   `json:"failed"`
}

// scriptText is the script of a language with its words.
func (t *tongue) scriptText() string {
	words := scriptWords{
		Worker: t.workerOf(), Pages: t.steps(), Away: t.Leave,
		Keep: t.say.T("offline.keep"), Kept: t.say.T("offline.kept"),
		Remove: t.say.T("offline.remove"), Failed: t.say.T("offline.failed"),
	}
	return withSite(words, views.Script)
}

// serveScript names the script by its content, so that a browser may keep it.
func (t *tongue) serveScript(root *http.ServeMux) {
	text := t.scriptText()
	t.script = "/static/" + strings.ToLower(t.say.Tag) + "." + shortHash(text) + ".js"
	root.HandleFunc("GET "+t.script, func(w http.ResponseWriter, _ *http.Request) { sendScript(w, cacheForever, text) })
}

// withSite puts what a script must know before it, and leaves its comments out:
// every phone would carry them.
func withSite(site any, script string) string {
	known, err := json.Marshal(site)
	if err != nil {
		panic("web: what a script must know was refused: " + err.Error()) // strings alone
	}
	return "const site=" + string(known) + ";\n" + withoutComments(script)
}

// withoutComments leaves out the lines that are comments, and indents. No script
// of ours has a text of several lines.
func withoutComments(script string) string {
	var lines strings.Builder
	for line := range strings.Lines(script) {
		line = strings.TrimLeft(line, " ")
		if !strings.HasPrefix(line, "//") && line != "\n" {
			lines.WriteString(line)
		}
	}
	return lines.String()
}

func sendScript(w http.ResponseWriter, cache, text string) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Header().Set("Cache-Control", cache)
	_, _ = w.Write([]byte(text)) // the person has gone: there is nobody to tell
}
