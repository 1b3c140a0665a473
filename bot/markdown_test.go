package bot

import (
	"testing"
	"unicode/utf8"
)

// hostile are texts that mean something to Discord. Each must be shown as it is.
var hostile = []string{
	"<t:\nus:1>", "<t:\u00a0us:1>", // no space within
	"",
	"Jason Droege occupera le poste de PDG par intérim après le départ de Wang.",
	"« Où ? » demanda-t-il : 14,3 milliards (soit 49 %), n° 3, l’IA.",
	"@everyone et @here, <@1>, <@!1>, <@&1>, <#1>, </demander:1>, <id:home>",
	"<t:1700000000:R> <:wumpus:1> <a:wumpus:1> :smile: :+1: 12:30:45",
	"**gras** __souligné__ *italique* _italique_ ~~barré~~ ||caché|| `code` ``c`ode``",
	"***trois*** ____ **** ||||| ~~~~ ``````",
	"```go\nfmt.Println(1)\n```",
	"# Titre", "## Titre", "### Titre", "-# petit", "> cité", ">>> cité\nencore", "- puce", "* puce", "+ puce", "  - puce",
	"1. un\n2. deux\n 10. dix", "2016. Année faste.", "1) un",
	"[lien](https://example.com) [x]( y ) ![image](https://example.com/i.png)",
	"https://example.com/a_b?c=d#e, HTTP://EXAMPLE.COM, <https://example.com>, www.example.com, steam://run/1",
	"discord.gg/abc discord.com/invite/abc https://discord.gg/abc DISCORD.GG/abc discordapp.com/invite/abc",
	`\ \\ \* \_ \\* C:\dossier\ ¯\_(ツ)_/¯`,
	"ligne\n- puce\r\n# titre\r> cité\u2028- puce\u2029> x\u0085# y\v- z\f1. w",
	"droite à gauche \u202eabc\u202c \u2067x\u2069", "zéro\u200b**largeur**\u200d \ufeff- x", "\x01\x02# \x1b[31m",
	"👍🏽 👨‍👩‍👧 é e\u0301 😀:😀:", "a.b.c U.S.A. 3.14 fin.", "a*b_c~d|e`f<g>h[i]j@k#l-m+n.o:p\\q",
}

func TestEscapeShowsTheTextAsItIs(t *testing.T) {
	for _, text := range hostile {
		checkEscape(t, text)
	}
}

func TestEscapeKeepsProseShort(t *testing.T) {
	const prose = "L’accord donnera à Meta une participation sans droit de vote de 49 % (14,3 milliards) : « rien d’autre »."
	if got := escape(prose); got != prose {
		t.Errorf("escape = %q, want it unchanged", got)
	}
}

func FuzzEscape(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if utf8.ValidString(text) {
			checkEscape(t, text)
		}
	})
}

// checkEscape checks that Discord shows text as it is once escaped, that a member's question can be
// read back from a message, and that a search of the raw text, as servers do, finds no mention or link.
func checkEscape(t *testing.T, text string) {
	t.Helper()
	escaped := escape(text)
	if got, want := unescape(escaped), lines(text); got != want {
		t.Errorf("unescape(escape(%q)) = %q, want %q", text, got, want)
	}
	r := render(escaped)
	if r.text != lines(text) {
		t.Errorf("%q escaped as %q shows %q", text, escaped, r.text)
	}
	if len(r.active)+len(r.bold)+len(r.under) > 0 {
		t.Errorf("%q escaped as %q is active: %q %q %q", text, escaped, r.active, r.bold, r.under)
	}
	for i := range escaped {
		for _, rule := range inlineRules {
			switch rule.name {
			case "link", "address", "bracketed", "invite":
				if m := rule.re.FindString(escaped[i:]); m != "" {
					t.Errorf("%q escaped as %q holds %s %q", text, escaped, rule.name, m)
				}
			}
		}
	}
}
