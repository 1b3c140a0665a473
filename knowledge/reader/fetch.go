package reader

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"runtime/debug"
	"strings"
	"time"
)

// The limits of [Fetcher.Fetch], [MaxSize] besides.
const (
	FetchTime    = 10 * time.Second // in all: names, redirects, robots.txt and the file
	MaxRedirects = 5
)

// A Fetcher brings files from the public web. It connects to public addresses only, however a host is written and
// wherever its name or a redirect leads, through no proxy. It keeps nothing between two calls, and may be shared
// between goroutines.
type Fetcher struct {
	web    http.RoundTripper // and no client: it would follow redirects before they are looked at
	agent  string
	within time.Duration
}

// FetcherOptions tunes [NewFetcher]. The zero value is what the bot runs with.
type FetcherOptions struct {
	// Version is the program's, as sites are told it: "v1.2.0". "" means what the Go command recorded of the build.
	Version string
}

// NewFetcher returns a fetcher.
func NewFetcher(o FetcherOptions) *Fetcher { return newFetcher(o, dialPublic(nil)) }

// newFetcher returns a fetcher that connects by dial: tests bring the web with them.
func newFetcher(o FetcherOptions, dial dialFunc) *Fetcher {
	version := o.Version
	if info, ok := debug.ReadBuildInfo(); ok && version == "" {
		version = info.Main.Version
	}
	if version == "" || strings.ContainsAny(version, " ()\r\n") {
		version = "devel"
	}
	return &Fetcher{
		within: FetchTime,
		agent:  robotsAgent + "/" + strings.Trim(version, "()") + " (Discord bot; reads a page when a moderator adds it)",
		web: &http.Transport{
			DialContext:            dial, // and no Proxy: one would connect for us, to anywhere
			DisableKeepAlives:      true,
			ForceAttemptHTTP2:      true,
			TLSHandshakeTimeout:    5 * time.Second,
			MaxResponseHeaderBytes: 64 << 10,
		},
	}
}

// attachmentHosts are where Discord keeps what members attach. A member who attaches a file gives it: robots.txt is
// not asked whether it may be read.
var attachmentHosts = map[string]bool{"cdn.discordapp.com": true, "media.discordapp.net": true}

// Fetch brings what is at an http or https address: a file for [Read], whose Source is where redirects led to. What
// cannot be had is told by a [*RefusedError], an end of ctx by its own error.
func (f *Fetcher) Fetch(ctx context.Context, rawURL string) (File, error) {
	u, err := parseAddress(rawURL)
	if err != nil {
		return File{}, f.explain(ctx, ctx, u, err)
	}
	within, cancel := context.WithTimeout(ctx, f.within)
	defer cancel()
	file, err := f.fetch(within, u)
	if err != nil {
		return File{}, f.explain(ctx, within, u, err)
	}
	return file, nil
}

// explain says what an error is about. A time limit of ours is a refusal, a caller's is not.
func (f *Fetcher) explain(ctx, within context.Context, u *url.URL, err error) error {
	what := "the address"
	if u != nil {
		what = shown(u)
	}
	var refused *RefusedError
	switch {
	case errors.As(err, &refused):
		return &RefusedError{Reason: refused.Reason, What: what, Err: refused.Err}
	case ctx.Err() != nil:
		return fmt.Errorf("fetch %s: %w", what, ctx.Err())
	case within.Err() != nil:
		return &RefusedError{Reason: Timeout, What: what, Err: fmt.Errorf("more than %v", f.within)}
	}
	return &RefusedError{Reason: Unreachable, What: what, Err: err}
}

// shown is an address without what may be secret in it.
func shown(u *url.URL) string {
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}

// fetch follows an address to a file, and asks each site on the way whether it may.
func (f *Fetcher) fetch(ctx context.Context, u *url.URL) (File, error) {
	asked := map[string]*robots{}
	response, u, err := f.follow(ctx, u, func(u *url.URL) error {
		if attachmentHosts[u.Hostname()] {
			return nil
		}
		site := u.Scheme + "://" + u.Host
		if asked[site] == nil {
			r, err := f.robots(ctx, u)
			if err != nil {
				return err
			}
			asked[site] = r
		}
		if !asked[site].allows(u) {
			return refuse(ByRobots, "%s/robots.txt", site)
		}
		return nil
	})
	if err != nil {
		return File{}, err
	}
	defer func() { _ = response.Body.Close() }() // it was only read
	source := *u
	source.Fragment, source.RawFragment = "", ""
	if len(source.String()) > maxAddress {
		return File{}, refuse(BadAddress, "longer than %d bytes", maxAddress)
	}
	if err := acceptable(response); err != nil {
		return File{}, err
	}
	data, err := readBody(response, MaxSize)
	if err != nil {
		return File{}, err
	}
	return File{Data: data, Name: fileName(response, u), ContentType: response.Header.Get("Content-Type"), Source: source.String()}, nil
}

// follow gets an address and those that it leads to, each once may has agreed. It returns the first answer that leads
// nowhere else, and its address.
func (f *Fetcher) follow(ctx context.Context, u *url.URL, may func(*url.URL) error) (*http.Response, *url.URL, error) {
	for range MaxRedirects + 1 {
		if err := may(u); err != nil {
			return nil, nil, err
		}
		response, err := f.get(ctx, u)
		if err != nil {
			return nil, nil, err
		}
		next, err := response.Location()
		if !isRedirect(response.StatusCode) || errors.Is(err, http.ErrNoLocation) {
			return response, u, nil
		}
		_ = response.Body.Close() // nothing of it is of use
		if err != nil {
			return nil, nil, refuse(BadAddress, "%s redirects to no address", shown(u))
		}
		if err := checkAddress(next); err != nil {
			return nil, nil, err
		}
		u = next
	}
	return nil, nil, refuse(TooManyRedirects, "more than %d", MaxRedirects)
}

func isRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect,
		http.StatusPermanentRedirect:
		return true
	}
	return false
}

func (f *Fetcher) get(ctx context.Context, u *url.URL) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), http.NoBody)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", f.agent)
	request.Header.Set("Accept", "text/html, application/xhtml+xml, text/markdown, text/plain, application/pdf, "+typeDOCX+", */*;q=0.1")
	request.Header.Set("Accept-Language", "fr, *;q=0.5")
	return f.web.RoundTrip(request)
}

// readBody reads an answer of at most limit bytes, once what the transport has packed is unpacked.
func readBody(response *http.Response, limit int64) ([]byte, error) {
	if response.ContentLength > limit {
		return nil, refuse(TooBig, "%d bytes, and %d are taken at most", response.ContentLength, limit)
	}
	data, err := io.ReadAll(io.LimitReader(response.Body, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, refuse(TooBig, "more than %d bytes", limit)
	}
	return data, nil
}

const typeDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// acceptable refuses an answer that holds no file, or one that is said to be of another kind than those that are read.
func acceptable(r *http.Response) error {
	switch status := r.StatusCode; {
	case status == http.StatusNotFound, status == http.StatusGone:
		return refuse(NotFound, "%s", r.Status)
	case status == http.StatusUnauthorized, status == http.StatusPaymentRequired, status == http.StatusForbidden,
		status == http.StatusProxyAuthRequired, status == http.StatusUnavailableForLegalReasons:
		return refuse(Denied, "%s", r.Status)
	case status != http.StatusOK:
		return refuse(Unreachable, "%s", r.Status)
	case r.Header.Get("Content-Encoding") != "":
		return refuse(Unreadable, "it is packed by %q, which was not asked for", r.Header.Get("Content-Encoding"))
	}
	stated := r.Header.Get("Content-Type")
	kind, _, _ := mime.ParseMediaType(stated)
	switch kind {
	case "", "application/xhtml+xml", "application/xml", "application/pdf", "application/x-pdf", typeDOCX,
		"application/octet-stream", "binary/octet-stream", "application/download", "application/force-download":
		return nil
	}
	if strings.HasPrefix(kind, "text/") {
		return nil
	}
	return refuse(WrongType, "the server says it is %q", kind)
}

// fileName is what the server calls the file, or the last part of its address.
func fileName(r *http.Response, u *url.URL) string {
	if _, params, err := mime.ParseMediaType(r.Header.Get("Content-Disposition")); err == nil && params["filename"] != "" {
		return path.Base(strings.ReplaceAll(params["filename"], `\`, "/"))
	}
	if name := path.Base(u.Path); name != "/" && name != "." {
		return name
	}
	return ""
}
