package eval

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// Print writes the report as tables for people. It fails only when w does.
func (r Report) Print(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	a := r.Answerable
	if a.Questions > 0 {
		fmt.Fprintf(t, "questions with an answer\trecall@1\trecall@3\trecall@5\tMRR\tanswered\tright of those\toff subject\t\n")
		fmt.Fprintf(t, "%d\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t\n", a.Questions, a.Recall1, a.Recall3, a.Recall5, a.MRR, a.Found, a.Right, a.OffSubject)
		for _, b := range r.Baselines {
			fmt.Fprintf(t, "%s\t%.3f\t%.3f\t\t\t\t\t\t\n", b.Name, b.Recall1, b.Recall3)
		}
		fmt.Fprintf(t, "\t\nfirst quotes\tsentences\tcharacters\tverbatim\t\n")
		fmt.Fprintf(t, "\t%.2f\t%.0f\t%.4f\t\n", a.Sentences, a.Characters, a.Verbatim)
	}
	fmt.Fprintf(t, "\t\nquestions without one\thow many\tanswered\tAUROC\tanswered at 90 %%\toff subject\t\n")
	for _, row := range []struct {
		name string
		Abstention
	}{{"of other articles", r.Foreign}, {"paragraphs removed", r.Removed}, {"as the set says", r.None}} {
		if row.Questions > 0 {
			fmt.Fprintf(t, "%s\t%d\t%.3f\t%.3f\t%.3f\t%.3f\t\n", row.name, row.Questions, row.Found, row.AUROC, row.At90, row.OffSubject)
		}
	}
	if a.Questions > 0 {
		fmt.Fprintf(t, "\t\nconfidence\tquestions\tsaid\tright\t\n")
		for i, b := range r.Bins {
			if b.Questions > 0 {
				fmt.Fprintf(t, "%.1f–%.1f\t%d\t%.2f\t%.2f\t\n", float64(i)/binCount, float64(i+1)/binCount, b.Questions, b.Said, b.Right)
			}
		}
		fmt.Fprintf(t, "calibration error\t\t\t%.3f\t\n", r.ECE)
		fmt.Fprintf(t, "\t\ntime of a question\tmedian\tp99\t\n\t%.0f µs\t%.0f µs\t\n", r.Median, r.P99)
		for _, b := range r.Baselines {
			fmt.Fprintf(t, "%s\t%.0f µs\t%.0f µs\t\n", b.Name, b.Median, b.P99)
		}
	}
	return t.Flush()
}
