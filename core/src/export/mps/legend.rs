use super::{LevelModel, ModelRow, Text};
use crate::lists::{NeedId, Term};
use crate::model::Class;

/// The longest id that is written out.
const LONGEST_ID: usize = 64;
/// Rows of a class that are written out.
const ROWS_OF_A_CLASS: usize = 4;

/// What the file is and what its names stand for, as comments.
pub(super) fn write(text: &mut Text, of: &LevelModel) {
    let (model, case, whole) = (of.model, of.model.case, of.whole);
    let levels = &case.settings.levels;
    let terms = levels.get(of.level).map_or(String::new(), |terms| words(terms));
    text.line(format_args!("* sandan: the integer model of one level, free MPS, to be maximised"));
    text.line(format_args!("* a reader that knows no OBJSENSE minimises: change the signs of row OBJ for it"));
    text.line(format_args!("* case {}", case.hash));
    text.line(format_args!("* objective OBJ = level {} ({terms})", of.level + 1));
    for (above, terms) in levels.iter().enumerate().take(of.level) {
        let name = format!("LEVEL{}", above + 1);
        let constant = whole.program.objectives[above].constant;
        match of.rows.iter().find(|row: &&ModelRow| row.name == name) {
            Some(row) => {
                let value = row.sense.limit().saturating_add(constant);
                text.line(format_args!("* held: {name} ({}) at {value} or better", words(terms)));
            }
            None => text.line(format_args!("* held: level {} ({}) is always {constant}", above + 1, words(terms))),
        }
    }
    text.line(format_args!(
        "* size: {} cells, {} slots, {} classes, {} columns, {} rows, {} nonzeros",
        model.cells.len(),
        whole.slots.len(),
        model.classes.len(),
        whole.program.columns(),
        of.rows.len(),
        of.nonzeros()
    ));
    text.line(format_args!(
        "* {}",
        if whole.exact {
            "exact: every solution can be dealt out to sessions and members"
        } else {
            "relaxation: bound only (some solutions cannot be dealt out to sessions and members)"
        }
    ));
    text.line(format_args!("* columns: z<S> sessions held; x<S>_<N> units of a need (a whole need: 1 is all of it);"));
    text.line(format_args!(
        "*   y<S>_<post>_<K>[_<period>] members in a post; r<S>_<K> rooms; h<project> any session;"
    ));
    text.line(format_args!("*   f<group>_<resource> fen or items; i<n> indicators; d<n> follow from the others"));
    text.line(format_args!("* numbers count from 1 in the order of ids; #n stands for an id that is not plain ASCII"));
    for (position, slot) in whole.slots.iter().enumerate() {
        let cell = &model.cells[slot.cell];
        text.line(format_args!(
            "* S{} = {} {} {}",
            position + 1,
            token(&case.projects[cell.project.index()].id, cell.project.index()),
            token(&case.places[cell.place.index()].id, cell.place.index()),
            token(&case.periods[cell.start.index()].id, cell.start.index())
        ));
    }
    for (position, need) in case.needs.iter().enumerate() {
        let rows = model.needs.rows(NeedId::from(position));
        let more = match rows.len() {
            0 => String::new(),
            count => format!(" and {} more alike, in all {}", count - 1, rows.iter().map(|row| row.1).sum::<i64>()),
        };
        text.line(format_args!("* N{} = {}{more}", position + 1, token(&need.id, position)));
    }
    for (position, class) in model.classes.iter().enumerate() {
        let rows: Vec<String> =
            rows_of(class).take(ROWS_OF_A_CLASS).map(|row| token(&case.resources[row].id, row)).collect();
        let more = rows_of(class).count() - rows.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        text.line(format_args!("* K{} = {}{more}, in all {}", position + 1, rows.join(" "), class.count));
    }
}

fn rows_of(class: &Class) -> impl Iterator<Item = usize> + '_ {
    class.shares.iter().map(|share| share.resource.index())
}

fn words(terms: &[Term]) -> String {
    terms.iter().map(|term| term.name()).collect::<Vec<_>>().join(" ")
}

/// An id that every reader takes in a comment, or its number.
fn token(id: &str, position: usize) -> String {
    let plain = id.len() <= LONGEST_ID && !id.starts_with('#') && id.bytes().all(|byte| byte.is_ascii_graphic());
    if plain { id.to_owned() } else { format!("#{}", position + 1) }
}
