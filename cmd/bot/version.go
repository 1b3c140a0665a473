package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"
)

// The version and the commit that the program was built from, where the build gives them:
//
//	go build -ldflags "-X main.version=v1.0.0 -X main.revision=$(git rev-parse HEAD)" ./cmd/bot
//
// They are variables only because the linker sets nothing else. Without them the program says what the
// Go command recorded.
var version, revision string

// reported are the modules whose versions a report of a fault needs.
var reported = [...]string{"github.com/blevesearch/bleve/v2", "github.com/bwmarrin/discordgo"}

// versionCmd prints the versions that a report of a fault needs.
type versionCmd struct{}

// Run prints one thing a line: its name, and its version.
func (versionCmd) Run(p *program) error {
	return printVersions(p.stdout, buildInfo())
}

// buildInfo is what the Go command recorded of the build.
func buildInfo() *debug.BuildInfo {
	if info, ok := debug.ReadBuildInfo(); ok {
		return info
	}
	return &debug.BuildInfo{GoVersion: runtime.Version()}
}

func printVersions(w io.Writer, info *debug.BuildInfo) error {
	var b strings.Builder
	fmt.Fprintf(&b, "bot %s\n", ownVersion(info))
	fmt.Fprintf(&b, "revision %s\n", ownRevision(info))
	fmt.Fprintf(&b, "go %s %s/%s\n", strings.TrimPrefix(info.GoVersion, "go"), runtime.GOOS, runtime.GOARCH)
	for _, path := range reported {
		fmt.Fprintf(&b, "%s %s\n", path, moduleVersion(info, path))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// unknown stands for what a build did not record.
const unknown = "unknown"

func ownVersion(info *debug.BuildInfo) string {
	switch {
	case version != "":
		return version
	case info.Main.Version != "":
		return info.Main.Version
	}
	return unknown
}

func ownRevision(info *debug.BuildInfo) string {
	if revision != "" {
		return revision
	}
	found, modified := unknown, ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			found = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			modified = ", modified"
		}
	}
	return found + modified
}

func moduleVersion(info *debug.BuildInfo, path string) string {
	for _, m := range info.Deps {
		switch {
		case m.Path != path:
		case m.Replace != nil:
			return m.Replace.Version
		default:
			return m.Version
		}
	}
	return unknown
}
