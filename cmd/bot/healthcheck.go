package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"
)

// healthcheckCmd asks a bot that serves on this machine whether it is well.
type healthcheckCmd struct {
	OpsAddr address `env:"OPS_ADDR" default:"127.0.0.1:8081" help:"Where the bot answers about itself."`
}

// healthTimeout is how long a bot may take to answer. A container's own limit is longer.
const healthTimeout = 3 * time.Second

// maxReason is how much of a bot's answer is repeated, in bytes.
const maxReason = 200

// Help is the part of the subcommand's help that no flag carries.
func (*healthcheckCmd) Help() string {
	return "The exit status is 0 when the bot is well, 1 when it is not or does not answer."
}

// Run fails unless the bot says that it is well.
func (c *healthcheckCmd) Run(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	url := "http://" + dialable(c.OpsAddr) + readyPath
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return err
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("no bot answers: %w; is it running, with the same OPS_ADDR?", err)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode == http.StatusOK {
		return nil
	}
	reason, _ := io.ReadAll(io.LimitReader(resp.Body, maxReason)) // the status alone says enough
	return fmt.Errorf("the bot is not well: %s: %s", resp.Status, strings.TrimSpace(string(reason)))
}

// dialable makes an address to listen on one to connect to: all interfaces become the loopback.
func dialable(a address) string {
	host, port, err := net.SplitHostPort(string(a))
	if err != nil {
		return string(a)
	}
	ip, err := netip.ParseAddr(host)
	switch {
	case host == "", err == nil && ip.IsUnspecified() && ip.Is4():
		host = "127.0.0.1"
	case err == nil && ip.IsUnspecified():
		host = "::1"
	}
	return net.JoinHostPort(host, port)
}
