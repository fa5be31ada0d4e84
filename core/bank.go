package core

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"unicode/utf8"
)

//go:embed items/*.json
var itemFiles embed.FS

// Bank is the questions that a poll may be made of, and the sets that are
// ready to be asked. It keeps every version of an item, so that a series goes
// on with the words it began with. What it hands out is shared: read it only.
//
// The status of a text speaks of its question and its answers. A note is always
// ours; an item has one in every language or in none.
type Bank struct {
	items []Item
	byRef map[ItemRef]Item
	sets  []ItemSet
	// feedback is what is asked after trainings; nobody chooses from it.
	feedback []Item
}

// ItemSet is a few items that make a good poll together. What it is called is
// in the catalogues, under poll.set and its id.
type ItemSet struct {
	ID    string
	Items []ItemRef
}

// Ref is the name of this version of the item.
func (i Item) Ref() ItemRef { return ItemRef(fmt.Sprintf("%s@%d", i.ID, i.Version)) }

// Question is the item as a poll asks it.
func (i Item) Question() Question {
	q := Question{
		Item: i.Ref(), Domain: i.Domain, Scale: i.Scale, Favourable: i.Favourable,
		Options: i.Scale.Options(), Most: 1, Texts: i.Texts,
	}
	for _, text := range i.Texts {
		if q.Options == 0 {
			q.Options = len(text.Answers) // all languages have as many
		}
	}
	return q
}

// LoadBank reads the bank that comes with the program.
func LoadBank() (*Bank, error) { return ReadBank(itemFiles) }

// ReadBank reads a bank from files: items/<domain>.json for each domain
// and for feedback, and items/sets.json. It refuses an item that a poll could not be made of.
func ReadBank(files fs.FS) (*Bank, error) {
	b := &Bank{byRef: map[ItemRef]Item{}}
	for _, domain := range append(Domains(), Feedback) {
		var items []Item
		if err := readItems(files, string(domain), &items); err != nil {
			return nil, err
		}
		for _, item := range items {
			if item.Domain != domain {
				return nil, fmt.Errorf("item %s is of the domain %q, in the file of %q", item.Ref(), item.Domain, domain)
			}
			if _, twice := b.byRef[item.Ref()]; twice {
				return nil, fmt.Errorf("item %s is there twice", item.Ref())
			}
			if err := item.check(); err != nil {
				return nil, fmt.Errorf("item %s: %w", item.Ref(), err)
			}
			b.byRef[item.Ref()] = item
			if domain == Feedback {
				b.feedback = append(b.feedback, item)
				continue
			}
			b.items = append(b.items, item)
		}
	}
	if err := readItems(files, "sets", &b.sets); err != nil {
		return nil, err
	}
	for _, set := range b.sets {
		if n := len(set.Items); n == 0 || n > MaxQuestions {
			return nil, fmt.Errorf("set %q has %d items", set.ID, n)
		}
		for _, ref := range set.Items {
			if _, there := b.byRef[ref]; !there {
				return nil, fmt.Errorf("set %q has the unknown item %s", set.ID, ref)
			}
		}
	}
	return b, nil
}

func readItems(files fs.FS, name string, into any) error {
	file, err := files.Open("items/" + name + ".json")
	if err != nil {
		return fmt.Errorf("read bank: %w", err)
	}
	defer file.Close()
	decoder := json.NewDecoder(file)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return fmt.Errorf("read bank, %s: %w", name, err)
	}
	return nil
}

// Item finds one version of an item, also one that has a newer one.
func (b *Bank) Item(ref ItemRef) (Item, bool) {
	item, there := b.byRef[ref]
	return item, there
}

// Feedback lists what is asked after trainings, in its newest versions.
func (b *Bank) Feedback() []Item { return newest(b.feedback) }

// Items lists the newest version of every item of the four domains, by domain and then in the order
// of the files.
func (b *Bank) Items() []Item { return newest(b.items) }

func newest(items []Item) []Item {
	last := map[string]int{}
	for _, item := range items {
		last[item.ID] = max(last[item.ID], item.Version)
	}
	return slices.DeleteFunc(slices.Clone(items), func(i Item) bool { return i.Version < last[i.ID] })
}

// ByDomain lists the newest versions of one domain, in the same order.
func (b *Bank) ByDomain(domain Domain) []Item {
	return slices.DeleteFunc(b.Items(), func(i Item) bool { return i.Domain != domain })
}

// Sets lists the ready sets, in the order in which they are offered.
func (b *Bank) Sets() []ItemSet { return slices.Clone(b.sets) }

// check says what keeps a poll from being made of the item.
func (i Item) check() error {
	switch {
	case i.ID == "" || i.Version < 1:
		return fmt.Errorf("id %q in version %d", i.ID, i.Version)
	case i.Source == "" || i.Licence == "":
		return fmt.Errorf("no source or no licence")
	case i.Favourable != FavourFirst && i.Favourable != FavourLast:
		return fmt.Errorf("favourable end %q", i.Favourable)
	case !slices.Contains([]Evidence{Verified, SecondHand, Unverified}, i.Evidence):
		return fmt.Errorf("evidence %q", i.Evidence)
	case len(i.Texts) == 0:
		return fmt.Errorf("no texts")
	}
	for locale, text := range i.Texts {
		if err := i.checkText(text); err != nil {
			return fmt.Errorf("in %s: %w", locale, err)
		}
	}
	return nil
}

func (i Item) checkText(text ItemText) error {
	switch {
	case text.Question == "" || utf8.RuneCountInString(text.Question) > MaxQuestion:
		return fmt.Errorf("question %q", text.Question)
	case utf8.RuneCountInString(text.Note) > MaxQuestion:
		return fmt.Errorf("note %q", text.Note)
	case text.Status != Official && text.Status != OwnAdaptation:
		return fmt.Errorf("status %q", text.Status)
	case text.Status == Official && i.Evidence != Verified:
		return fmt.Errorf("official, and yet %s", i.Evidence)
	}
	// Every scale brings its own words, so that their meaning is frozen too.
	least, most := i.Scale.itemAnswers()
	if n := len(text.Answers); n < least || n > most || n == 0 {
		return fmt.Errorf("%d answers on the scale %q", n, i.Scale)
	}
	for n, answer := range text.Answers {
		if answer == "" || utf8.RuneCountInString(answer) > MaxOption || slices.Contains(text.Answers[:n], answer) {
			return fmt.Errorf("answer %q", answer)
		}
	}
	// The number of answers is that of the item, whatever the language.
	for _, other := range i.Texts {
		if len(other.Answers) != len(text.Answers) {
			return fmt.Errorf("%d answers, and %d in another language", len(text.Answers), len(other.Answers))
		}
	}
	return nil
}

// itemAnswers is how many words an item of the scale has; none for a scale that
// is not for items. A score has two, for its ends.
func (s Scale) itemAnswers() (least, most int) {
	switch s {
	case ScaleYesNo, ScaleScore:
		return 2, 2
	case ScaleAgree4:
		return 4, 4
	case ScaleAgree5:
		return 5, 5
	case ScaleFrequency:
		return 3, 6
	case ScaleSingle, ScaleSeveral:
	}
	return 0, 0
}
