package pdf

// A Tag says what part of the document a line is, where the file tells (14.8): most word processors and browsers do.
// The zero value says nothing.
type Tag struct {
	Role  Role
	Level int // of a heading, from 1
	Part  int // the number of the paragraph, heading or item that the line is of, from 1
}

// A Role is what a part of a document is.
type Role int

// The roles. The zero value is none that is told.
const (
	Paragraph Role = iota + 1
	Heading
	Aside // a table, a caption, a note, a table of contents: no running text
)

// roles are the standard structure types that begin a part. Those that group parts, and those within a line, are not
// among them (14.8.4; ISO 32000-2, 14.8.4.4).
var roles = map[name]Tag{
	"P": {Role: Paragraph}, "LI": {Role: Paragraph}, "BlockQuote": {Role: Paragraph},
	"H": {Role: Heading, Level: 1}, "Title": {Role: Heading, Level: 1},
	"H1": {Role: Heading, Level: 1}, "H2": {Role: Heading, Level: 2}, "H3": {Role: Heading, Level: 3},
	"H4": {Role: Heading, Level: 4}, "H5": {Role: Heading, Level: 5}, "H6": {Role: Heading, Level: 6},
	"Table": {Role: Aside}, "Caption": {Role: Aside}, "Figure": {Role: Aside}, "Note": {Role: Aside},
	"FENote": {Role: Aside}, "TOC": {Role: Aside}, "Index": {Role: Aside}, "Formula": {Role: Aside},
	"Artifact": {Role: Aside}, "Annot": {Role: Aside}, "Form": {Role: Aside},
}

// A marked is marked content of a page, as the structure names it.
type marked struct{ page, id int }

// A structure knows what the marked content of a file is.
type structure struct {
	f     *file
	roles dict // names of a file's own, for which standard ones stand
	tags  map[marked]Tag
	seen  map[ref]bool
	parts int
}

// readStructure reads the tree of parts (14.7), nil when there is none.
func (f *file) readStructure() map[marked]Tag {
	root := f.dict(f.root()["StructTreeRoot"])
	if root == nil {
		return nil
	}
	s := &structure{f: f, roles: f.dict(root["RoleMap"]), tags: map[marked]Tag{}, seen: map[ref]bool{}}
	s.walk(root["K"], 0, Tag{}, false, 0)
	return s.tags
}

// walk reads a node of the tree: a part, a list of them, or marked content. page is the number of the page's object.
func (s *structure) walk(o object, page int, within Tag, item bool, depth int) {
	if depth > maxDepth {
		return
	}
	if r, ok := o.(ref); ok {
		if s.seen[r] {
			return
		}
		s.seen[r] = true
	}
	spend(&s.f.budget.objects, 1)
	switch o := s.f.resolve(o).(type) {
	case int:
		s.tags[marked{page, o}] = within
	case array:
		for _, kid := range o {
			s.walk(kid, page, within, item, depth+1)
		}
	case dict:
		if p, ok := o["Pg"].(ref); ok {
			page = p.number
		}
		if id, ok := s.f.resolve(o["MCID"]).(int); ok {
			s.tags[marked{page, id}] = within
			return
		}
		role := s.role(s.f.name(o["S"]))
		s.walk(o["K"], page, s.enter(role, within, item), role == "LI" || item && role != "L", depth+1)
	}
}

// role returns the standard name of a part's type.
func (s *structure) role(n name) name {
	for range 8 {
		next := s.f.name(s.roles[n])
		if _, standard := roles[n]; standard || next == "" {
			return n
		}
		n = next
	}
	return n
}

// enter returns what the content of a part is. What is no running text holds none; the label of an item belongs to
// it, any other label is the mark of a note.
func (s *structure) enter(role name, within Tag, item bool) Tag {
	if within.Role == Aside {
		return within
	}
	if role == "Lbl" && !item {
		return Tag{Role: Aside}
	}
	tag, begins := roles[role]
	if !begins || item && role == "P" && within.Role == Paragraph && within.Part == s.parts {
		return within // the first paragraph of an item is the item
	}
	s.parts++
	tag.Part = s.parts
	return tag
}
