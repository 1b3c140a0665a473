package discordtest

import (
	"net/http"
	"slices"
	"strconv"
)

// RouteGuilds is the list of the servers that the bot is in.
const RouteGuilds Route = "guilds"

// SetGuilds makes the bot a member of some servers. From then on Discord denies it the commands of all others.
func (r *REST) SetGuilds(ids ...string) {
	sorted := slices.Clone(ids)
	slices.SortFunc(sorted, snowflakes)
	r.set(func() { r.guilds = append([]string{}, sorted...) })
}

// snowflakes orders IDs as Discord does, as numbers.
func snowflakes(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return slices.Compare([]byte(a), []byte(b))
}

// listGuilds gives a page of the servers that the bot is in.
//
// Source: https://discord.com/developers/docs/resources/user#get-current-user-guilds.
func (r *REST) listGuilds(req *http.Request, _ []byte) answer {
	limit := 200
	if given := req.URL.Query().Get("limit"); given != "" {
		n, err := strconv.Atoi(given)
		if err != nil || n < 1 || n > 200 {
			r.s.fail("limit %q of a list of servers: want 1 to 200", given)
			return refusal(http.StatusBadRequest, 50035, "Invalid Form Body")
		}
		limit = n
	}
	after := req.URL.Query().Get("after")
	page := []any{}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, id := range r.guilds {
		if snowflakes(id, after) > 0 && len(page) < limit {
			page = append(page, map[string]any{"id": id, "name": "Serveur", "owner": false, "permissions": "0", "features": []any{}})
		}
	}
	return answer{http.StatusOK, page}
}

// member lets only requests about servers that the bot is in through to h, once there are such.
func (r *REST) member(h handler) handler {
	return func(req *http.Request, body []byte) answer {
		guild := req.PathValue("guild")
		r.mu.Lock()
		denied := guild != "" && r.guilds != nil && !slices.Contains(r.guilds, guild)
		r.mu.Unlock()
		if denied {
			return refusal(http.StatusForbidden, 50001, "Missing Access")
		}
		return h(req, body)
	}
}
