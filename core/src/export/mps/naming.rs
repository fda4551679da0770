use crate::engine::formulate::Formulation;
use crate::engine::program::Role;

/// A name for each column, by what it stands for; numbers count from 1 as in the legend.
///
/// | name | what |
/// |---|---|
/// | `z<slot>` | sessions held in a slot |
/// | `x<slot>_<need>` | units of a need in a slot (for a whole need: all of them) |
/// | `y<slot>_<post>_<class>` | members of a class in a post; with `_<period>` for rotating posts |
/// | `r<slot>_<class>` | rooms of a class |
/// | `h<project>` | whether a project has a session |
/// | `f<group>_<resource>` | what a supply gives to a group of demands |
/// | `i<column>`, `d<column>` | any other indicator; what follows from the other columns |
pub(super) fn names(whole: &Formulation) -> Vec<String> {
    let plain = |(column, role): (usize, &Role)| {
        let letter = if *role == Role::Derived { 'd' } else { 'i' };
        format!("{letter}{}", column + 1)
    };
    let mut names: Vec<String> = whole.program.role.iter().enumerate().map(plain).collect();
    for (position, slot) in whole.slots.iter().enumerate() {
        let number = position + 1;
        names[slot.held.index()] = format!("z{number}");
        for unit in &slot.units {
            names[unit.column.index()] = format!("x{number}_{}", unit.need.index() + 1);
        }
        for staff in &slot.staff {
            let (post, class) = (staff.post + 1, staff.class.index() + 1);
            let period = staff.period.map_or(String::new(), |period| format!("_{}", period.index() + 1));
            names[staff.column.index()] = format!("y{number}_{post}_{class}{period}");
        }
        for (class, column) in &slot.rooms {
            names[column.index()] = format!("r{number}_{}", class.index() + 1);
        }
    }
    for (position, group) in whole.groups.iter().enumerate() {
        for (supply, column) in &group.supplies {
            if let Some(column) = column {
                names[column.index()] = format!("f{}_{}", position + 1, supply.index() + 1);
            }
        }
    }
    for (project, held) in &whole.held {
        names[held.column.index()] = format!("h{}", project.index() + 1);
    }
    names
}
