package deploy_test

import (
	"regexp"
	"strings"
	"testing"
)

// What deploy/ and the hosting guide set is a setting of the program's, which a test of cmd/bot holds .env.example to, or
// one of Go's or of these files' own.
func TestSettingsThatAreSetExist(t *testing.T) {
	known := map[string]bool{"GOMEMLIMIT": true, "POD_INDEX": true}
	for _, m := range regexp.MustCompile(`(?m)^([A-Z_]+)=`).FindAllSubmatch(read(t, ".env.example"), -1) {
		known[string(m[1])] = true
	}
	if len(known) < 10 {
		t.Fatalf("got %d settings", len(known))
	}
	set := map[string][]string{}
	note := func(where, name string) { set[name] = append(set[name], where) }
	for _, w := range workloads(manifests(t)) {
		for _, e := range w.template.Spec.Containers[0].Env {
			note(w.name, e.Name)
		}
	}
	for name := range mustLoad(t, postgres, password, operators).Services["bot"].Environment {
		if name != "LOG_LEVEL" { // of the .env that stands in for the operator's
			note("compose.yaml", name)
		}
	}
	for file, pattern := range map[string]string{
		"deploy/systemd/verbatim.service": `(?m)^Environment=([A-Z_]+)=`,
		"Dockerfile":                      `(?m)^ENV ([A-Z_]+)=`,
		"docs/hosting.md":                 `(?m)^\s*(?:- key: )?([A-Z]+_[A-Z_]+)(?:$| = )`,
	} {
		found := regexp.MustCompile(pattern).FindAllSubmatch(read(t, file), -1)
		if len(found) == 0 {
			t.Errorf("%s sets nothing", file)
		}
		for _, m := range found {
			note(file, string(m[1]))
		}
	}
	for name, where := range set {
		if !known[name] {
			t.Errorf("%s is set in %s, and is no setting", name, strings.Join(where, ", "))
		}
	}
}
