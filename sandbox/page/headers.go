package page

import (
	"io/fs"
	"net/http"
)

// secured lets a browser load nothing from elsewhere, run nothing that stands
// in a page, and post nothing from another page.
func secured(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("Content-Security-Policy",
			"default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("X-Frame-Options", "DENY")
		head.Set("Referrer-Policy", "same-origin")
		head.Set("Cross-Origin-Opener-Policy", "same-origin")
		head.Set("Cross-Origin-Resource-Policy", "same-origin")
		head.Set("Cache-Control", "no-store")
		http.NewCrossOriginProtection().Handler(h).ServeHTTP(w, r)
	})
}

// assets serves the style, the script and the icon.
func assets() http.Handler {
	sub, err := fs.Sub(files, "assets")
	if err != nil {
		return http.NotFoundHandler() // the folder is embedded, so it is there
	}
	serve := http.StripPrefix("/assets/", http.FileServerFS(sub))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/assets/" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Cache-Control", "no-cache")
		serve.ServeHTTP(w, r)
	})
}
