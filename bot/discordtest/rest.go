package discordtest

import "net/http"

// REST is what the fake received over HTTP.
type REST struct{ s *Server }

func newREST(s *Server) *REST { return &REST{s: s} }

func (s *Server) routesREST(mux *http.ServeMux) {}
