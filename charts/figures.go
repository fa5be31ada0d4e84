package charts

// Stacked shows how people agree: one bar per row, the unfavourable answers on the side where reading starts, the
// favourable ones on the other, the middle in between. Rows are questions, areas or waves.
type Stacked struct {
	Rows []Row
	// Keys says in words what each tone means, in the order of the scale.
	Keys []Key
}

// Row is one bar of a Stacked chart.
type Row struct {
	Label string
	// Note stands beside the label in a quieter tone, as the number of answers does.
	Note string
	// Words, when given, are all that is shown: an empty bar that says, for example, that too few answered.
	Words string
	// Parts are the shares; their order does not matter, at most one of each tone.
	Parts []Part
}

// Part is the share of one band of answers.
type Part struct {
	Tone    Tone
	Percent float64
	// Text is the share as people read it, such as "25 %".
	Text string
	// AtLeast says that the true share lies between Percent and all: the rest of the bar is drawn as possible. Such a part is
	// the only one of its row.
	AtLeast bool
}

// Key explains a tone.
type Key struct {
	Tone Tone
	Text string
}

// Tone says where a band of answers stands on its scale.
type Tone int

// The tones, from the unfavourable end to the favourable one. A scale of three bands uses the two ends and Middle.
const (
	VeryUnfavourable Tone = iota
	Unfavourable
	Middle
	Favourable
	VeryFavourable
	tones
)

// Bars shows one share or score per row: yes and no, choices, frequencies, bands of a score.
type Bars struct {
	Rows []Bar
	// Soft shows each interval as a wide pale band instead of a whisker.
	Soft bool
	// Interval says in words what the whisker or band means; without it there is no line about it.
	Interval string
	// Top is the end of the scale; zero means 100.
	Top float64
	// Ticks are the marks of the scale.
	Ticks []Tick
}

// Bar is one row of a Bars chart.
type Bar struct {
	Label, Note string
	// Words, when given, are all that is shown.
	Words string
	Value float64
	// Low and High are the ends of the interval. Both zero: there is none.
	Low, High float64
	// Text is the value as people read it.
	Text string
}

// Tick is a mark on a scale.
type Tick struct {
	At   float64
	Text string
}

// Series shows one share or score over waves, as a line with its confidence band.
type Series struct {
	Waves []Wave
	// Band says in words what the pale band means.
	Band string
	// Top is the end of the scale; zero means 100.
	Top   float64
	Ticks []Tick
}

// Wave is one point of a Series.
type Wave struct {
	Label string
	// Note stands below the label: the number of answers, or why nothing is shown.
	Note string
	// Hidden leaves a gap: nothing may be shown of this wave.
	Hidden    bool
	Value     float64
	Low, High float64
	Text      string
}
