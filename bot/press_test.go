package bot

import (
	"testing"

	"pgregory.net/rapid"
)

func TestPress_comesBackAsItWent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := press{
			verb: rapid.StringMatching(`[a-z_.]{1,30}`).Draw(t, "verb"),
			id:   rapid.Int64Range(0, 1<<62).Draw(t, "id"),
			arg:  rapid.StringMatching(`[a-z0-9_.,=-]{0,40}`).Draw(t, "arg"),
		}
		got, err := parsePress(p.String())
		if err != nil || got != p {
			t.Fatalf("%q became %+v, %v; want %+v", p, got, err, p)
		}
	})
}

func FuzzPress(f *testing.F) {
	for _, seed := range []string{"t1:join:42", "t1:join:42:7", "t1::1", "t2:x:1", "", "t1:x:9223372036854775808", "t1:x:-1", "t1:x:1:"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, custom string) {
		p, err := parsePress(custom)
		if err == nil && (p.String() != custom || p.id < 0 || p.verb == "") {
			t.Errorf("%q was read as %+v", custom, p)
		}
	})
}

func TestClip(t *testing.T) {
	tests := map[string]struct {
		in   string
		most int
		want string
	}{
		"what fits stays":                    {"talkoot", 7, "talkoot"},
		"what does not is cut and shows it":  {"talkoot today", 9, "talkoot…"},
		"characters count, not bytes":        {"äääää", 5, "äääää"},
		"an isolate that is cut open closes": {"a \u2068bcdefgh\u2069", 7, "a \u2068bc\u2069…"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := clip(tt.in, tt.most)
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if n := len([]rune(got)); n > tt.most {
				t.Errorf("%q has %d characters, at most %d fit", got, n, tt.most)
			}
		})
	}
}
