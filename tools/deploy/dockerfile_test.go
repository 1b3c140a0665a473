package deploy_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// TestDockerfile parses the Dockerfile as BuildKit does, and holds the image to what the documentation says of it.
// hadolint checks its style: see .ci/run.
func TestDockerfile(t *testing.T) {
	ast, err := parser.Parse(bytes.NewReader(read(t, "Dockerfile")))
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range ast.Warnings {
		t.Errorf("the parser warns: %+v", w)
	}
	stages, _, err := instructions.Parse(ast.AST, nil)
	if err != nil {
		t.Fatal(err)
	}
	image := stages[len(stages)-1]
	if !strings.Contains(image.BaseName, "static") || !strings.HasSuffix(image.BaseName, ":nonroot") {
		t.Errorf("the image is made from %s, want a static base whose user has no rights", image.BaseName)
	}
	seen := map[string]instructions.Command{}
	for _, c := range image.Commands {
		name := strings.ToLower(c.Name())
		seen[name] = c
		if name == "run" || name == "user" {
			t.Errorf("the image has no shell, and its user is the base's: %s", c)
		}
	}
	entry, ok := seen["entrypoint"].(*instructions.EntrypointCommand)
	if !ok || entry.PrependShell || len(entry.CmdLine) != 1 || entry.CmdLine[0] != "/bot" {
		t.Errorf("got entry point %v, want /bot without a shell", seen["entrypoint"])
	}
	health, ok := seen["healthcheck"].(*instructions.HealthCheckCommand)
	if !ok || strings.Join(health.Health.Test, " ") != "CMD /bot healthcheck" {
		t.Errorf("got health check %v, want the program's own, without a shell", seen["healthcheck"])
	}
	build := stages[0]
	if !strings.Contains(build.Platform, "$BUILDPLATFORM") {
		t.Errorf("the build runs on %q: it would be emulated for the other platform", build.Platform)
	}
	if !strings.Contains(string(read(t, "Dockerfile")), "CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH") {
		t.Error("the binary is not built for the target's platform")
	}
}
