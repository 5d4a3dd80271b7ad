package web

import "net/http"

// leavePath is where "Leave this site" leads first. Pages lead to the one without a
// language, which does the same as all others.
const leavePath = "/leave"

// leave sends a person to a neutral page elsewhere, and has the browser remove what
// it stored for this site. That other site is not told where they come from. The
// history stays: no site can remove it, and the link and the page on privacy say so.
func (t *tongue) leave(w http.ResponseWriter, r *http.Request) error {
	h := w.Header()
	h.Set("Clear-Site-Data", `"cache", "storage"`)
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	http.Redirect(w, r, t.Leave, http.StatusSeeOther)
	return nil
}
