package sandbox

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"
)

// FuzzForms feeds anything at all to everything that reads a form. Whatever it
// is, there is an answer, and what is let pass can be made into a message.
func FuzzForms(f *testing.F) {
	for _, seed := range []string{
		`{"content":"x","allowed_mentions":{"parse":["users"],"users":["1"]}}`,
		`{"flags":32768,"components":[{"type":17,"components":[{"type":9,"components":[{"type":10,"content":"t"}],"accessory":{"type":2,"style":1,"label":"l","custom_id":"c"}}]}]}`,
		`{"flags":32768,"components":[{"type":1,"components":[{"type":3,"custom_id":"m","options":[{"label":"l","value":"v","emoji":{"name":"🐜"}}],"min_values":0}]}]}`,
		`{"custom_id":"f","title":"T","components":[{"type":18,"label":"L","component":{"type":4,"custom_id":"i","style":1,"value":"v"}}]}`,
		`{"name":"event","description":"d","options":[{"type":1,"name":"a","description":"d","options":[{"type":3,"name":"b","description":"d","choices":[{"name":"n","value":"v"}]}]}]}`,
		`{"name":"Soup","privacy_level":2,"entity_type":3,"entity_metadata":{"location":"Hall"},"scheduled_start_time":"2027-01-01T10:00:00Z","scheduled_end_time":"2027-01-01T11:00:00Z"}`,
		`{"components":[{"type":12,"items":[{"media":{"url":"attachment://a.png"}}]},{"type":13,"file":{"url":"attachment://a.png"}}],"flags":32768,"attachments":[{"id":"0"}]}`,
		`[]`, `null`, `5`, `{"components":[null,5,{"type":"x"},{"type":1e999}]}`, `{"choices":[{"name":"n","value":1.5}]}`,
	} {
		f.Add([]byte(seed))
	}
	d, err := New(Options{Now: fixedNow})
	if err != nil {
		f.Fatal(err)
	}
	var described *spec
	if name := "../../shared/discord/openapi.json"; exists(name) {
		if described, err = loadSpec(name); err != nil {
			f.Fatal(err)
		}
	}
	g := &guild{id: "1", members: map[string]*member{}}
	ch := &channel{id: "2", guild: g}
	author := &user{id: "3"}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var v any
		dec := json.NewDecoder(bytes.NewReader(raw))
		dec.UseNumber()
		if dec.Decode(&v) != nil {
			return
		}
		b := body{raw: raw, value: v, uploads: []upload{{index: "0", name: "a.png"}}}
		at := newCheck()
		flags := checkMessage(at, at.object(v), b.uploads, messageForm{flags: repliable})
		if e := at.verdict(); e == nil {
			m := d.addMessage(ch, author, nil, newPost(b, int(flags)), "")
			_ = encode(d.messageJSON(m))
			if n := count(m.components); n > maxComponents {
				t.Errorf("%d components passed", n)
			}
			d.removeMessage(m)
		} else {
			_ = encode(e)
		}
		at = newCheck()
		newLayout(nil).modal(at, at.object(v))
		if at.verdict() == nil {
			form := Form{}
			_ = json.Unmarshal(raw, &form)
			_, _ = form.Fields(), form.Text()
		}
		checkCommand(newCheck(), v, false)
		checkEvent(newCheck(), v, nil, fixedNow())
		checkChoices(newCheck(), list(at.object(v)["choices"]), OptionNumber, true)
		if described != nil {
			for i := range described.operations {
				if o := &described.operations[i]; o.body != nil && i%7 == len(raw)%7 {
					_ = validator{described}.validate(o.body, v, nil)
				}
			}
		}
	})
}

func count(list []Component) (n int) {
	Walk(list, func(Component) { n++ })
	return n
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
