package bot

import (
	"fmt"
	"strconv"
	"strings"
)

// version is what every custom_id of ours begins with. It changes when the form
// after it does, so that old buttons are known as old.
const version = "t1"

// press is what a custom_id says: the verb, the thing, and a detail of it.
// Never a right: it may be forged.
type press struct {
	verb string
	id   int64
	arg  string
}

// String writes "t1:verb:id", with ":arg" if there is one.
func (p press) String() string {
	s := version + ":" + p.verb + ":" + strconv.FormatInt(p.id, 10)
	if p.arg != "" {
		s += ":" + p.arg
	}
	return s
}

// parsePress reads a custom_id. What String did not write is an error.
func parsePress(custom string) (press, error) {
	parts := strings.SplitN(custom, ":", 4)
	if len(parts) < 3 || parts[0] != version || parts[1] == "" {
		return press{}, fmt.Errorf("no custom_id of version %s", version)
	}
	id, err := strconv.ParseInt(parts[2], 10, 64)
	if err != nil || id < 0 {
		return press{}, fmt.Errorf("no id in a custom_id of %s", version)
	}
	p := press{verb: parts[1], id: id}
	if len(parts) == 4 {
		p.arg = parts[3]
	}
	if p.String() != custom {
		return press{}, fmt.Errorf("a custom_id that is not written as we write it")
	}
	return p, nil
}
