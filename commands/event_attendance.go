package commands

import (
	"context"
	"slices"

	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

const eventAttendance = "event.attendance"

// Attendance is the button "Attendance" and the menu that it shows: how people
// say that they are there, and the code, if there is one.
type Attendance struct{ *organiser }

// Spec is the button, the menu, and the button that switches the questions
// afterwards on and off.
func (Attendance) Spec() Spec {
	return Spec{Name: eventAttendance, Need: core.Coordinator, Sight: InPlace}
}

// Run shows it, after the change that was asked for.
func (v Attendance) Run(ctx context.Context, ask Ask) (Reply, error) {
	e, err := v.load(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	if e.State == core.Withdrawn {
		return Reply{}, core.Refuse(core.EditCancelled)
	}
	if ask.Arg == feedbackOn || ask.Arg == feedbackOff {
		if e, err = v.setFeedback(ctx, ask, ask.Arg == feedbackOn); err != nil {
			return Reply{}, err
		}
	}
	if len(ask.Chosen) == 1 {
		if e, err = v.set(ctx, ask, core.Attendance(ask.Chosen[0])); err != nil {
			return Reply{}, err
		}
	}
	return Reply{Card: v.card(ask, e)}, nil
}

// off stands in a menu for no attendance at all.
const off = "off"

// set stores the way that was chosen. A code is made once: who chooses it again
// shows the same.
func (v Attendance) set(ctx context.Context, ask Ask, way core.Attendance) (core.Event, error) {
	if way == off {
		way = core.AttendanceOff
	}
	if !slices.Contains(core.Attendances(), way) {
		return core.Event{}, core.Refuse(core.NoSuchVerb)
	}
	var e core.Event
	err := v.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if e, err = lock(ctx, tx, ask); err != nil {
			return err
		}
		switch {
		case e.State == core.Withdrawn:
			return core.Refuse(core.EditCancelled)
		case e.Attendance == way:
			return nil
		}
		e.Attendance = way
		if way == core.AttendanceCode && e.Code == "" {
			if e.Code, err = core.NewCode(v.random); err != nil {
				return err
			}
		}
		if err := tx.SaveEvent(ctx, e); err != nil || e.State == core.Draft {
			return err
		}
		if err := tx.AddAct(ctx, v.acted(ask, core.DeedEdited, e)); err != nil {
			return err
		}
		tasks, err := v.redraw(ctx, tx, e)
		if err != nil {
			return err
		}
		return v.later.Book(ctx, tx, append(tasks, v.checkInTimes(e)...)...)
	})
	return e, err
}

// checkInTimes are when the clock is to redraw the post of an event since people
// can check in from then on, or no more.
func (o *organiser) checkInTimes(e core.Event) []core.Task {
	if e.Attendance == core.AttendanceOff || e.Session.Start.IsZero() {
		return nil
	}
	var tasks []core.Task
	open := e.Session.CheckIn()
	if open.Start.After(o.now()) {
		tasks = append(tasks, core.DrawAt{Session: e.Session.ID, At: open.Start})
	}
	if open.End.After(o.now()) {
		tasks = append(tasks, core.DrawAt{Session: e.Session.ID, At: open.End})
	}
	return tasks
}

func (v Attendance) card(ask Ask, e core.Event) Card {
	blocks := []Block{
		Heading{locales.Msg{ID: "attendance.title", Data: locales.Data{"Title": titleIn(e, ask.Locales())}}},
		Para{locales.Msg{ID: "attendance.is." + wayName(e.Attendance)}},
	}
	if e.Attendance == core.AttendanceCode {
		blocks = append(blocks, Heading{codeText(e)}, Para{locales.Msg{ID: "attendance.code_about"}})
	}
	if e.Attendance != core.AttendanceOff && !e.Session.Start.IsZero() {
		open := e.Session.CheckIn()
		blocks = append(blocks, Small{locales.Msg{ID: "attendance.open", Data: locales.Data{"When": open}}})
	}
	if e.Kind == core.KindTraining {
		blocks = append(blocks, Para{feedbackText(e)})
	}
	menu := Menu{Verb: eventAttendance, ID: int64(e.ID), Hint: locales.Msg{ID: "attendance.hint"}}
	for _, way := range core.Attendances() {
		value := string(way)
		if way == core.AttendanceOff {
			value = off
		}
		menu.Choices = append(menu.Choices, Choice{
			Label: locales.Msg{ID: "attendance.way." + wayName(way)}, About: locales.Msg{ID: "attendance.is." + wayName(way)},
			Value: value, Chosen: way == e.Attendance,
		})
	}
	row := Buttons{}
	if e.MayMark(v.now()) == nil {
		row = append(row, Button{Label: locales.Msg{ID: "attendance.mark"}, Verb: eventMarks, ID: int64(e.ID), Style: Primary})
	}
	row = append(row, v.feedbackSwitch(e)...)
	row = append(row, Button{Label: locales.Msg{ID: "organise.back"}, Verb: eventManage, ID: int64(e.ID)})
	return Card{Blocks: append(blocks, menu, row)}
}

// wayName is a way in the names of texts.
func wayName(way core.Attendance) string {
	if way == core.AttendanceOff {
		return off
	}
	return string(way)
}

// codeText is the code of an event, large enough to be copied to a whiteboard.
func codeText(e core.Event) locales.Text {
	return locales.Msg{ID: "attendance.code", Data: locales.Data{"Code": locales.Raw(e.Code)}}
}

// attendanceButton leads to the card.
func attendanceButton(e core.Event) Button {
	return Button{Label: locales.Msg{ID: "organise.attendance"}, Verb: eventAttendance, ID: int64(e.ID)}
}
