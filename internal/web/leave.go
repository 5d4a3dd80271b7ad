package web

import "net/http"

// leavePath is where "Leave this site" leads first. It is the same in every language.
const leavePath = "/leave"

// leave sends a person to a neutral page elsewhere, and has the browser remove what
// it stored for this site. That other site is not told where they come from. The
// history stays: no site can remove it, and the page on privacy says so.
func (s *Server) leave(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Clear-Site-Data", `"cache", "storage"`)
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	http.Redirect(w, r, s.Leave, http.StatusSeeOther)
}
