package discordtest

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// A recorder is a logger that keeps what it is told.
type recorder struct {
	testing.TB
	errors []string
}

func (r *recorder) Helper()                   {}
func (r *recorder) Logf(string, ...any)       {}
func (r *recorder) Errorf(f string, a ...any) { r.errors = append(r.errors, fmt.Sprintf(f, a...)) }

const none = `"allowed_mentions":{"parse":[]}`

func x(n int) string { return strings.Repeat("é", n) }

func v2(components string) string {
	return `{"type":4,"data":{"flags":32768,` + none + `,"components":[` + components + `]}}`
}

func say(fields string) string { return `{"type":4,"data":{` + none + `,` + fields + `}}` }

func button(id string) string { return `{"type":2,"style":1,"label":"a","custom_id":"` + id + `"}` }

func row(components string) string { return `{"type":1,"components":[` + components + `]}` }

func text(s string) string { return `{"type":10,"content":"` + s + `"}` }

func modal(components string) string {
	return `{"type":9,"data":{"custom_id":"m","title":"Avis","components":[` + components + `]}}`
}

func label(id string) string {
	return `{"type":18,"label":"Quoi ?","component":{"type":4,"style":1,"custom_id":"` + id + `"}}`
}

// list returns n items made by f, with commas between.
func list(n int, f func(i int) string) string {
	items := make([]string, n)
	for i := range items {
		items[i] = f(i)
	}
	return strings.Join(items, ",")
}

func buttons(n int) string {
	return list(n, func(i int) string { return button(fmt.Sprint("b", i)) })
}

func options(n int) string {
	return list(n, func(i int) string { return fmt.Sprintf(`{"label":"%d","value":"%d"}`, i, i) })
}

func menu(id, fields string) string {
	return `{"type":3,"custom_id":"` + id + `",` + fields + `}`
}

// TestResponseLimits pairs each limit with a body just within it, where want is empty, or just beyond.
func TestResponseLimits(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"pong", `{"type":1}`, ""},
		{"pong with data", `{"type":1,"data":{}}`, "no data"},
		{"unknown type", `{"type":3}`, "3 is not a type of response"},
		{"not JSON", `{`, "not a response"},
		{"type in words", `{"type":"4"}`, "not a response"},
		{"no data", `{"type":4}`, "missing"},

		{"content 2000", say(`"content":"` + x(2000) + `"`), ""},
		{"content 2001", say(`"content":"` + x(2001) + `"`), "/data/content: 2001 characters"},
		{"empty message", say(`"content":""`), "an empty message"},
		{"no mentions field", `{"type":4,"data":{"content":"x"}}`, "allowed_mentions: missing"},
		{"null mentions", `{"type":4,"data":{"content":"x","allowed_mentions":{"parse":null}}}`, "mentions somebody or leaves it open"},
		{"mentions everyone", `{"type":4,"data":{"content":"x","allowed_mentions":{"parse":["everyone"]}}}`, "mentions somebody"},
		{"mentions one", `{"type":4,"data":{"content":"x","allowed_mentions":{"parse":[],"users":["1"]}}}`, "mentions somebody"},
		{"ephemeral", say(`"content":"x","flags":64`), ""},
		{"a flag that is not for us", say(`"content":"x","flags":16`), "/data/flags"},
		{"an update", `{"type":7,"data":{` + none + `,"content":""}}`, ""},
		{"an update to private", `{"type":7,"data":{` + none + `,"content":"x","flags":64}}`, "/data/flags"},
		{"an update without mentions", `{"type":7,"data":{"content":"x"}}`, "allowed_mentions"},

		{"embed at its limits", say(`"embeds":[{"title":"` + x(256) + `","description":"` + x(4096) + `","footer":{"text":"` + x(1648) + `"}}]`), ""},
		{"embed title", say(`"embeds":[{"title":"` + x(257) + `"}]`), "/data/embeds/0/title: 257"},
		{"embed description", say(`"embeds":[{"description":"` + x(4097) + `"}]`), "/data/embeds/0/description: 4097"},
		{"embed footer", say(`"embeds":[{"footer":{"text":"` + x(2049) + `"}}]`), "footer/text: 2049"},
		{"embed field", say(`"embeds":[{"fields":[{"name":"` + x(257) + `","value":"x"}]}]`), "/fields/0/name: 257"},
		{"embed field value", say(`"embeds":[{"fields":[{"name":"x","value":"` + x(1025) + `"}]}]`), "/fields/0/value: 1025"},
		{"embed field without a name", say(`"embeds":[{"fields":[{"name":"","value":"x"}]}]`), "/fields/0/name: 0 characters"},
		{"26 fields", say(`"embeds":[{"fields":[` + list(26, func(int) string { return `{"name":"x","value":"x"}` }) + `]}]`), "26 fields"},
		{"two embeds beyond 6000", say(`"embeds":[{"description":"` + x(3000) + `"},{"description":"` + x(3001) + `"}]`), "6001 characters in all the embeds"},
		{"11 embeds", say(`"embeds":[` + list(11, func(int) string { return `{"title":"x"}` }) + `]`), "11 embeds"},

		{"V2", v2(text("x") + `,{"type":14},` + row(button("a"))), ""},
		{"V2 with content", `{"type":4,"data":{"flags":32768,"content":"x",` + none + `,"components":[` + text("x") + `]}}`, "no content beside"},
		{"V2 with embeds", `{"type":4,"data":{"flags":32768,"embeds":[{"title":"x"}],` + none + `,"components":[` + text("x") + `]}}`, "no embeds beside"},
		{"V2 without components", v2(""), "no components"},
		{"V2 components without the flag", say(`"components":[` + text("x") + `]`), "a component of type 10 does not belong here"},
		{"V2 4000 characters", v2(text(x(2000)) + "," + text(x(2000))), ""},
		{"V2 4001 characters", v2(text(x(2000)) + "," + text(x(2001))), "4001 characters of text"},
		{"V2 empty text", v2(text("")), "0 characters"},
		{"V2 40 components", v2(`{"type":17,"components":[` + list(39, func(int) string { return text("x") }) + `]}`), ""},
		{"V2 41 components", v2(`{"type":17,"components":[` + list(40, func(int) string { return text("x") }) + `]}`), "41 components"},
		{"V2 41 in rows", v2(text("x") + "," + list(8, func(i int) string {
			return row(list(4, func(j int) string { return button(fmt.Sprint(i, "-", j)) }))
		})), "41 components"},
		{"V2 container in a container", v2(`{"type":17,"components":[{"type":17,"components":[` + text("x") + `]}]}`), "type 17 does not belong here"},
		{"V2 section", v2(`{"type":9,"components":[` + text("x") + `],"accessory":` + button("a") + `}`), ""},
		{"V2 section without accessory", v2(`{"type":9,"components":[` + text("x") + `]}`), "accessory: missing"},
		{"V2 section of four", v2(`{"type":9,"components":[` + list(4, func(int) string { return text("x") }) + `],"accessory":` + button("a") + `}`), "4 texts"},
		{"component IDs twice", v2(`{"type":10,"id":5,"content":"x"},{"type":10,"id":5,"content":"y"}`), `"5" is also at`},

		{"five buttons", say(`"components":[` + row(buttons(5)) + `]`), ""},
		{"six buttons", say(`"components":[` + row(buttons(6)) + `]`), "6 components"},
		{"an empty row", say(`"components":[` + row("") + `]`), "0 components"},
		{"six rows", say(`"components":[` + list(6, func(i int) string { return row(button(fmt.Sprint(i))) }) + `]`), "6 rows"},
		{"a button beside a select", say(`"components":[` + row(button("a")+","+menu("s", `"options":[`+options(1)+`]`)) + `]`), "a select beside other components"},
		{"label 81", say(`"components":[` + row(`{"type":2,"style":1,"custom_id":"a","label":"`+x(81)+`"}`) + `]`), "label: 81"},
		{"custom ID 100", say(`"components":[` + row(button(x(100))) + `]`), ""},
		{"custom ID 101", say(`"components":[` + row(button(x(101))) + `]`), "custom_id: 101"},
		{"no custom ID", say(`"components":[` + row(button("")) + `]`), "custom_id: 0"},
		{"custom ID twice", say(`"components":[` + row(button("a")) + `,` + row(button("a")) + `]`), `"a" is also at /data/components/0/components/0/custom_id`},
		{"no label", say(`"components":[` + row(`{"type":2,"style":1,"custom_id":"a"}`) + `]`), "without label or emoji"},
		{"emoji alone", say(`"components":[` + row(`{"type":2,"style":1,"custom_id":"a","emoji":{"name":"👍"}}`) + `]`), ""},
		{"link", say(`"components":[` + row(`{"type":2,"style":5,"label":"a","url":"https://exemple.fr/é"}`) + `]`), ""},
		{"link with custom ID", say(`"components":[` + row(`{"type":2,"style":5,"label":"a","url":"https://a.fr","custom_id":"a"}`) + `]`), "a link button has none"},
		{"link to a script", say(`"components":[` + row(`{"type":2,"style":5,"label":"a","url":"javascript:alert(1)"}`) + `]`), "not an address"},
		{"button with address", say(`"components":[` + row(`{"type":2,"style":1,"label":"a","custom_id":"a","url":"https://a.fr"}`) + `]`), "only a link button"},
		{"25 select options", say(`"components":[` + row(menu("s", `"options":[`+options(25)+`]`)) + `]`), ""},
		{"26 select options", say(`"components":[` + row(menu("s", `"options":[`+options(26)+`]`)) + `]`), "26 options"},
		{"no select options", say(`"components":[` + row(menu("s", `"options":[]`)) + `]`), "0 options"},
		{"select value twice", say(`"components":[` + row(menu("s", `"options":[{"label":"a","value":"a"},{"label":"b","value":"a"}]`)) + `]`), `"a" is also at`},
		{"select of more than there are", say(`"components":[` + row(menu("s", `"max_values":2,"options":[`+options(1)+`]`)) + `]`), "2 of 1 options"},
		{"select of less than nothing", say(`"components":[` + row(menu("s", `"min_values":2,"options":[`+options(3)+`]`)) + `]`), "min_values 2, max_values 1"},
		{"two chosen by default", say(`"components":[` + row(menu("s", `"options":[{"label":"a","value":"a","default":true},{"label":"b","value":"b","default":true}]`)) + `]`), "2 chosen by default"},
		{"placeholder 151", say(`"components":[` + row(menu("s", `"placeholder":"`+x(151)+`","options":[`+options(1)+`]`)) + `]`), "placeholder: 151"},

		{"deferred", `{"type":5}`, ""},
		{"deferred in private", `{"type":5,"data":{"flags":64}}`, ""},
		{"deferred with V2", `{"type":5,"data":{"flags":32832}}`, "only the flag that makes it ephemeral"},
		{"deferred with content", `{"type":5,"data":{"content":"x"}}`, "/data/content"},
		{"deferred update", `{"type":6}`, ""},
		{"deferred update with flags", `{"type":6,"data":{"flags":64}}`, "no data"},

		{"no suggestions", `{"type":8,"data":{"choices":[]}}`, ""},
		{"no list of suggestions", `{"type":8,"data":{}}`, "choices: missing"},
		{"suggestions", `{"type":8,"data":{"choices":[` + list(25, func(int) string { return `{"name":"` + x(100) + `","value":"` + x(100) + `"}` }) + `]}}`, ""},
		{"26 suggestions", `{"type":8,"data":{"choices":[` + list(26, func(int) string { return `{"name":"a","value":"a"}` }) + `]}}`, "26 choices"},
		{"suggestion name 101", `{"type":8,"data":{"choices":[{"name":"` + x(101) + `","value":"a"}]}}`, "name: 101"},
		{"suggestion value 101", `{"type":8,"data":{"choices":[{"name":"a","value":"` + x(101) + `"}]}}`, "value: 101"},
		{"suggestion without value", `{"type":8,"data":{"choices":[{"name":"a","value":null}]}}`, "neither a string nor a number"},

		{"modal", modal(label("a")), ""},
		{"modal of five", modal(list(5, func(i int) string { return label(fmt.Sprint(i)) })), ""},
		{"modal of six", modal(list(6, func(i int) string { return label(fmt.Sprint(i)) })), "6 components"},
		{"modal of none", modal(""), "0 components"},
		{"modal title 46", `{"type":9,"data":{"custom_id":"m","title":"` + x(46) + `","components":[` + label("a") + `]}}`, "title: 46"},
		{"modal custom ID twice", modal(label("a") + "," + label("a")), `"a" is also at`},
		{"modal with a button", modal(row(button("a"))), "type 2 does not belong here"},
		{"modal row of two", modal(row(`{"type":4,"style":1,"label":"a","custom_id":"a"},{"type":4,"style":1,"label":"b","custom_id":"b"}`)), "expected one text input"},
		{"modal label 46", modal(`{"type":18,"label":"` + x(46) + `","component":{"type":4,"style":1,"custom_id":"a"}}`), "label: 46"},
		{"modal value too long", modal(`{"type":18,"label":"a","component":{"type":4,"style":1,"custom_id":"a","max_length":2,"value":"abc"}}`), "value: 3"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			compare(t, responseProblems(t, []byte(tt.body)), tt.want)
		})
	}
}

// compare wants one of the problems to contain want, or none when it is empty.
func compare(t *testing.T, problems []string, want string) {
	t.Helper()
	got := strings.Join(problems, "\n")
	if (want == "") != (got == "") || !strings.Contains(got, want) {
		t.Errorf("got problems %q, want …%s…", got, want)
	}
}

func slash(fields string) string { return `[{"name":"aide","description":"Aide.",` + fields + `}]` }

func option(name, fields string) string {
	return `{"type":3,"name":"` + name + `","description":"Une option."` + fields + `}`
}

func TestCommandLimits(t *testing.T) {
	long := func(n int) string { // 25 options whose descriptions make about n characters
		return `"options":[` + list(25, func(i int) string {
			return fmt.Sprintf(`{"type":3,"name":"o%02d","description":"%s","choices":[%s]}`, i, x(100),
				list(4, func(j int) string { return fmt.Sprintf(`{"name":"%s","value":"%d"}`, x((n/25-107)/4), j) }))
		}) + `]`
	}
	tests := []struct{ name, body, want string }{
		{"none", `[]`, ""},
		{"not a list", `{}`, "cannot unmarshal object"},
		{"one", slash(`"options":[` + option("question", `,"required":true`) + `,` + option("privé", "") + `]`), ""},
		{"a name of 33", `[{"name":"` + x(33) + `","description":"x"}]`, "does not match"},
		{"a name with a space", `[{"name":"a b","description":"x"}]`, "does not match"},
		{"a name in capitals", `[{"name":"École","description":"x"}]`, "not in lower case"},
		{"a localized name in capitals", slash(`"name_localizations":{"en-US":"Help"}`), "not in lower case"},
		{"the locale fr-FR", slash(`"name_localizations":{"fr-FR":"aide"}`), "“fr-FR”"},
		{"the locale fr", slash(`"name_localizations":{"fr":"aide","en-GB":"help"}`), ""},
		{"no description", `[{"name":"aide","description":""}]`, "description: 0"},
		{"a description of 101", `[{"name":"aide","description":"` + x(101) + `"}]`, "description: 101"},
		{"a localized description of 101", slash(`"description_localizations":{"en-US":"` + x(101) + `"}`), "101"},
		{"the same name twice", `[{"name":"a","description":"x"},{"name":"a","description":"y"}]`, "is also at"},
		{"the same name, another type", `[{"name":"a","description":"x"},{"name":"a","type":3}]`, ""},
		{"a menu with a space and capitals", `[{"name":"Chercher dans l’article","type":3}]`, ""},
		{"a menu with a description", `[{"name":"Chercher","type":3,"description":"x"}]`, "only a chat command"},
		{"26 options", slash(`"options":[` + list(26, func(i int) string { return option(fmt.Sprint("o", i), "") }) + `]`), "26 options"},
		{"an option twice", slash(`"options":[` + option("a", "") + `,` + option("a", "") + `]`), "is also at"},
		{"required after optional", slash(`"options":[` + option("a", "") + `,` + option("b", `,"required":true`) + `]`), "a required option after"},
		{"autocomplete and choices", slash(`"options":[` + option("a", `,"autocomplete":true,"choices":[{"name":"x","value":"x"}]`) + `]`), "autocomplete beside choices"},
		{"autocomplete of a boolean", slash(`"options":[{"type":5,"name":"a","description":"x","autocomplete":true}]`), "suggestions for an option of type 5"},
		{"lengths crossed", slash(`"options":[` + option("a", `,"min_length":9,"max_length":3`) + `]`), "min_length 9, max_length 3"},
		{"a subcommand", slash(`"options":[{"type":1,"name":"a","description":"x","options":[` + option("b", "") + `]}]`), ""},
		{"a group", slash(`"options":[{"type":2,"name":"a","description":"x","options":[{"type":1,"name":"b","description":"x"}]}]`), ""},
		{"a subcommand in a subcommand", slash(`"options":[{"type":1,"name":"a","description":"x","options":[{"type":1,"name":"b","description":"x"}]}]`), "that deep"},
		{"a group in a group", slash(`"options":[{"type":2,"name":"a","description":"x","options":[{"type":2,"name":"b","description":"x"}]}]`), "that deep"},
		{"a subcommand beside an option", slash(`"options":[{"type":1,"name":"a","description":"x"},` + option("b", "") + `]`), "beside other options"},
		{"permissions", slash(`"default_member_permissions":"32"`), ""},
		{"permissions in words", slash(`"default_member_permissions":"all"`), "not a number of permissions"},
		{"7,984 characters", slash(long(8000)), ""},
		{"8,084 characters", slash(long(8100)), "expected at most 8000"},
		{"a longer localization counts", slash(`"description_localizations":{"en-US":"` + x(100) + `"},` + long(8000)), "expected at most 8000"},
		{"101 commands", `[` + list(101, func(i int) string { return fmt.Sprintf(`{"name":"c%d","description":"x"}`, i) }) + `]`, "101 commands"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := strings.NewReplacer("“", `"`, "”", `"`).Replace(tt.want)
			compare(t, commandsProblems(t, []byte(tt.body)), want)
		})
	}
}

func TestSchema(t *testing.T) {
	if _, err := discordDescription(); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	// Found by Discord's schema alone, each at the field at fault and nowhere else.
	for body, want := range map[string]string{
		say(`"content":"x","tts":"no"`):                                                                        `/data/tts: got string, want null or boolean`,
		say(`"components":[` + row(`{"type":2,"label":"a","custom_id":"a"}`) + `]`):                            `/data/components/0/components/0: missing property 'style'`,
		say(`"embeds":[{"title":"x","timestamp":"hier"}]`):                                                     `/data/embeds/0/timestamp: 'hier' is not valid date-time`,
		v2(`{"type":17,"accent_color":16777216,"components":[` + text("x") + `]}`):                             `/data/components/0/accent_color: maximum`,
		`{"type":9,"data":{"custom_id":"m","title":"x","components":[{"type":18,"label":"x","component":5}]}}`: `/data/components/0/component`,
	} {
		problems := responseProblems(t, []byte(body))
		if len(problems) == 0 || !strings.HasPrefix(problems[0], want) {
			t.Errorf("%s\ngot  %q\nwant %s", body, problems, want)
		}
	}
}

func TestSchemaMissing(t *testing.T) {
	found, path := discordDescription, descriptionPath
	defer func() { discordDescription, descriptionPath = found, path }()
	descriptionPath = "nowhere.json"
	discordDescription = loadDescription

	t.Setenv("CI", "")
	r := &recorder{}
	CheckResponse(r, []byte(say(`"content":"x"`)))
	if len(r.errors) > 0 {
		t.Errorf("got %q, want nothing: a clone without the description must pass", r.errors)
	}
	CheckResponse(r, []byte(say(`"content":"`+x(2001)+`"`)))
	if len(r.errors) != 1 {
		t.Errorf("got %q, want the limit checked all the same", r.errors)
	}
	t.Setenv("CI", "true")
	r = &recorder{}
	CheckResponse(r, []byte(say(`"content":"x"`)))
	if len(r.errors) != 1 || !strings.Contains(r.errors[0], "nowhere.json") {
		t.Errorf("got %q, want an error under CI", r.errors)
	}
}
