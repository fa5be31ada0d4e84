package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// scopeOf checks that a call is about the bot's own commands, and returns
// which: those of a guild, or global ones. The world is locked.
func (d *Discord) scopeOf(c *call) (guildID string, e *apiError) {
	if c.path("app") != c.app.id {
		if d.apps[c.path("app")] == nil {
			return "", unknownApplication()
		}
		return "", otherApplication()
	}
	if c.path("guild") == "" {
		return "", nil
	}
	g, e := d.guildOf(c)
	if e != nil {
		return "", e
	}
	return g.id, nil
}

// sentCommand is a command as a bot sends it.
type sentCommand struct {
	Command
	// Permissions come as a string or as a number.
	DefaultMemberPermissions json.RawMessage `json:"default_member_permissions"`
}

// command makes a command of what was sent.
func (d *Discord) command(raw json.RawMessage, appID, guildID string) *Command {
	var s sentCommand
	_ = json.Unmarshal(raw, &s) // checked before
	cmd := s.Command
	cmd.ID, cmd.ApplicationID, cmd.GuildID = d.ids.next(d.now()), appID, guildID
	cmd.Version = d.ids.next(d.now())
	if cmd.Type == 0 {
		cmd.Type = 1
	}
	cmd.DefaultMemberPermissions = permissionBits(s.DefaultMemberPermissions)
	return &cmd
}

func permissionBits(raw json.RawMessage) *string {
	bits := strings.Trim(string(raw), `"`)
	if bits == "" || bits == "null" {
		return nil
	}
	return &bits
}

func listCommands(d *Discord, c *call) (reply, *apiError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	scope, e := d.scopeOf(c)
	if e != nil {
		return reply{}, e
	}
	all := append([]*Command{}, c.app.commandsIn(scope)...)
	return reply{http.StatusOK, all}, nil
}

func (d *Discord) commandOf(c *call) (scope string, i int, e *apiError) {
	if scope, e = d.scopeOf(c); e != nil {
		return "", 0, e
	}
	i = slices.IndexFunc(c.app.commandsIn(scope), func(cmd *Command) bool { return cmd.ID == c.path("command") })
	if i < 0 {
		return "", 0, unknownCommand()
	}
	return scope, i, nil
}

func getCommand(d *Discord, c *call) (reply, *apiError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	scope, i, e := d.commandOf(c)
	if e != nil {
		return reply{}, e
	}
	return reply{http.StatusOK, c.app.commandsIn(scope)[i]}, nil
}

// createCommand makes a command, or replaces the one of its name.
func createCommand(d *Discord, c *call) (reply, *apiError) {
	at := newCheck()
	checkCommand(at, c.body.value, false)
	if e := at.verdict(); e != nil {
		return reply{}, e
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	scope, e := d.scopeOf(c)
	if e != nil {
		return reply{}, e
	}
	cmd := d.command(c.body.raw, c.app.id, scope)
	all := slices.Clone(c.app.commandsIn(scope))
	status := http.StatusCreated
	if i := slices.IndexFunc(all, cmd.same); i >= 0 {
		cmd.ID = all[i].ID
		all[i] = cmd
		status = http.StatusOK
	} else {
		all = append(all, cmd)
	}
	if e := tooManyCommands(all); e != nil {
		return reply{}, e
	}
	c.app.setCommands(scope, all)
	d.changedWorld()
	return reply{status, cmd}, nil
}

func (c *Command) same(other *Command) bool { return c.Name == other.Name && c.Type == other.Type }

func tooManyCommands(all []*Command) *apiError {
	n := 0
	for _, c := range all {
		if c.Type == 1 {
			n++
		}
	}
	if n > maxCommands {
		return refuse(http.StatusBadRequest, 30032, "Maximum number of application commands reached (100).")
	}
	return nil
}

// overwriteCommands replaces all commands at once. Those that keep their name
// keep their ID.
func overwriteCommands(d *Discord, c *call) (reply, *apiError) {
	at := newCheck()
	list, ok := c.body.value.([]any)
	if !ok {
		at.fail("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
	}
	names := map[string]bool{}
	for i, v := range list {
		checkCommand(at.item(i), v, false)
		if o, ok := v.(map[string]any); ok {
			name, _ := o["name"].(string)
			key := itoa(typeOf(v)) + " " + name
			if names[key] {
				at.item(i).at("name").fail("APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
			}
			names[key] = true
		}
	}
	if e := at.verdict(); e != nil {
		return reply{}, e
	}
	var raws []json.RawMessage
	c.body.into(&raws)
	d.mu.Lock()
	defer d.mu.Unlock()
	scope, e := d.scopeOf(c)
	if e != nil {
		return reply{}, e
	}
	before := c.app.commandsIn(scope)
	all := make([]*Command, len(raws))
	for i, raw := range raws {
		all[i] = d.command(raw, c.app.id, scope)
		if j := slices.IndexFunc(before, all[i].same); j >= 0 {
			all[i].ID = before[j].ID
		}
	}
	if e := tooManyCommands(all); e != nil {
		return reply{}, e
	}
	c.app.setCommands(scope, all)
	d.changedWorld()
	return reply{http.StatusOK, all}, nil
}

func editCommand(d *Discord, c *call) (reply, *apiError) {
	at := newCheck()
	checkCommand(at, c.body.value, true)
	if e := at.verdict(); e != nil {
		return reply{}, e
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	scope, i, e := d.commandOf(c)
	if e != nil {
		return reply{}, e
	}
	all := slices.Clone(c.app.commandsIn(scope))
	var merged map[string]json.RawMessage
	_ = json.Unmarshal(encode(all[i]), &merged)
	c.body.into(&merged)
	cmd := d.command(encode(merged), c.app.id, scope)
	cmd.ID = all[i].ID
	all[i] = cmd
	c.app.setCommands(scope, all)
	d.changedWorld()
	return reply{http.StatusOK, cmd}, nil
}

func deleteCommand(d *Discord, c *call) (reply, *apiError) {
	d.mu.Lock()
	defer d.mu.Unlock()
	scope, i, e := d.commandOf(c)
	if e != nil {
		return reply{}, e
	}
	c.app.setCommands(scope, slices.Delete(slices.Clone(c.app.commandsIn(scope)), i, i+1))
	d.changedWorld()
	return reply{http.StatusNoContent, nil}, nil
}
