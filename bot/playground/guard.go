package playground

import (
	"net"
	"net/http"
	"strings"
)

// policy is all that the page may load and do: its own files, and requests to its own server. Pages of
// others may not frame it, and it cannot turn text into HTML or code.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// headers are set on every answer.
var headers = map[string]string{
	"Content-Security-Policy":      policy,
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Referrer-Policy":              "no-referrer",
	"X-Content-Type-Options":       "nosniff",
	// The files come from the program itself: an old one must not meet a newer server.
	"Cache-Control": "no-store",
}

// guard keeps other pages of the same browser, and other machines, away from next.
//
// A page elsewhere may have its own name resolve to 127.0.0.1 (DNS rebinding); its requests then look
// like the page's own but for the Host that they name. One that posts across origins is told apart by what
// browsers say of it: see [http.CrossOriginProtection].
func guard(next http.Handler) http.Handler {
	next = http.NewCrossOriginProtection().Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range headers {
			w.Header().Set(name, value)
		}
		if !namesLoopback(r) {
			http.Error(w, "this page is served to http://127.0.0.1 and http://localhost only", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// namesLoopback reports whether a request names this machine as its host, by the port that it came in on.
func namesLoopback(r *http.Request) bool {
	local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if !ok {
		return false
	}
	_, want, err := net.SplitHostPort(local.String())
	if err != nil {
		return false
	}
	host, port, err := net.SplitHostPort(r.Host)
	if err != nil {
		host, port = strings.Trim(r.Host, "[]"), "80" // browsers leave the port of HTTP out
	}
	return port == want && IsLoopback(host)
}

// IsLoopback reports whether a host is this machine by a name that nobody else can give: « localhost », or a
// loopback address.
func IsLoopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}
