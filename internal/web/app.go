package web

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"

	"carrypoint/internal/draw"
)

// manifestPath tells a phone how to install the site, in one language.
const manifestPath = "/app.webmanifest"

// appleIcon is where an iPhone looks without being told; it wants 180 dots.
const (
	appleIcon = "/apple-touch-icon.png"
	appleSize = 180
)

// appIcons are the sign in the sizes that phones ask for. They are inside the
// manifest: no page is allowed to load a picture from anywhere.
var appIcons = sync.OnceValue(func() []appIcon {
	icons := []appIcon{{Src: inside("image/svg+xml", []byte(draw.IconSVG())), Type: "image/svg+xml", Sizes: "any", Purpose: "any"}}
	for _, size := range []int{192, 512} {
		icons = append(icons, appIcon{
			Src: inside("image/png", draw.IconPNG(size)), Type: "image/png", Sizes: fmt.Sprintf("%[1]dx%[1]d", size), Purpose: "any maskable",
		})
	}
	return icons
})

func inside(kind string, body []byte) string {
	return "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(body)
}

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
		Icons: appIcons(),
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

// appleSign is the sign for iPhones, drawn once.
var appleSign = sync.OnceValue(func() []byte { return draw.IconPNG(appleSize) })

func serveAppleIcon(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "image/png")
	w.Header().Set("Cache-Control", cacheText)
	_, _ = w.Write(appleSign()) // the person has gone: there is nobody to tell
}
