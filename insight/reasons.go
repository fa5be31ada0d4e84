package insight

import "talkoot/core"

// The numbers of the rules. Their meaning is no secret (docs/privacy.md), but
// the words for people name none of them.
const (
	leastAnswers = 10 // in a row, for anything to be said about it
	leastBand    = 5  // in a band, for its share to be shown
	smallRow     = 30 // below: words and no per cent
	mostBands    = 3  // of a question
	smallCell    = 4  // a cell of one to four people must not be found out
)

// Refusals of releases, for coordinators. A release that is refused has shown
// nothing and is not in the ledger.
const (
	// WouldPin: together with what has been shown, somebody could work out a
	// cell of one to four people, or that nobody gave some answer.
	WouldPin core.Reason = "would_pin"
	// OverlappingAreas: the poll has been shown by other areas, which neither
	// hold these nor lie within them.
	OverlappingAreas core.Reason = "overlapping_areas"
	// SecondVariable: the poll has been shown by another background question.
	SecondVariable core.Reason = "second_variable"
	// BandsChanged: the question has been shown in other bands.
	BandsChanged core.Reason = "bands_changed"
	// CountsChanged: the counts are not those from which the earlier figures
	// were made.
	CountsChanged core.Reason = "counts_changed"
)
