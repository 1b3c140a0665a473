package reader

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"
)

// robotsAgent is the name by which a site's robots.txt may speak to the program.
const robotsAgent = "Verbatim"

const (
	maxRobots     = 512 << 10 // of a robots.txt that is read, in bytes (RFC 9309, 2.5, asks for 500 KiB at least)
	maxRobotsLine = 2 << 10   // of a line of it that is, in bytes: no longer than an address
)

// robots are the rules of one site that the program is to follow.
type robots struct {
	rules []rule
}

// A rule allows or disallows the paths that match a pattern.
type rule struct {
	allow   bool
	pattern string
}

// robots asks a site for its rules, as RFC 9309 (2.3.1) has it: a site that has none says nothing against it; one that
// fails to answer is not read.
func (f *Fetcher) robots(ctx context.Context, u *url.URL) (*robots, error) {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	response, _, err := f.follow(ctx, at, func(*url.URL) error { return nil })
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }() // it was only read
	switch status := response.StatusCode; {
	case status == http.StatusTooManyRequests || status >= 500:
		return nil, refuse(Unreachable, "robots.txt: %s", response.Status)
	case status != http.StatusOK:
		return &robots{}, nil
	}
	data := make([]byte, 0, 4096)
	for len(data) < maxRobots { // what follows is not read, and nothing is refused for it
		chunk := make([]byte, 4096)
		n, err := response.Body.Read(chunk)
		data = append(data, chunk[:n]...)
		if err != nil {
			break
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return parseRobots(data), nil
}

// parseRobots reads the rules of the group that names the program, or of the one for all. Lines that it does not know
// are passed over, as RFC 9309 (2.2.4) has it.
func parseRobots(data []byte) *robots {
	ours, all := &robots{}, &robots{}
	named := false      // whether a group names the program
	var group []*robots // those to which a rule belongs
	inAgents := false   // whether the last line named an agent: the next one then joins it
	lines := bufio.NewScanner(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	lines.Buffer(make([]byte, 0, 4096), maxRobots+1)
	for lines.Scan() {
		line, _, _ := strings.Cut(lines.Text(), "#")
		key, value, ok := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		if !ok || len(line) > maxRobotsLine {
			continue
		}
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "user-agent":
			if !inAgents {
				group = nil
			}
			inAgents = true
			switch {
			case value == "*":
				group = append(group, all)
			case isUs(value):
				named = true
				group = append(group, ours)
			}
		case "allow", "disallow":
			inAgents = false
			if value == "" {
				continue // « Disallow: » disallows nothing
			}
			for _, g := range group {
				g.rules = append(g.rules, rule{strings.EqualFold(strings.TrimSpace(key), "allow"), escaped(value)})
			}
		}
	}
	if named {
		return ours
	}
	return all
}

// isUs reports whether a group is for the program: a product token, with or without a version.
func isUs(agent string) bool {
	agent, _, _ = strings.Cut(agent, "/")
	return strings.EqualFold(strings.TrimSpace(agent), robotsAgent)
}

// allows reports whether an address may be read: the longest pattern that matches decides, and of two that are as
// long the one that allows.
func (r *robots) allows(u *url.URL) bool {
	target := escaped(u.EscapedPath())
	if target == "" {
		target = "/"
	}
	if u.RawQuery != "" {
		target += "?" + escaped(u.RawQuery)
	}
	allow, longest := true, -1
	for _, rule := range r.rules {
		n := len(rule.pattern)
		if n < longest || n == longest && allow || !matches(rule.pattern, target) {
			continue
		}
		allow, longest = rule.allow, n
	}
	return allow
}

// escaped writes what is not ASCII as %C3%A9, in capitals, so that patterns and paths are alike (RFC 9309, 2.2.2).
func escaped(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= utf8.RuneSelf:
			fmt.Fprintf(&b, "%%%02X", c)
		case c == '%' && i+2 < len(s):
			b.WriteString(strings.ToUpper(s[i : i+3]))
			i += 2
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// matches reports whether a path begins as a pattern does, in which * is any text and a $ at the end is the end. It
// takes at most the product of their lengths.
func matches(pattern, target string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	first, rest, starred := strings.Cut(pattern, "*")
	if !strings.HasPrefix(target, first) {
		return false
	}
	target = target[len(first):]
	if !starred {
		return !whole || target == ""
	}
	parts := strings.Split(rest, "*")
	last := len(parts) - 1
	for _, part := range parts[:last] {
		i := strings.Index(target, part)
		if i < 0 {
			return false
		}
		target = target[i+len(part):]
	}
	if whole {
		return strings.HasSuffix(target, parts[last])
	}
	return strings.Contains(target, parts[last])
}
