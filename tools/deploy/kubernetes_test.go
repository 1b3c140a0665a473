package deploy_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	yamlutil "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// kinds are the objects that the manifests may hold.
var kinds = map[string]func() runtime.Object{
	"v1 ServiceAccount":                      func() runtime.Object { return new(corev1.ServiceAccount) },
	"v1 Service":                             func() runtime.Object { return new(corev1.Service) },
	"apps/v1 Deployment":                     func() runtime.Object { return new(appsv1.Deployment) },
	"apps/v1 StatefulSet":                    func() runtime.Object { return new(appsv1.StatefulSet) },
	"policy/v1 PodDisruptionBudget":          func() runtime.Object { return new(policyv1.PodDisruptionBudget) },
	"networking.k8s.io/v1 NetworkPolicy":     func() runtime.Object { return new(networkingv1.NetworkPolicy) },
	"networking.k8s.io/v1 Ingress":           func() runtime.Object { return new(networkingv1.Ingress) },
	"autoscaling/v2 HorizontalPodAutoscaler": func() runtime.Object { return new(autoscalingv2.HorizontalPodAutoscaler) },
}

// manifests decodes every object of deploy/kubernetes by Kubernetes's own types. A field that they do not have, or
// that stands twice, fails the test.
func manifests(t *testing.T) []runtime.Object {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "deploy/kubernetes/*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatal("no manifest is found", err)
	}
	var all []runtime.Object
	for _, file := range files {
		if filepath.Base(file) == "kustomization.yaml" {
			continue
		}
		docs := yamlutil.NewYAMLReader(bufio.NewReader(bytes.NewReader(read(t, "deploy/kubernetes/"+filepath.Base(file)))))
		for {
			doc, err := docs.Read()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, decode(t, file, doc))
		}
	}
	return all
}

func decode(t *testing.T, file string, doc []byte) runtime.Object {
	t.Helper()
	var head metav1.TypeMeta
	if err := yaml.Unmarshal(doc, &head); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	blank, known := kinds[head.APIVersion+" "+head.Kind]
	if !known {
		t.Fatalf("%s: %s %s is not among the kinds that are checked", file, head.APIVersion, head.Kind)
	}
	o := blank()
	if err := yaml.UnmarshalStrict(doc, o); err != nil {
		t.Fatalf("%s: %s: %v", file, head.Kind, err)
	}
	return o
}

// A workload is pods that are made from a template.
type workload struct {
	name     string
	selector *metav1.LabelSelector
	template corev1.PodTemplateSpec
}

func workloads(all []runtime.Object) []workload {
	var found []workload
	for _, o := range all {
		switch o := o.(type) {
		case *appsv1.Deployment:
			found = append(found, workload{o.Name, o.Spec.Selector, o.Spec.Template})
		case *appsv1.StatefulSet:
			found = append(found, workload{o.Name, o.Spec.Selector, o.Spec.Template})
		}
	}
	return found
}

// Every pod runs without rights, on a root that it cannot write, with its probes and its bounds.
func TestPodsHaveNoRights(t *testing.T) {
	found := workloads(manifests(t))
	if len(found) != 2 {
		t.Fatalf("got %d workloads, want one a way of delivery", len(found))
	}
	for _, w := range found {
		t.Run(w.name, func(t *testing.T) {
			pod := w.template.Spec
			want := func(holds bool, what string) {
				t.Helper()
				if !holds {
					t.Errorf("want %s", what)
				}
			}
			want(matches(t, w.selector, w.template.Labels), "a selector that fits the template")
			want(pod.AutomountServiceAccountToken != nil && !*pod.AutomountServiceAccountToken, "no token of the cluster's")
			want(!pod.HostNetwork && !pod.HostPID && !pod.HostIPC, "nothing of the host's")
			s := pod.SecurityContext
			want(s != nil && s.RunAsNonRoot != nil && *s.RunAsNonRoot && s.RunAsUser != nil && *s.RunAsUser == 65532, "the image's user")
			want(s != nil && s.SeccompProfile != nil && s.SeccompProfile.Type == corev1.SeccompProfileTypeRuntimeDefault, "the runtime's seccomp profile")
			for _, c := range pod.Containers {
				cs := c.SecurityContext
				want(cs != nil && cs.AllowPrivilegeEscalation != nil && !*cs.AllowPrivilegeEscalation, "no privilege escalation")
				want(cs != nil && cs.ReadOnlyRootFilesystem != nil && *cs.ReadOnlyRootFilesystem, "a read-only root")
				want(cs != nil && cs.Capabilities != nil && slices.Equal(cs.Capabilities.Drop, []corev1.Capability{"ALL"}) && len(cs.Capabilities.Add) == 0, "no capabilities")
				want(!c.Resources.Limits.Memory().IsZero() && !c.Resources.Requests.Memory().IsZero() && !c.Resources.Requests.Cpu().IsZero(), "requests, and a limit of memory")
				want(probes(c.LivenessProbe) == "/healthz" && probes(c.StartupProbe) == "/healthz" && probes(c.ReadinessProbe) == "/readyz", "the three probes")
				for _, p := range []*corev1.Probe{c.LivenessProbe, c.StartupProbe, c.ReadinessProbe} {
					want(p != nil && hasPort(c, p.HTTPGet.Port.StrVal), "probes of a port that the container has")
				}
				want(drains(t, pod, c), "a grace that covers SHUTDOWN_DELAY and 8 s of draining")
				for _, e := range c.Env {
					want(!secretName.MatchString(e.Name) || e.Value == "", "no secret in a manifest: "+e.Name)
				}
			}
		})
	}
}

var secretName = regexp.MustCompile("TOKEN|KEY|PASSWORD|DATABASE")

func probes(p *corev1.Probe) string {
	if p == nil || p.HTTPGet == nil {
		return ""
	}
	return p.HTTPGet.Path
}

func hasPort(c corev1.Container, name string) bool {
	return slices.ContainsFunc(c.Ports, func(p corev1.ContainerPort) bool { return p.Name == name })
}

// drains reports whether a pod has the time to stop that it takes.
func drains(t *testing.T, pod corev1.PodSpec, c corev1.Container) bool {
	t.Helper()
	delay := 0
	for _, e := range c.Env {
		if e.Name == "SHUTDOWN_DELAY" {
			if _, err := fmt.Sscanf(e.Value, "%ds", &delay); err != nil {
				t.Fatalf("SHUTDOWN_DELAY=%s: %v", e.Value, err)
			}
		}
	}
	return pod.TerminationGracePeriodSeconds != nil && *pod.TerminationGracePeriodSeconds >= int64(delay+8+2)
}

// What selects pods selects some: services, budgets, policies; and what names another object names one that is there.
func TestManifestsFitTogether(t *testing.T) {
	all := manifests(t)
	pods := workloads(all)
	names := map[string]bool{}
	selects := func(what string, s *metav1.LabelSelector) {
		t.Helper()
		if !slices.ContainsFunc(pods, func(w workload) bool { return matches(t, s, w.template.Labels) }) {
			t.Errorf("%s selects no pod", what)
		}
	}
	for _, o := range all {
		if s, ok := o.(*corev1.Service); ok {
			names[s.Name] = true
			selects("service "+s.Name, &metav1.LabelSelector{MatchLabels: s.Spec.Selector})
		}
	}
	for _, w := range pods {
		names[w.name] = true
	}
	for _, o := range all {
		switch o := o.(type) {
		case *policyv1.PodDisruptionBudget:
			selects("budget "+o.Name, o.Spec.Selector)
		case *networkingv1.NetworkPolicy:
			selects("policy "+o.Name, &o.Spec.PodSelector)
			if len(o.Spec.PolicyTypes) != 2 {
				t.Errorf("policy %s bounds %v, want both ways", o.Name, o.Spec.PolicyTypes)
			}
		case *autoscalingv2.HorizontalPodAutoscaler:
			if !names[o.Spec.ScaleTargetRef.Name] {
				t.Errorf("the autoscaler scales %s, which is not there", o.Spec.ScaleTargetRef.Name)
			}
		case *networkingv1.Ingress:
			for _, r := range o.Spec.Rules {
				for _, p := range r.HTTP.Paths {
					if !names[p.Backend.Service.Name] || p.Path != "/interactions" {
						t.Errorf("the ingress sends %s to %s", p.Path, p.Backend.Service.Name)
					}
				}
			}
		case *appsv1.StatefulSet:
			if !names[o.Spec.ServiceName] {
				t.Errorf("%s is named by service %s, which is not there", o.Name, o.Spec.ServiceName)
			}
			parts := fmt.Sprintf("$(POD_INDEX)/%d", *o.Spec.Replicas)
			if !slices.ContainsFunc(o.Spec.Template.Spec.Containers[0].Env, func(e corev1.EnvVar) bool {
				return e.Name == "SHARD_IDS" && e.Value == parts
			}) {
				t.Errorf("%s has %d replicas: want SHARD_IDS=%s", o.Name, *o.Spec.Replicas, parts)
			}
		}
	}
}

// kustomization.yaml names the files that are there.
func TestKustomization(t *testing.T) {
	var k struct {
		metav1.TypeMeta `json:",inline"`
		Namespace       string              `json:"namespace"`
		Resources       []string            `json:"resources"`
		Images          []map[string]string `json:"images"`
	}
	text := read(t, "deploy/kubernetes/kustomization.yaml")
	if err := yaml.UnmarshalStrict(text, &k); err != nil {
		t.Fatal(err)
	}
	for _, file := range append(k.Resources, "gateway.yaml") {
		read(t, "deploy/kubernetes/"+file)
	}
	if !strings.Contains(string(text), "# - gateway.yaml") {
		t.Error("the other way of delivery is not shown")
	}
	for _, image := range k.Images {
		if image["newTag"] == "" || image["newTag"] == "latest" {
			t.Errorf("image %s: want a tag that does not change", image["name"])
		}
	}
}

func matches(t *testing.T, s *metav1.LabelSelector, of map[string]string) bool {
	t.Helper()
	sel, err := metav1.LabelSelectorAsSelector(s)
	if err != nil {
		t.Fatal(err)
	}
	return !sel.Empty() && sel.Matches(labels.Set(of))
}
