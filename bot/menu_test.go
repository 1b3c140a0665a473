package bot

import (
	"strings"
	"testing"
)

func TestSearchAnswersAMessage(t *testing.T) {
	for _, name := range []string{"chercher", "chercher_composants"} {
		b, _ := newBot(shipped())
		s := ask(t, b, name)
		if got := texts(s.reply); !private(s.reply) || !strings.Contains(render(got[1]).text, "occupera le poste de PDG par intérim") {
			t.Errorf("%s: private %v, %q", name, private(s.reply), got)
		}
	}
}

func TestQuestionIn(t *testing.T) {
	long := strings.Repeat("Il fait beau aujourd’hui. ", 20)
	for _, test := range []struct{ name, message, want string }{
		{"as it is", "Qui dirige Meta ?", "Qui dirige Meta ?"},
		{"what Discord reads", "<@1> <@!1> <@&1> <#1> <:a:1> <a:b:1> <t:1:R> </c d:1> https://a.b/c?d Qui <3 Meta ?", "Qui <3 Meta ?"},
		{"lines", "Bonjour\n\nQui ?", "Bonjour Qui ?"},
		{"the questions of a long message", long + "Qui dirige Meta ? " + long + "Où ?", "Qui dirige Meta ? Où ?"},
		{"nothing", "<@1> \n", ""},
	} {
		if got := questionIn(test.message); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	if got := questionIn(long); size(got) > maxQuestion || !strings.HasSuffix(got, "…") {
		t.Errorf("a long message without a question: %q", got)
	}
}
