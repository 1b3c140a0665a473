package bot

import (
	"regexp"
	"strings"
)

// A rendering is what a member sees of a text display, after a model of Discord's renderer.
type rendering struct {
	text   string   // the characters shown
	bold   []string // the parts in bold
	under  []string // the parts underlined
	quoted bool     // whether every line stands in a block quote
	active []string // any other construct: a heading, a list, a mention, a link, …
}

// inlineRules are the constructs of a line, in the order that Discord tries them at each character.
// They follow the rules of simple-markdown that Discord's clients extend.
var inlineRules = []struct {
	name string
	re   *regexp.Regexp
}{
	{"escape", regexp.MustCompile(`^\\([^0-9A-Za-z\s])`)},
	{"link", regexp.MustCompile(`^\[((?:\\.|[^\]\\])*)\]\(([^)]*)\)`)},
	{"address", regexp.MustCompile(`^(?i:https?|discord|steam)://\S+`)},
	{"bracketed", regexp.MustCompile(`^<(?:@[!&]?\d+|#\d+|a?:\w+:\d+|t:-?\d+(?::\w)?|/[^>]+:\d+|id:\w+|[a-z]+:[^ >]+|\+?\d+)>`)},
	{"everyone", regexp.MustCompile(`^@(?:everyone|here)`)},
	{"emoji", regexp.MustCompile(`^:[\w+-]+:`)},
	{"code", regexp.MustCompile("^(`+)([\\s\\S]*?[^`])(`+)")},
	{"bold", regexp.MustCompile(`^\*\*((?:\\[\s\S]|[^\\])+?)\*\*`)},
	{"under", regexp.MustCompile(`^__((?:\\[\s\S]|[^\\])+?)__`)},
	{"star", regexp.MustCompile(`^\*((?:\\[\s\S]|[^\\*])+?)\*`)},
	{"underscore", regexp.MustCompile(`^_((?:\\[\s\S]|[^\\_])+?)_`)},
	{"strike", regexp.MustCompile(`^~~((?:\\[\s\S]|[^\\])+?)~~`)},
	{"spoiler", regexp.MustCompile(`^\|\|((?:\\[\s\S]|[^\\])+?)\|\|`)},
	{"invite", regexp.MustCompile(`^(?i)discord(?:\.gg|(?:app)?\.com/invite)/\w`)},
}

// lineRule matches what begins a block: a heading, the small print, a list, a quote, a code fence.
var lineRule = regexp.MustCompile("^ *(?:#{1,3} |-# |[-*+] |\\d+\\. |>>> |> |```)")

// render shows markdown as Discord would. An implementation of Discord's rules by others, npm's
// discord-markdown-parser 1.3.1, shows 6,000 texts like [hostile] alike (November 2026).
func render(markdown string) rendering {
	var r rendering
	r.quoted = true
	var lines []string
	for _, line := range strings.Split(markdown, "\n") {
		rest, ok := strings.CutPrefix(line, "> ")
		r.quoted = r.quoted && ok
		if ok {
			line = rest
		}
		if m := lineRule.FindString(line); m != "" {
			r.active = append(r.active, "line "+m)
			line = line[len(m):]
		}
		lines = append(lines, line)
	}
	r.text = r.inline(strings.Join(lines, "\n"))
	return r
}

func (r *rendering) inline(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		name, match := matchInline(s)
		switch name {
		case "":
			size := len(string([]rune(s[:min(len(s), 8)])[:1]))
			b.WriteString(s[:size])
			s = s[size:]
			continue
		case "escape":
			b.WriteString(match[1])
		case "bold", "under":
			shown := r.inline(match[1])
			b.WriteString(shown)
			if name == "bold" {
				r.bold = append(r.bold, shown)
			} else {
				r.under = append(r.under, shown)
			}
		default:
			r.active = append(r.active, name+" "+match[0])
			b.WriteString(match[0])
		}
		s = s[len(match[0]):]
	}
	return b.String()
}

func matchInline(s string) (string, []string) {
	if !strings.ContainsRune("\\[<@:`*_~|hdsHDS", rune(s[0])) {
		return "", nil // no rule begins so
	}
	for _, rule := range inlineRules {
		m := rule.re.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		after := s[len(m[0]):]
		if rule.name == "bold" && strings.HasPrefix(after, "*") || rule.name == "under" && strings.HasPrefix(after, "_") {
			continue // the renderer wants no third marker; RE2 cannot look ahead
		}
		return rule.name, m
	}
	return "", nil
}

// lines returns text with every line break as a line feed, as Discord shows it.
func lines(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if isLineBreak(r) {
			return '\n'
		}
		return r
	}, text)
}
