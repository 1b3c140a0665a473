package deploy_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/goreleaser/goreleaser/v2/pkg/config"
)

// load reads deploy/compose.yaml as Compose does, with an environment and profiles.
func load(t *testing.T, env []string, profiles ...string) *types.Project {
	t.Helper()
	o, err := cli.NewProjectOptions([]string{filepath.Join(root, "deploy/compose.yaml")}, cli.WithEnv(env), cli.WithProfiles(profiles), cli.WithResolvedPaths(true))
	if err != nil {
		t.Fatal(err)
	}
	// The bot's own settings are a file that an operator writes.
	settings := filepath.Join(root, ".env")
	if _, err := os.Stat(settings); os.IsNotExist(err) {
		if err := os.WriteFile(settings, []byte("LOG_LEVEL=info\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Remove(settings) })
	}
	p, err := o.LoadProject(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestComposeProfiles(t *testing.T) {
	tests := []struct {
		profiles []string
		want     []string
	}{
		{nil, []string{"bot"}},
		{[]string{"postgres"}, []string{"bot", "postgres"}},
		{[]string{"metrics"}, []string{"bot", "grafana", "prometheus"}},
		{[]string{"postgres", "metrics"}, []string{"bot", "grafana", "postgres", "prometheus"}},
	}
	for _, tt := range tests {
		t.Run(strings.Join(tt.profiles, " "), func(t *testing.T) {
			got := load(t, nil, tt.profiles...).ServiceNames()
			slices.Sort(got)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

// The bot uses the database that is configured, and the one beside it only when that has a password.
func TestComposeChoosesTheDatabase(t *testing.T) {
	for env, want := range map[string]string{
		"":                             "",
		"POSTGRES_PASSWORD=abc123":     "postgres://verbatim:abc123@postgres:5432/verbatim?sslmode=disable",
		"DATABASE_URL=postgres://db/x": "postgres://db/x",
	} {
		var list []string
		if env != "" {
			list = []string{env}
		}
		got := ""
		if v := load(t, list, "postgres").Services["bot"].Environment["DATABASE_URL"]; v != nil {
			got = *v
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", env, got, want)
		}
	}
}

// No container has rights that it does not need, a secret in the file, or a port that other machines reach.
func TestComposeIsClosed(t *testing.T) {
	for name, s := range load(t, nil, "postgres", "metrics").Services {
		if !slices.Contains(s.SecurityOpt, "no-new-privileges:true") {
			t.Errorf("%s may gain privileges", name)
		}
		if name != "postgres" && !slices.Equal(s.CapDrop, []string{"ALL"}) { // its entry point changes user
			t.Errorf("%s keeps capabilities", name)
		}
		if (name == "bot" || name == "prometheus") && !s.ReadOnly {
			t.Errorf("%s may write on its root", name)
		}
		if s.MemLimit == 0 || s.Restart != "unless-stopped" || s.Logging == nil {
			t.Errorf("%s: want a limit of memory, of its log, and a restart", name)
		}
		if s.Build == nil && (!strings.Contains(s.Image, ":") || strings.HasSuffix(s.Image, ":latest")) {
			t.Errorf("%s: image %s: want a tag that does not change", name, s.Image)
		}
		for _, p := range s.Ports {
			if p.HostIP != "127.0.0.1" {
				t.Errorf("%s: port %s is open to other machines", name, p.Published)
			}
		}
		for _, v := range s.Volumes {
			if v.Type != types.VolumeTypeBind {
				continue
			}
			if _, err := os.Stat(v.Source); err != nil || !v.ReadOnly {
				t.Errorf("%s: %s is mounted, read-only %v: %v", name, v.Source, v.ReadOnly, err)
			}
		}
		for key, value := range s.Environment {
			if strings.Contains(key, "PASSWORD") && value != nil && *value != "" {
				t.Errorf("%s: %s has a value in the file", name, key)
			}
		}
	}
	if grace := load(t, nil).Services["bot"].StopGracePeriod; grace == nil || grace.String() != "30s" {
		t.Errorf("the bot has %v to stop", grace)
	}
}

// TestGoreleaser reads the configuration of releases as goreleaser does, which refuses a field that it does not know.
func TestGoreleaser(t *testing.T) {
	p, err := config.Load(filepath.Join(root, ".goreleaser.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Builds) != 1 || !slices.Contains(p.Builds[0].Env, "CGO_ENABLED=0") || !slices.Equal(p.Builds[0].Goarch, []string{"amd64", "arm64"}) {
		t.Errorf("got builds %+v, want a static one for two architectures", p.Builds)
	}
	if len(p.SBOMs) == 0 || p.Checksum.NameTemplate == "" {
		t.Error("want an SBOM and checksums")
	}
	for _, pattern := range p.Archives[0].Files {
		if found, _ := filepath.Glob(filepath.Join(root, pattern.Source)); len(found) == 0 {
			t.Errorf("the archive would hold %s, which is not there", pattern.Source)
		}
	}
}
