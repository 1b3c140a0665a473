package main

import (
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPrintVersions(t *testing.T) {
	info := &debug.BuildInfo{
		GoVersion: "go1.26.8",
		Main:      debug.Module{Path: "verbatim", Version: "(devel)"},
		Deps: []*debug.Module{
			{Path: "github.com/blevesearch/bleve/v2", Version: "v2.6.3"},
			{Path: "github.com/bwmarrin/discordgo", Version: "v1", Replace: &debug.Module{Version: "v2"}},
		},
		Settings: []debug.BuildSetting{{Key: "vcs.modified", Value: "true"}, {Key: "vcs.revision", Value: "abc"}},
	}
	var b strings.Builder
	if err := printVersions(&b, info); err != nil {
		t.Fatal(err)
	}
	want := "bot (devel)\nrevision abc, modified\ngo 1.26.8 " + runtime.GOOS + "/" + runtime.GOARCH + "\n" +
		"github.com/blevesearch/bleve/v2 v2.6.3\ngithub.com/bwmarrin/discordgo v2\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
