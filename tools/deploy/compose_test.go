package deploy_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/goreleaser/goreleaser/v2/pkg/config"
)

// operators are settings of the bot's that an operator wrote, in .env.
const operators = "LOG_LEVEL=info\n"

// load reads files of deploy/ as Compose does, with an environment, profiles, and the bot's own settings.
func load(t *testing.T, files []string, env []string, settings string, profiles ...string) (*types.Project, error) {
	t.Helper()
	here := t.TempDir()
	deploy, err := filepath.Abs(filepath.Join(root, "deploy"))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Symlink(deploy, filepath.Join(here, "deploy")), os.WriteFile(filepath.Join(here, ".env"), []byte(settings), 0o600)); err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, name := range files {
		paths = append(paths, filepath.Join(here, "deploy", name))
	}
	o, err := cli.NewProjectOptions(paths, cli.WithEnv(env), cli.WithProfiles(profiles), cli.WithResolvedPaths(true))
	if err != nil {
		t.Fatal(err)
	}
	return o.LoadProject(t.Context())
}

func mustLoad(t *testing.T, files []string, env []string, settings string, profiles ...string) *types.Project {
	t.Helper()
	p, err := load(t, files, env, settings, profiles...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var (
	alone    = []string{"compose.yaml"}
	postgres = []string{"compose.yaml", "compose.postgres.yaml"}
	password = []string{"POSTGRES_PASSWORD=abc123"}
)

func TestComposeProfiles(t *testing.T) {
	tests := []struct {
		files, profiles []string
		want            []string
	}{
		{alone, nil, []string{"bot"}},
		{postgres, nil, []string{"bot", "postgres"}},
		{alone, []string{"metrics"}, []string{"bot", "grafana", "prometheus"}},
		{postgres, []string{"metrics"}, []string{"bot", "grafana", "postgres", "prometheus"}},
	}
	for _, tt := range tests {
		t.Run(strings.Join(append(tt.files, tt.profiles...), " "), func(t *testing.T) {
			got := mustLoad(t, tt.files, password, operators, tt.profiles...).ServiceNames()
			slices.Sort(got)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

// The bot keeps its library in the volume, or in the database that is configured, whatever the settings are beside: all of
// .env.example among them.
func TestComposeKeepsTheLibrary(t *testing.T) {
	beside := "postgres://verbatim:abc123@postgres:5432/verbatim?sslmode=disable"
	for _, tt := range []struct {
		name, settings, library, database string
		files                             []string
	}{
		{"the example", string(read(t, ".env.example")), "library.db", "", alone},
		{"the example, with PostgreSQL", string(read(t, ".env.example")), "library.db", beside, postgres},
		{"nothing to keep", "LIBRARY=memory:\n", "memory:", "", alone},
		{"a database in .env", "DATABASE_URL=postgres://db/x\n", "", "postgres://db/x", alone},
	} {
		bot := mustLoad(t, tt.files, password, tt.settings).Services["bot"]
		value := func(name string) string {
			if v := bot.Environment[name]; v != nil {
				return *v
			}
			return ""
		}
		if got := value("DATABASE_URL"); got != tt.database {
			t.Errorf("%s: DATABASE_URL is %q, want %q", tt.name, got, tt.database)
		}
		if got := value("LIBRARY"); got != tt.library || bot.Volumes[0].Target != "/data" {
			t.Errorf("%s: LIBRARY is %q, the volume %+v", tt.name, got, bot.Volumes)
		}
	}
	if _, err := load(t, postgres, nil, operators); err == nil || !strings.Contains(err.Error(), "POSTGRES_PASSWORD") {
		t.Errorf("without a password: got %v", err)
	}
	if dockerfile := string(read(t, "Dockerfile")); !strings.Contains(dockerfile, "\nWORKDIR /data\n") {
		t.Error("« library.db » would not be in the image's volume")
	}
}

// No container has rights that it does not need, a secret in the file, or a port that other machines reach.
func TestComposeIsClosed(t *testing.T) {
	for name, s := range mustLoad(t, postgres, password, operators, "metrics").Services {
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
			if strings.Contains(key, "PASSWORD") && value != nil && *value != "" && *value != "abc123" {
				t.Errorf("%s: %s has a value in the file", name, key)
			}
		}
	}
	if grace := mustLoad(t, alone, nil, operators).Services["bot"].StopGracePeriod; grace == nil || grace.String() != "30s" {
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
