package reader

import (
	"net/url"
	"testing"
)

// TestRobots holds what RFC 9309 says, and its examples.
func TestRobots(t *testing.T) {
	for _, tt := range []struct {
		name, robots, address string
		want                  bool
	}{
		{"none", "", "https://a.fr/", true},
		{"all", "User-agent: *\nDisallow: /", "https://a.fr/x", false},
		{"all, with a mark and other ends of lines", "\ufeffUSER-AGENT : *\r\ndisallow:/\r\n", "https://a.fr/x", false},
		{"nothing disallowed", "User-agent: *\nDisallow:", "https://a.fr/x", true},
		{"another program", "User-agent: autre\nDisallow: /", "https://a.fr/x", true},
		{"a program whose name begins ours", "User-agent: verb\nDisallow: /", "https://a.fr/x", true},
		{"ours, with a version", "User-agent: VERBATIM/2.0\nDisallow: /", "https://a.fr/x", false},
		{"ours before all", "User-agent: *\nDisallow: /\nUser-agent: verbatim\nDisallow: /a", "https://a.fr/x", true},
		{"ours twice", "User-agent: verbatim\nDisallow: /a\nUser-agent: *\nDisallow: /\nUser-agent: verbatim\nDisallow: /b", "https://a.fr/b", false},
		{"a group of several", "User-agent: autre\nUser-agent: verbatim\nDisallow: /b\nUser-agent: *\nDisallow:", "https://a.fr/b", false},
		{"a rule before any group", "Disallow: /\nUser-agent: *\nDisallow: /a", "https://a.fr/b", true},
		{"a comment", "User-agent: * # tous\nDisallow: /a # et la suite", "https://a.fr/a", false},
		{"the longest", "User-agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif", "https://a.fr/example/page/disallowed.gif", false},
		{"the longest, the other way", "User-agent: *\nDisallow: /a\nAllow: /a/b", "https://a.fr/a/b/c", true},
		{"as long", "User-agent: *\nDisallow: /a\nAllow: /a", "https://a.fr/a", true},
		{"a prefix", "User-agent: *\nDisallow: /fish", "https://a.fr/fishheads/yummy.html", false},
		{"case", "User-agent: *\nDisallow: /fish", "https://a.fr/Fish.asp", true},
		{"a star", "User-agent: *\nDisallow: /*.php", "https://a.fr/folder/any.php.file.html", false},
		{"the end", "User-agent: *\nDisallow: /*.php$", "https://a.fr/filename.php?parameters", true},
		{"at the end", "User-agent: *\nDisallow: /*.php$", "https://a.fr/a/filename.php", false},
		{"two stars", "User-agent: *\nDisallow: /fish*.php*x$", "https://a.fr/fishheads/catfish.php?parameters-x", false},
		{"a star in the middle only", "User-agent: *\nDisallow: /a*b", "https://a.fr/x/a/b", true},
		{"a query", "User-agent: *\nDisallow: /*?imprimer", "https://a.fr/article?imprimer=1", false},
		{"letters with accents", "User-agent: *\nDisallow: /été", "https://a.fr/%c3%A9t%C3%a9/nice", false},
		{"no path", "User-agent: *\nDisallow: /$", "https://a.fr", false},
		{"what is no rule", "Sitemap: https://a.fr/sitemap.xml\nCrawl-delay: x\nUser-agent: *\nNoindex: /\nDisallow /b\nDisallow: /a", "https://a.fr/b", true},
	} {
		u, err := url.Parse(tt.address)
		if err != nil {
			t.Fatal(err)
		}
		if got := parseRobots([]byte(tt.robots)).allows(u); got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
	}
}
