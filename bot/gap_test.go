package bot

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"verbatim/knowledge/library"
)

// keep keeps an unanswered question of a server.
func keep(t testing.TB, w *world, guild, text, expected string, _ time.Time) {
	t.Helper()
	if err := w.library.AddQuestion(t.Context(), guild, library.UnansweredQuestion{Text: text, Expected: expected}); err != nil {
		t.Fatal(err)
	}
}

func TestGroup(t *testing.T) {
	day := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	var questions []library.UnansweredQuestion
	for i, q := range [][2]string{
		{"Quand ouvre la piscine ?", ""},
		{"quand est-ce que la piscine ouvre", "à 9 heures"},
		{"Qui est le maire ?", ""},
		{"À quelle heure la piscine ouvre-t-elle ?", "à 9 heures"},
		{"Quand ouvre la piscine ?", "le matin"},
		{"maire ???", ""},
		{"Combien coûte le stationnement ?", ""},
		{"???", ""},
		{"???", ""},
	} {
		questions = append(questions, library.UnansweredQuestion{Text: q[0], Expected: q[1], At: day.AddDate(0, 0, -i)})
	}
	type row struct {
		Count    int
		Text     string
		Expected []string
		Last     string
	}
	var got []row
	for _, g := range group(questions) {
		got = append(got, row{g.count, g.text, g.expected, g.last.Format(time.DateOnly)})
	}
	want := []row{
		{4, "Quand ouvre la piscine ?", []string{"à 9 heures", "le matin"}, "2026-11-24"},
		{2, "Qui est le maire ?", nil, "2026-11-22"},
		{2, "???", nil, "2026-11-17"},
		{1, "Combien coûte le stationnement ?", nil, "2026-11-18"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestGroupIsQuick groups as many questions as a server keeps.
func TestGroupIsQuick(t *testing.T) {
	if raceEnabled {
		t.Skip("measures time, which the race detector multiplies")
	}
	random := rand.New(rand.NewPCG(1, 2))
	var questions []library.UnansweredQuestion
	for range 5000 {
		questions = append(questions, library.UnansweredQuestion{Text: fmt.Sprintf("Qui dirige la mine %d du canton %d ?", random.IntN(400), random.IntN(40))})
	}
	began := time.Now()
	n := len(group(questions))
	if took := time.Since(began); took > slack*time.Second {
		t.Errorf("%d groups took %v", n, took)
	} else {
		t.Logf("%d questions in %d groups took %v", len(questions), n, took)
	}
}

// TestGapsInAMessageAndAFile lists more groups than a message holds, and reads the file as a spreadsheet does.
func TestGapsInAMessageAndAFile(t *testing.T) {
	b, w, _ := newManaged(t, nil)
	wants(t, moderate(t, b, recorded(t, "lacunes")), inFrench.gapsOff)
	keepQuestions(t, w, aServer)
	wants(t, moderate(t, b, recorded(t, "lacunes")), "Aucune question n’est restée sans réponse depuis 30 jours.")
	names := strings.Fields("gare musée école stade théâtre hôpital mairie pont château jardin moulin phare port marché église prison usine ferme lac forêt canal tunnel refuge zoo cirque opéra piste gymnase crèche lycée")
	for n, name := range names {
		for range len(names) - n {
			keep(t, w, aServer, "Quand ouvre "+name+" ?", "", time.Now())
		}
	}
	keep(t, w, aServer, "Quand ouvre lycée ?", "=1+1; \"à 8 heures\"", time.Now())
	s, told, files := moderateAll(t, b, recorded(t, "lacunes"))
	if len(told) < 2 || told[0] != inFrench.countingGaps {
		t.Errorf("told %q", told)
	}
	wants(t, s, "groupes : 30", "**30 ×** Quand ouvre gare ?", "Autres groupes, dans le fichier : 15")
	if len(files) != 1 || files[0].Name != "lacunes.csv" {
		t.Fatalf("files: %+v", files)
	}
	text, ok := strings.CutPrefix(string(files[0].Content), "\ufeff")
	if !ok || !strings.Contains(text, "\r\n") {
		t.Errorf("no byte order mark, or other line ends: %.80q", text)
	}
	sheet := csv.NewReader(strings.NewReader(text))
	sheet.Comma = ';'
	rows, err := sheet.ReadAll()
	if err != nil || len(rows) != 31 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if diff := cmp.Diff([]string{"Nombre", "Question", "Attendu", "Autres formes", "Dernière fois"}, rows[0]); diff != "" {
		t.Error(diff)
	}
	today := time.Now().UTC().Format(time.DateOnly)
	if diff := cmp.Diff([]string{"30", "Quand ouvre gare ?", "", "", today}, rows[1]); diff != "" {
		t.Error(diff)
	}
	found := false
	for _, row := range rows {
		found = found || row[2] == "'=1+1; \"à 8 heures\""
	}
	if !found {
		t.Errorf("no row holds what was expected, as text: %q", rows)
	}
	confirm := screen{press(t, b, s, camille, s.act(actForget), ""), camille}
	wants(t, confirm, "Oublier toutes les questions")
	if got := texts(press(t, b, confirm, camille, confirm.act(actLeave), "")); got[0] != inFrench.kept {
		t.Errorf("after « Garder »: %q", got)
	}
	if got := texts(press(t, b, confirm, camille, confirm.act(actForgetNow), "")); got[0] != inFrench.gapsForgotten {
		t.Errorf("after « Oublier »: %q", got)
	}
	if left, err := w.library.Questions(t.Context(), aServer); err != nil || len(left) != 0 {
		t.Errorf("%d questions are left, %v", len(left), err)
	}
}

// TestCell has what members write taken for text.
func TestCell(t *testing.T) {
	for text, safe := range map[string]bool{
		"Qui ?": true, "2+2": true, "": true, "é": true, "=cmd": false, "+1": false, "-1": false, "@SUM(A1)": false, " =1": false, "\u00a0=1": false, "＝1": false, "\t=1": false,
	} {
		want := text
		if !safe {
			want = "'" + text
		}
		if got := cell(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
