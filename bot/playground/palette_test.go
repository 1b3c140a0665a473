package playground_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"
)

// shrink writes a picture with a palette of 256 colors, which is all that a page of text needs: it takes a third of
// the bytes.
func shrink(t *testing.T, data []byte) []byte {
	t.Helper()
	full, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	bounds := full.Bounds()
	counts := map[color.RGBA]int{}
	at := func(x, y int) color.RGBA { return color.RGBAModel.Convert(full.At(x, y)).(color.RGBA) }
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			counts[at(x, y)]++
		}
	}
	palette, nearest := choose(counts)
	small := image.NewPaletted(bounds, palette)
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			small.SetColorIndex(x, y, nearest[at(x, y)])
		}
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, small); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// choose picks colors one after another, each the one that the picture errs most about so far: frequent and far
// from all that were picked. It returns them, and the nearest of them to every color.
func choose(counts map[color.RGBA]int) (color.Palette, map[color.RGBA]uint8) {
	type candidate struct {
		color.RGBA
		count, far int
	}
	var all []*candidate
	for c, n := range counts {
		all = append(all, &candidate{c, n, 1 << 20})
	}
	var palette color.Palette
	nearest := map[color.RGBA]uint8{}
	for len(palette) < 256 {
		best := all[0]
		for _, c := range all {
			if a, b := c.count*c.far, best.count*best.far; a > b || a == b && less(c.RGBA, best.RGBA) {
				best = c
			}
		}
		if best.far == 0 {
			break // all colors are in
		}
		picked := best.RGBA
		palette = append(palette, picked)
		for _, c := range all {
			if d := distance(c.RGBA, picked); d < c.far {
				c.far, nearest[c.RGBA] = d, uint8(len(palette)-1)
			}
		}
	}
	return palette, nearest
}

func distance(a, b color.RGBA) int {
	r, g, blue := int(a.R)-int(b.R), int(a.G)-int(b.G), int(a.B)-int(b.B)
	return r*r + g*g + blue*blue
}

// less orders colors, so that the same picture gets the same palette.
func less(a, b color.RGBA) bool {
	if a.R != b.R {
		return a.R < b.R
	}
	if a.G != b.G {
		return a.G < b.G
	}
	return a.B < b.B
}
