package core

// Domain is one of the four domains of good relations (see docs/polls.md).
type Domain string

// The domains.
const (
	Attitudes   Domain = "attitudes"
	Security    Domain = "security"
	Interaction Domain = "interaction"
	Influence   Domain = "influence"
)

// Feedback is the domain of what people think of a training. It is none of the
// four, and nothing of it is ever counted among them.
const Feedback Domain = "feedback"

// Domains lists the four, in the order in which people see them.
func Domains() []Domain { return []Domain{Attitudes, Security, Interaction, Influence} }

// Scale says how a question is answered. The answers of a scale have numbers
// from 0, in the order in which they are shown.
type Scale string

// The scales.
const (
	ScaleYesNo     Scale = "yes_no"    // 2: 0 yes, 1 no
	ScaleAgree4    Scale = "agree4"    // 4, from definitely agree to definitely disagree
	ScaleAgree5    Scale = "agree5"    // 5, with neither in the middle
	ScaleFrequency Scale = "frequency" // 3 to 6 of the item's own words, in order
	ScaleScore     Scale = "score"     // 0 to 10
	ScaleSingle    Scale = "single"    // 2 to 10 of a coordinator's own words, in no order
	ScaleSeveral   Scale = "several"   // the same, of which some may be chosen together
)

// Options is how many answers a scale has whose words are not one's own; zero
// for the others.
func (s Scale) Options() int {
	switch s {
	case ScaleYesNo:
		return 2
	case ScaleAgree4:
		return 4
	case ScaleAgree5:
		return 5
	case ScaleScore:
		return 11
	case ScaleFrequency, ScaleSingle, ScaleSeveral:
	}
	return 0
}

// Favourable says which end of a scale is the good one.
type Favourable string

// The ends. A scale in no order has none.
const (
	FavourFirst Favourable = "first"
	FavourLast  Favourable = "last"
	FavourNone  Favourable = "none"
)

// Evidence is how sure the wording of an item is: carried over from where it
// was found, and shown to coordinators.
type Evidence string

// The marks.
const (
	Verified   Evidence = "verified"    // read in the source itself
	SecondHand Evidence = "second_hand" // quoted by another
	Unverified Evidence = "unverified"  // from general knowledge
)

// TextStatus says where the wording of an item in one language comes from.
type TextStatus string

// The states of a text.
const (
	Official      TextStatus = "official"       // the source's own, unchanged
	OwnAdaptation TextStatus = "own_adaptation" // ours, or shortened by us: not comparable with the source's results
)

// ItemRef names an item in one version, as "rtn.1@1". Its meaning never changes
// once it has been asked.
type ItemRef string

// Item is a question of the bank.
type Item struct {
	ID      string
	Version int
	Domain  Domain
	Scale   Scale
	// Favourable is the end that is good news.
	Favourable Favourable
	// Source and Licence are sentences for coordinators, in English.
	Source, Licence string
	Evidence        Evidence
	// Texts by language.
	Texts map[string]ItemText
}

// ItemText is an item in one language.
type ItemText struct {
	Question string
	// Note is one line that says what is meant, the same at every wave; often
	// empty.
	Note string
	// Answers are the words of the scale. Scales with words of their own in the
	// catalogues (yes_no, agree4, agree5) may leave them out; a score has two,
	// for 0 and for 10.
	Answers []string
	Status  TextStatus
}
