package library_test

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// A series is how something grows with something else, and what it should stay below.
type series struct {
	title, unit, x string
	target         float64
	points         []point
}

type point struct{ x, y float64 }

func (s *series) add(x int, y float64) { s.points = append(s.points, point{float64(x), y}) }

// The picture's measures, in pixels.
const (
	panelWidth, panelHeight = 300, 210
	marginLeft, marginTop   = 48, 34
	plotWidth, plotHeight   = 230, 124
	columns                 = 3
)

// draw draws each series in a panel of its own, on two logarithmic scales: what grows in proportion is a straight
// line that rises one decade for each.
func draw(all []series) string {
	rows := (len(all) + columns - 1) / columns
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="11">
<title>How times and memory grow</title>
<style>
text { fill: #24292f } .axis { stroke: #d0d7de } .line { stroke: #0969da; fill: none; stroke-width: 2 } .dot { fill: #0969da }
.target { stroke: #cf222e; stroke-dasharray: 5 4 } .faint { fill: #57606a } .bad { fill: #cf222e }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 } .axis { stroke: #30363d } .line { stroke: #58a6ff } .dot { fill: #58a6ff }
.target { stroke: #ff7b72 } .faint { fill: #8b949e } .bad { fill: #ff7b72 }
}
</style>
`, columns*panelWidth, rows*panelHeight)
	for i, s := range all {
		fmt.Fprintf(&b, "<g transform=\"translate(%d %d)\">\n", i%columns*panelWidth, i/columns*panelHeight)
		s.draw(&b)
		b.WriteString("</g>\n")
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// draw draws one panel, from its upper left corner.
func (s series) draw(b *strings.Builder) {
	low, high := math.Log10(s.target), math.Log10(s.target)
	for _, p := range s.points {
		low, high = min(low, math.Log10(p.y)), max(high, math.Log10(p.y))
	}
	low, high = math.Floor(low), math.Ceil(high)
	first, last := math.Log10(s.points[0].x), math.Log10(s.points[len(s.points)-1].x)
	x := func(v float64) float64 { return marginLeft + plotWidth*(math.Log10(v)-first)/(last-first) }
	y := func(v float64) float64 { return marginTop + plotHeight*(high-math.Log10(v))/(high-low) }
	text := func(x, y float64, anchor, class, content string) {
		fmt.Fprintf(b, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>\n", x, y, anchor, class, html.EscapeString(content))
	}
	line := func(class string, x1, y1, x2, y2 float64) {
		fmt.Fprintf(b, "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n", class, x1, y1, x2, y2)
	}
	text(0, 14, "start", "", s.title+", "+s.unit)
	for decade := low; decade <= high; decade++ {
		at := y(math.Pow(10, decade))
		line("axis", marginLeft, at, marginLeft+plotWidth, at)
		text(marginLeft-6, at+4, "end", "faint", fmt.Sprintf("%g", math.Pow(10, decade)))
	}
	line("target", marginLeft, y(s.target), marginLeft+plotWidth, y(s.target))
	text(marginLeft+4, y(s.target)-4, "start", "bad", fmt.Sprintf("target %g", s.target))
	var path []string
	for _, p := range s.points {
		path = append(path, fmt.Sprintf("%.1f,%.1f", x(p.x), y(p.y)))
	}
	fmt.Fprintf(b, "<polyline class=\"line\" points=\"%s\"/>\n", strings.Join(path, " "))
	for i, p := range s.points {
		fmt.Fprintf(b, "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>\n", x(p.x), y(p.y))
		anchor, digits := "middle", max(0, 2-int(math.Floor(math.Log10(p.y)))) // three figures
		if i == 0 {
			anchor = "start"
		}
		text(x(p.x), y(p.y)-8, anchor, "", fmt.Sprintf("%.*f", digits, p.y))
		text(x(p.x), marginTop+plotHeight+16, "middle", "faint", fmt.Sprintf("%g", p.x))
	}
	text(marginLeft+plotWidth/2, marginTop+plotHeight+32, "middle", "faint", s.x)
}
