package dialogs

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"photofinish/sim"
	"photofinish/tui/ink"
)

func (ds Dialogs) editValue() tea.Cmd {
	ds.Session = ds.Selected()
	a := ds.Session.Action()
	field := ds.Session.Field
	switch {
	case a.Do == sim.SetPermissions:
		field = sim.Permissions
	case a.Do == sim.Delete || a.Do == sim.Fetch:
		ds.Message = fmt.Sprintf("%s sets nothing: there is nothing to change", a.Label())
		return nil
	case !a.Sets.Has(field):
		field = sim.Permissions
		for f := range a.Sets.All {
			field = min(f, field)
		}
		if field == sim.Permissions {
			field = 0
		}
	}
	if len(ds.Session.Script.Fields) == 0 && field != sim.Permissions {
		ds.Message = a.Label() + " sets nothing: there is nothing to change"
		return nil
	}
	name := ink.Printable(ds.Session.Script.FieldName(field), 20)
	was := ""
	if a.Sets.Has(field) {
		was = fmt.Sprint(ds.Session.Script.Values[a.Values[field]])
	}
	does := fmt.Sprintf("%s sets %s to", a.Label(), name)
	switch {
	case a.Bags.Has(field):
		does = fmt.Sprintf("%s appends to %s", a.Label(), name)
	case a.Adds.Has(field):
		does = fmt.Sprintf("%s adds to %s", a.Label(), name)
	}
	ds.ask(does, was, func(text string) (tea.Cmd, error) {
		if err := ds.Session.Unfit(field, text); err != nil {
			return nil, err
		}
		set := does + " " + ink.Printable(text, 30)
		return ds.EditAs(ds.Session.Set(field, text), set+":", set+" already"), nil
	})
	return nil
}
