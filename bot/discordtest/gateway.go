package discordtest

import "net/http"

// Gateway is the fake's gateway.
type Gateway struct{ s *Server }

func newGateway(s *Server) *Gateway { return &Gateway{s: s} }

func (s *Server) routesGateway(mux *http.ServeMux) {}

func (g *Gateway) cut() {}

func (g *Gateway) close() {}
