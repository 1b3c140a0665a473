package playground

import (
	"encoding/base64"
	"strings"
)

// dataURL begins the address of a file that a page sends, in place of one on Discord's servers: the file
// itself, as RFC 2397 has it.
const dataURL = "data:application/octet-stream;base64,"

// Content returns the file that stands in the address of an attachment of the page's, and whether it is one.
func Content(address string) (content []byte, ok bool) {
	encoded, ok := strings.CutPrefix(address, dataURL)
	if !ok {
		return nil, false
	}
	content, err := base64.StdEncoding.DecodeString(encoded)
	return content, err == nil
}
