package sandbox_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
)

func nothingToSay() *discordgo.InteractionResponseData {
	return &discordgo.InteractionResponseData{Content: "never mind"}
}

func TestCommandLimits(t *testing.T) {
	cmd := func(change o) o {
		c := o{"name": "event", "description": "Events"}
		for k, v := range change {
			c[k] = v
		}
		return c
	}
	opt := func(change o) any {
		c := o{"type": 3, "name": "title", "description": "Title"}
		for k, v := range change {
			c[k] = v
		}
		return c
	}
	with := func(options ...any) o { return cmd(o{"options": options}) }
	choices := func(n int) []any {
		return many(n, func(i int) any { return o{"name": fmt.Sprint(i), "value": fmt.Sprint(i)} })
	}
	options := func(n int) []any {
		return many(n, func(i int) any { return opt(o{"name": fmt.Sprint("o", i)}) })
	}
	sub := func(name string, in ...any) any {
		return o{"type": 1, "name": name, "description": "d", "options": in}
	}
	group := func(in ...any) any { return o{"type": 2, "name": "g", "description": "d", "options": in} }
	// Eight options of ten choices: 80 times 96 characters, and the names.
	heavy := func(extra int) o {
		list := many(8, func(i int) any {
			return o{"type": 3, "name": fmt.Sprint("o", i), "description": "d", "choices": many(10, func(j int) any {
				return o{"name": fmt.Sprintf("%d%s", j, strings.Repeat("n", 47)), "value": strings.Repeat("v", 48)}
			})}
		})
		// 8·(2+1) + 80·96, "event", and three longer descriptions: 8,000.
		return cmd(o{"options": list, "description": strings.Repeat("d", 100), "name_localizations": o{}}).
			plus(list[0].(o), "description", strings.Repeat("d", 100)).
			plus(list[1].(o), "description", strings.Repeat("d", 93+extra))
	}
	tests := map[string]limit{
		"name":              {cmd(o{"name": x(32)}), cmd(o{"name": x(33)}), "name", "BASE_TYPE_BAD_LENGTH"},
		"upper case":        {cmd(o{"name": "etätyö"}), cmd(o{"name": "Etätyö"}), "name", "APPLICATION_COMMAND_INVALID_NAME"},
		"a blank":           {cmd(o{"name": "my-event_1"}), cmd(o{"name": "my event"}), "name", "APPLICATION_COMMAND_INVALID_NAME"},
		"description":       {cmd(o{"description": x(100)}), cmd(o{"description": x(101)}), "description", "BASE_TYPE_BAD_LENGTH"},
		"no description":    {cmd(o{}), cmd(o{"description": nil}), "description", "BASE_TYPE_REQUIRED"},
		"translation":       {cmd(o{"name_localizations": o{"fi": x(32)}}), cmd(o{"name_localizations": o{"fi": x(33)}}), "name_localizations.fi", "BASE_TYPE_BAD_LENGTH"},
		"translated case":   {cmd(o{"name_localizations": o{"fi": "tapahtuma"}}), cmd(o{"name_localizations": o{"fi": "Tapahtuma"}}), "name_localizations.fi", "APPLICATION_COMMAND_INVALID_NAME"},
		"language":          {cmd(o{"name_localizations": o{"sv-SE": "a"}}), cmd(o{"name_localizations": o{"sv": "a"}}), "name_localizations.sv", "BASE_TYPE_CHOICES"},
		"another language":  {cmd(o{"description_localizations": o{"uk": "a"}}), cmd(o{"description_localizations": o{"ar": "a"}}), "description_localizations.ar", "BASE_TYPE_CHOICES"},
		"options":           {with(options(25)...), with(options(26)...), "options", "BASE_TYPE_MAX_LENGTH"},
		"option name":       {with(opt(o{"name": x(32)})), with(opt(o{"name": "Title"})), "options.0.name", "APPLICATION_COMMAND_INVALID_NAME"},
		"same option":       {with(opt(o{}), opt(o{"name": "b"})), with(opt(o{}), opt(o{})), "options.1.name", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"},
		"required first":    {with(opt(o{"required": true}), opt(o{"name": "b"})), with(opt(o{}), opt(o{"name": "b", "required": true})), "options.1", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"},
		"option type":       {with(opt(o{"type": 11})), with(opt(o{"type": 12})), "options.0.type", "BASE_TYPE_CHOICES"},
		"choices":           {with(opt(o{"choices": choices(25)})), with(opt(o{"choices": choices(26)})), "options.0.choices", "BASE_TYPE_MAX_LENGTH"},
		"choice name":       {with(opt(o{"choices": []any{o{"name": x(100), "value": "v"}}})), with(opt(o{"choices": []any{o{"name": x(101), "value": "v"}}})), "options.0.choices.0.name", "BASE_TYPE_BAD_LENGTH"},
		"choice value":      {with(opt(o{"choices": []any{o{"name": "n", "value": x(100)}}})), with(opt(o{"choices": []any{o{"name": "n", "value": x(101)}}})), "options.0.choices.0.value", "BASE_TYPE_MAX_LENGTH"},
		"choice type":       {with(opt(o{"type": 4, "choices": []any{o{"name": "n", "value": 3}}})), with(opt(o{"type": 4, "choices": []any{o{"name": "n", "value": "3"}}})), "options.0.choices.0.value", "NUMBER_TYPE_COERCE"},
		"both suggestions":  {with(opt(o{"autocomplete": true})), with(opt(o{"autocomplete": true, "choices": choices(1)})), "options.0.choices", "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES"},
		"suggested bool":    {with(opt(o{"type": 5})), with(opt(o{"type": 5, "autocomplete": true})), "options.0.autocomplete", "APPLICATION_COMMAND_AUTOCOMPLETE_INVALID"},
		"max_length":        {with(opt(o{"max_length": 6000})), with(opt(o{"max_length": 6001})), "options.0.max_length", "NUMBER_TYPE_MAX"},
		"min above max":     {with(opt(o{"type": 4, "min_value": 2, "max_value": 2})), with(opt(o{"type": 4, "min_value": 3, "max_value": 2})), "options.0.min_value", "APPLICATION_COMMAND_OPTIONS_MIN_VALUE_GREATER_THAN_MAX"},
		"subcommands":       {with(sub("a", opt(o{})), sub("b")), with(sub("a"), opt(o{})), "options", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"},
		"nested":            {with(group(sub("a", opt(o{})))), with(sub("a", sub("b"))), "options.0.options.0.type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"},
		"nested groups":     {with(group(sub("a"))), with(group(group(sub("a")))), "options.0.options.0.type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"},
		"characters in all": {heavy(0), heavy(1), "", "APPLICATION_COMMAND_TOO_LARGE"},
		"contexts":          {cmd(o{"contexts": []any{0, 1}}), cmd(o{"contexts": []any{3}}), "contexts.0", "BASE_TYPE_CHOICES"},
		"command type":      {cmd(o{"type": 1}), cmd(o{"type": 5}), "type", "BASE_TYPE_CHOICES"},
		"menu description":  {o{"type": 2, "name": "Show hours"}, o{"type": 2, "name": "Show hours", "description": "d"}, "description", "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_EMPTY"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w := newTown(t, lifted)
			tt.check(t, func(form any) response { return w.api("POST", "/applications/"+w.app.ID+"/commands", form) })
		})
	}
}

// plus sets a key of another object and returns this one.
func (c o) plus(other o, key string, value any) o {
	other[key] = value
	return c
}

func TestCommands_all(t *testing.T) {
	w := newTown(t, lifted)
	path := "/applications/" + w.app.ID + "/commands"
	commands := func(n int) []any {
		return many(n, func(i int) any { return o{"name": fmt.Sprint("c", i), "description": "d"} })
	}
	if got := w.api("PUT", path, commands(100)); got.status != 200 {
		t.Errorf("a hundred: %s", got.raw)
	}
	if got := w.api("PUT", path, commands(101)); got.code() != 30032 {
		t.Errorf("one more: %s", got.raw)
	}
	twice := []any{o{"name": "a", "description": "d"}, o{"name": "a", "description": "d"}}
	if got := w.api("PUT", path, twice); got.fault("1.name") != "APPLICATION_COMMANDS_DUPLICATE_NAME" {
		t.Errorf("one name twice: %s", got.raw)
	}
	if n := len(w.Commands(w.app.ID, "")); n != 100 {
		t.Errorf("%d commands after refusals", n)
	}
}

func TestAutocompleteLimits(t *testing.T) {
	choices := func(n int) o {
		return o{"choices": many(n, func(i int) any { return o{"name": fmt.Sprint("n", i), "value": "v"} })}
	}
	tests := map[string]limit{
		"choices": {choices(25), choices(26), "data.choices", "BASE_TYPE_MAX_LENGTH"},
		"name":    {o{"choices": []any{o{"name": x(100), "value": "v"}}}, o{"choices": []any{o{"name": x(101), "value": "v"}}}, "data.choices.0.name", "BASE_TYPE_BAD_LENGTH"},
		"no name": {choices(1), o{"choices": []any{o{"name": "", "value": "v"}}}, "data.choices.0.name", "BASE_TYPE_REQUIRED"},
		"value":   {o{"choices": []any{o{"name": "n", "value": x(100)}}}, o{"choices": []any{o{"name": "n", "value": x(101)}}}, "data.choices.0.value", "BASE_TYPE_MAX_LENGTH"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w := newTown(t, lifted)
			register(t, w, &discordgo.ApplicationCommand{Name: "find", Description: "Find", Options: []*discordgo.ApplicationCommandOption{
				{Type: discordgo.ApplicationCommandOptionString, Name: "event", Description: "Which", Autocomplete: true},
			}})
			in := w.inbox()
			tt.check(t, func(form any) response {
				done := make(chan struct{})
				ctx := w.ctx()
				go func() {
					defer close(done)
					_, _ = w.aino.Complete(ctx, w.channel.ID, "find", "event", "x")
				}()
				i := w.next(in)
				path := "/interactions/" + i.ID + "/" + i.Token + "/callback"
				got := w.api("POST", path, o{"type": 8, "data": form})
				if got.status >= 300 {
					w.api("POST", path, o{"type": 8, "data": o{"choices": []any{}}})
				}
				<-done
				return got
			})
		})
	}
}
