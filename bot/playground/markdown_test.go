package playground_test

import (
	"strings"
	"testing"
)

// TestMarkdown draws what Discord's Markdown knows, and leaves the rest as text. The HTML is what the browser
// made of the nodes, without classes and the like.
func TestMarkdown(t *testing.T) {
	p := open(t, serveResponder(t, script{}, nil), desktop)
	for _, tt := range []struct{ text, want string }{
		{"du texte", "<div>du texte</div>"},
		{"**gras** et *italique* et _italique_", "<div><strong>gras</strong> et <em>italique</em> et <em>italique</em></div>"},
		{"__**les deux**__", "<div><u><strong>les deux</strong></u></div>"},
		{"***tout***", "<div><em><strong>tout</strong></em></div>"},
		{"~~barré~~ `du *code*`", "<div><s>barré</s> <code>du *code*</code></div>"},
		{"a_b_c, snake_case_ici, 2*3*4 = 24", "<div>a_b_c, snake_case_ici, 2<em>3</em>4 = 24</div>"},
		{`\*pas gras\*, \# \> \- \\`, `<div>*pas gras*, # &gt; - \</div>`},
		{"# un\n## deux\n### trois\n#### quatre\n#cinq", "<h3>un</h3><h3>deux</h3><h3>trois</h3><div>#### quatre\n#cinq</div>"},
		{"-# petit\n-#rien", "<small>petit</small><div>-#rien</div>"},
		{"> a\n> **b**\nc", "<blockquote><div>a\n<strong>b</strong></div></blockquote><div>c</div>"},
		{"> > pas deux fois", "<blockquote><div>&gt; pas deux fois</div></blockquote>"},
		{">>> a\n# b", "<blockquote><div>a</div><h3>b</h3></blockquote>"},
		{">a", "<div>&gt;a</div>"},
		{"- a\n- b\n  - c\n- d", "<ul><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ul>"},
		{"3. a\n4. b", `<ol start="3"><li>a</li><li>b</li></ol>`},
		{"```go\nx := 1\n```\nfin", "<pre><code>x := 1\n</code></pre><div>fin</div>"},
		{"```jamais fermé", "<div>```jamais fermé</div>"},
		{"https://example.org/a?b=c.", `<div><a href="https://example.org/a?b=c">https://example.org/a?b=c</a>.</div>`},
		{"[ici](https://example.org) <https://example.org/x>", `<div><a href="https://example.org">ici</a> <a href="https://example.org/x">https://example.org/x</a></div>`},
		{"[là](javascript:alert(1)) [ici](data:text/html,x)", "<div>[là](javascript:alert(1)) [ici](data:text/html,x)</div>"},
		{"<@1420000000000000004> <@!1> <:chat:12>", "<div><span>@Camille</span> <span>@1</span> :chat:</div>"},
		{"<b>non</b> <img src=x onerror=alert(1)> &lt;", "<div>&lt;b&gt;non&lt;/b&gt; &lt;img src=x onerror=alert(1)&gt; &amp;lt;</div>"},
		{"||secret||", "<div><button><span>secret</span></button></div>"},
		{"**jamais fermé", "<div>**jamais fermé</div>"},
		{"« Oui\u202f! »\u00a0: 49\u00a0%", "<div>« Oui\u202f! »&nbsp;: 49&nbsp;%</div>"},
		{"", "<div></div>"},
	} {
		got := eval[string](p, `import("./markdown.js").then(m => {
			const box = document.createElement("div");
			box.append(m.markdown(%s, {"1420000000000000004": "Camille"}));
			for (const e of box.querySelectorAll("*")) for (const a of [...e.attributes]) if (!["href", "start"].includes(a.name)) e.removeAttribute(a.name);
			return box.innerHTML;
		})`, tt.text)
		if got != tt.want {
			t.Errorf("%q:\ngot  %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

// Text that opens every marker and closes none takes no time that could be noticed.
func TestMarkdownIsFast(t *testing.T) {
	p := open(t, serveResponder(t, script{}, nil), desktop)
	for _, opening := range []string{"*", "**", "_", "__", "`", "~~", "||", "[", "\\", "<", "> ", "- ", "```", "**_", "[a](", "https://", "a_"} {
		text := strings.Repeat(opening, 4000/len(opening)) // as long as a message may be
		// The least of three tries: what else the machine does slows one.
		took := eval[float64](p, `import("./markdown.js").then(m => Math.min(...[1, 2, 3].map(() => {
			const t = performance.now();
			m.markdown(%s);
			return performance.now() - t;
		})))`, text)
		if took > 500 {
			t.Errorf("%q again and again takes %.0f ms", opening, took)
		}
	}
}
