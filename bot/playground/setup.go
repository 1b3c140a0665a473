package playground

import (
	"net/http"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot"
)

// The application as the page knows it. The IDs are made up, in the form of Discord's.
const (
	applicationID  = "1420000000000000001"
	firstCommandID = 1420000000000000100
)

// setup tells the page what Discord tells its clients: the commands, by ID.
func (s *Server) setup(w http.ResponseWriter, r *http.Request) {
	commands := bot.Commands()
	for i, c := range commands {
		c.ID = strconv.Itoa(firstCommandID + i)
		c.ApplicationID = applicationID
		c.Version = "1"
	}
	s.send(w, r, struct {
		ApplicationID string                          `json:"application_id"`
		Commands      []*discordgo.ApplicationCommand `json:"commands"`
		Reasons       bool                            `json:"reasons"` // whether the server tells any
	}{applicationID, commands, s.explain != nil})
}
