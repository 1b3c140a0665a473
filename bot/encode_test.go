package bot

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot/discordtest"
)

func TestEncode(t *testing.T) {
	row := discordgo.ActionsRow{Components: []discordgo.MessageComponent{
		discordgo.Button{Label: "Suite", Style: discordgo.SecondaryButton, CustomID: "n"},
	}}
	const rowJSON = `{"components":[{"label":"Suite","style":2,"disabled":false,"custom_id":"n","type":2}],"type":1}`
	tests := []struct {
		name string
		in   discordgo.InteractionResponse
		want string
	}{
		{"pong", discordgo.InteractionResponse{Type: 1, Data: &discordgo.InteractionResponseData{}}, `{"type":1}`},
		{"message", discordgo.InteractionResponse{Type: 4, Data: &discordgo.InteractionResponseData{Content: "ça < là"}},
			`{"type":4,"data":{"content":"ça \u003c là","embeds":[],"components":[],"allowed_mentions":{"parse":[]}}}`},
		{"message with zero mentions", discordgo.InteractionResponse{Type: 4, Data: &discordgo.InteractionResponseData{
			Content: "x", AllowedMentions: &discordgo.MessageAllowedMentions{}, Flags: discordgo.MessageFlagsEphemeral}},
			`{"type":4,"data":{"content":"x","embeds":[],"components":[],"allowed_mentions":{"parse":[]},"flags":64}}`},
		{"Components V2", discordgo.InteractionResponse{Type: 4, Data: &discordgo.InteractionResponseData{
			Components: []discordgo.MessageComponent{discordgo.TextDisplay{Content: "x"}, row}, Flags: discordgo.MessageFlagsIsComponentsV2}},
			`{"type":4,"data":{"components":[{"content":"x","type":10},` + rowJSON + `],"allowed_mentions":{"parse":[]},"flags":32768}}`},
		{"update", discordgo.InteractionResponse{Type: 7, Data: &discordgo.InteractionResponseData{Components: []discordgo.MessageComponent{row}}},
			`{"type":7,"data":{"content":"","embeds":[],"components":[` + rowJSON + `],"allowed_mentions":{"parse":[]}}}`},
		{"deferred", discordgo.InteractionResponse{Type: 5}, `{"type":5}`},
		{"deferred in private", discordgo.InteractionResponse{Type: 5, Data: &discordgo.InteractionResponseData{
			Content: "lost", Flags: discordgo.MessageFlagsEphemeral}}, `{"type":5,"data":{"flags":64}}`},
		{"deferred update", discordgo.InteractionResponse{Type: 6, Data: &discordgo.InteractionResponseData{}}, `{"type":6}`},
		{"no choices", discordgo.InteractionResponse{Type: 8}, `{"type":8,"data":{"choices":[]}}`},
		{"choices", discordgo.InteractionResponse{Type: 8, Data: &discordgo.InteractionResponseData{
			Choices: []*discordgo.ApplicationCommandOptionChoice{{Name: "a", Value: "b"}}}},
			`{"type":8,"data":{"choices":[{"name":"a","value":"b"}]}}`},
		{"modal", discordgo.InteractionResponse{Type: 9, Data: &discordgo.InteractionResponseData{CustomID: "m", Title: "Avis",
			Components: []discordgo.MessageComponent{discordgo.Label{Label: "Quoi ?", Component: discordgo.TextInput{CustomID: "t", Style: 1}}}}},
			`{"type":9,"data":{"custom_id":"m","title":"Avis","components":[{"label":"Quoi ?","component":{"custom_id":"t","style":1,"type":4},"type":18}]}}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Encode(&tt.in)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			discordtest.CheckResponse(t, got)
		})
	}
}

func TestEncodeRefuses(t *testing.T) {
	for name, r := range map[string]discordgo.InteractionResponse{
		"an unknown type": {Type: 77},
		"files":           {Type: 4, Data: &discordgo.InteractionResponseData{Files: []*discordgo.File{{Name: "a.txt"}}}},
	} {
		if got, err := Encode(&r); err == nil {
			t.Errorf("%s: got %s, want an error", name, got)
		}
	}
}

// TestEncodeEdit writes edits with and without files: nobody can be mentioned, and files are named.
func TestEncodeEdit(t *testing.T) {
	components := []discordgo.MessageComponent{
		discordgo.TextDisplay{Content: "Voici."}, discordgo.FileComponent{File: discordgo.UnfurledMediaItem{URL: "attachment://a.csv"}},
	}
	edit := func(files ...*discordgo.File) *discordgo.WebhookEdit {
		shown := components[:1+len(files)]
		return &discordgo.WebhookEdit{Components: &shown, Flags: discordgo.MessageFlagsIsComponentsV2, Files: files}
	}
	body, kind, err := EncodeEdit(edit())
	if err != nil || kind != "application/json" {
		t.Fatalf("got %s, %v", kind, err)
	}
	if want := `{"components":[{"content":"Voici.","type":10}],"allowed_mentions":{"parse":[]},"flags":32768}`; string(body) != want {
		t.Errorf("got %s, want %s", body, want)
	}
	body, kind, err = EncodeEdit(edit(&discordgo.File{Name: "a.csv", ContentType: "text/csv", Reader: strings.NewReader("a;b")}))
	if err != nil {
		t.Fatal(err)
	}
	got := discordtest.CheckEdit(t, kind, body)
	if len(got.Files) != 1 || string(got.Files[0].Content) != "a;b" || !strings.Contains(string(got.Body), `"attachments":[{"id":"0","filename":"a.csv"}]`) {
		t.Errorf("got %s with %q", got.Body, got.Files)
	}
	if _, _, err := EncodeEdit(edit(&discordgo.File{Name: "a.csv", Reader: iotest.ErrReader(errors.New("gone"))})); err == nil {
		t.Error("a file that cannot be read is no error")
	}
}
