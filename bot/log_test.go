package bot

import (
	"io"
	"log/slog"
)

// testLog logs where a test can read it.
func testLog(w io.Writer) *slog.Logger { return slog.New(slog.NewTextHandler(w, nil)) }
