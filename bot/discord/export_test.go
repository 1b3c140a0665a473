package discord

import "crypto/tls"

// SetTLS makes the gateway trust a test's authority.
func (g *Gateway) SetTLS(config *tls.Config) { g.dialer.tls = config }
