package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"carrypoint/internal/draw"
)

// manifestPath tells a phone how to install the site, in one language.
const manifestPath = "/app.webmanifest"

// iconSizes are those that phones ask for, in dots.
var iconSizes = []int{180, 192, 512}

// appleIcon is where an iPhone looks without being told.
const appleIcon = "/apple-touch-icon.png"

// A webApp is the site as an app. Its name and its sign say nothing of what it is for.
type webApp struct {
	Name       string    `json:"name"`
	ShortName  string    `json:"short_name"`
	ID         string    `json:"id"`
	Start      string    `json:"start_url"`
	Scope      string    `json:"scope"`
	Display    string    `json:"display"`
	Override   []string  `json:"display_override"` // with a way back, where there is one
	Lang       string    `json:"lang"`
	Dir        string    `json:"dir"`
	Background string    `json:"background_color"`
	Theme      string    `json:"theme_color"`
	Icons      []appIcon `json:"icons"`
}

type appIcon struct {
	Src     string `json:"src"`
	Type    string `json:"type"`
	Sizes   string `json:"sizes"`
	Purpose string `json:"purpose"`
}

// manifest says how the site looks as an app. Where it starts tells nothing of how
// it was installed.
func (t *tongue) manifest(w http.ResponseWriter, _ *http.Request) error {
	app := webApp{
		Name: t.Title, ShortName: t.Title, ID: "/", Start: t.path("/"), Scope: "/",
		Display: "standalone", Override: []string{"minimal-ui"},
		Lang: t.say.Tag, Dir: t.say.Dir, Background: "#ffffff", Theme: "#ffffff",
		Icons: []appIcon{{Src: "/icon.svg", Type: "image/svg+xml", Sizes: "any", Purpose: "any"}},
	}
	for _, size := range iconSizes[1:] {
		app.Icons = append(app.Icons, appIcon{Src: iconPath(size), Type: "image/png", Sizes: fmt.Sprintf("%[1]dx%[1]d", size), Purpose: "any maskable"})
	}
	body, err := json.Marshal(app)
	if err != nil {
		return fmt.Errorf("writing the manifest of the app: %w", err)
	}
	h := w.Header()
	h.Set("Content-Type", "application/manifest+json; charset=utf-8")
	h.Set("Cache-Control", cacheText)
	_, _ = w.Write(body) // the person has gone: there is nobody to tell
	return nil
}

func iconPath(size int) string { return fmt.Sprintf("/icon-%d.png", size) }

// icons is the sign in every size, by path; drawn once.
var icons = sync.OnceValue(func() map[string][]byte {
	all := map[string][]byte{"/icon.svg": []byte(draw.IconSVG()), appleIcon: draw.IconPNG(iconSizes[0])}
	for _, size := range iconSizes {
		all[iconPath(size)] = draw.IconPNG(size)
	}
	return all
})

func serveIcons(root *http.ServeMux) {
	for path, body := range icons() {
		kind := "image/png"
		if strings.HasSuffix(path, ".svg") {
			kind = "image/svg+xml"
		}
		root.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.Header().Set("Cache-Control", cacheText)
			_, _ = w.Write(body) // the person has gone: there is nobody to tell
		})
	}
}
