//! A case with some of its limits lifted.

use super::limit::{Limit, Target};
use super::needs::{self, NeedCell};
use super::projects::{self, ProjectCell};
use super::resources::{self, ResourceCell};
use super::rest;
use super::stake::Stake;
use crate::lists::{Case, Kind, NeedId, Place, PlaceId, ProjectId, RuleKind, Symbol};

/// The case with every limit lifted that is not kept.
///
/// INVARIANT: the more is lifted, the more plans there are. Where one cell pulls both ways (`size` also counts members and
/// seats, `whole` also lets a person bring several units), only what widens is lifted.
pub(super) fn relaxed(case: &Case, stake: &Stake, limits: &[Limit], kept: &[usize]) -> Case {
    let mut keep = vec![false; limits.len()];
    kept.iter().for_each(|k| keep[*k] = true);
    let lifted = || limits.iter().zip(&keep).filter(|(_, keep)| !**keep).map(|(limit, _)| limit.target);
    let mut out = case.clone();
    let dropped = |position: usize, target: fn(usize) -> Target| lifted().any(|t| t == target(position));
    let mut position = 0;
    out.pins.retain(|_| {
        position += 1;
        !dropped(position - 1, Target::Pin)
    });
    position = 0;
    out.rules.retain(|_| {
        position += 1;
        !dropped(position - 1, Target::Rule)
    });
    let everywhere = match lifted().any(|t| matches!(t, Target::Need(_, NeedCell::Place))) {
        true => everywhere(&mut out),
        false => out.online,
    };
    let counted = counted(&out);
    for target in lifted() {
        match target {
            Target::Pin(_) | Target::Rule(_) => {}
            Target::Need(id, cell) => needs::lift(&mut out.needs[id.index()], cell, everywhere),
            Target::Project(id, cell) => projects::lift(&mut out.projects[id.index()], cell),
            Target::Post(id, cell) => projects::lift_post(&mut out.projects[id.index()], cell),
            Target::Resource(id, cell) => resources::lift(&mut out.resources[id.index()], cell, stake, &counted),
            Target::Fit(row, cell) => rest::lift_fit(&mut out.fits[row], cell),
            Target::Setting(cell) => rest::lift_setting(&mut out, cell, stake),
        }
    }
    let cells: Vec<(NeedId, NeedCell)> = lifted()
        .filter_map(|t| match t {
            Target::Need(id, cell @ (NeedCell::Whole | NeedCell::Quantity)) => Some((id, cell)),
            _ => None,
        })
        .collect();
    // Quantities come after all else: they widen only what is not whole.
    for wanted in [NeedCell::Whole, NeedCell::Quantity] {
        for (id, cell) in cells.iter().filter(|(_, cell)| *cell == wanted) {
            let whole = *cell == NeedCell::Whole;
            needs::settle(&mut out.needs[id.index()], whole, !whole, stake);
        }
    }
    for target in lifted() {
        if let Target::Resource(id, ResourceCell::Count) = target {
            resources::enlarge(&mut out, id, stake);
        }
    }
    let sizes: Vec<ProjectId> = lifted()
        .filter_map(|t| match t {
            Target::Project(id, ProjectCell::Size) => Some(id),
            _ => None,
        })
        .collect();
    if !sizes.is_empty() {
        seats_as_lists(&mut out);
        sizes.iter().for_each(|id| projects::widen(&mut out.projects[id.index()], stake));
    }
    out
}

/// A place above all places: a row that stands there reaches every leaf in 0 minutes.
fn everywhere(case: &mut Case) -> PlaceId {
    let top = PlaceId::from(case.places.len());
    let online = case.online;
    let roots = case.places.iter_mut().enumerate().filter(|(i, p)| *i != online.index() && p.parent.is_none());
    let roots = roots.map(|(_, place)| place.parent = Some(top)).count();
    if roots == 0 {
        return online;
    }
    // The last code point, so that the places stay in the order of their ids.
    let (id, title) = ("\u{10FFFF}".to_owned(), String::new());
    case.places.push(Place { id, title, row: 0, kind: None, parent: None, coordinates: None });
    top
}

/// Says with deny-lists which venues are too small, so that a project can be widened without asking for larger rooms.
fn seats_as_lists(case: &mut Case) {
    let sizes: Vec<i64> = case.projects.iter().map(|p| p.size).collect();
    for venue in case.resources.iter_mut().filter(|row| row.kind == Kind::Venue) {
        let Some(seats) = venue.seats.take() else { continue };
        let too_large = (0..sizes.len()).filter(|i| sizes[*i] > seats).map(ProjectId::from);
        let mut exclude: Vec<ProjectId> = venue.exclude.iter().copied().chain(too_large).collect();
        exclude.sort_unstable();
        exclude.dedup();
        venue.exclude = exclude.into();
    }
}

/// The skills that ratio and window rules count.
pub(super) fn counted(case: &Case) -> Vec<Symbol> {
    let rules = case.rules.iter().filter(|rule| matches!(rule.kind, RuleKind::Ratio | RuleKind::Window));
    rules.filter_map(|rule| rule.skills.as_ref()).flat_map(|list| list.iter()).copied().collect()
}
