use std::collections::BTreeMap;

use crate::lists::{Case, Project};

/// Finds the rows that cells name.
pub(super) struct Lookup<'a> {
    pub(super) case: &'a Case,
    needs: Names<'a>,
    projects: Names<'a>,
    resources: Names<'a>,
    places: Names<'a>,
    periods: Names<'a>,
}

/// The ids of a table, and the titles that only one row has.
struct Names<'a> {
    ids: BTreeMap<&'a str, usize>,
    titles: BTreeMap<&'a str, Option<&'a str>>,
}

impl<'a> Names<'a> {
    fn new(rows: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut names = Names { ids: BTreeMap::new(), titles: BTreeMap::new() };
        for (position, (id, title)) in rows.enumerate() {
            names.ids.insert(id, position);
            let title = title.trim();
            if !title.is_empty() {
                names.titles.entry(title).and_modify(|known| *known = None).or_insert(Some(id));
            }
        }
        names
    }

    /// The id that a cell means: as written, before a blank, or the row of a title.
    fn known(&self, text: &str) -> Option<&'a str> {
        let before_blanks = text.match_indices(' ').rev().map(|(at, _)| text[..at].trim_end());
        let mut ids = std::iter::once(text).chain(before_blanks);
        let id = ids.find_map(|id| self.ids.get_key_value(id)).map(|(id, _)| *id);
        id.or_else(|| self.titles.get(text).copied().flatten())
    }

    /// Likewise, or the text itself where no row is meant.
    fn id(&self, text: &str) -> String {
        self.known(text).unwrap_or(text).to_owned()
    }
}

impl<'a> Lookup<'a> {
    pub(super) fn new(case: &'a Case) -> Self {
        Lookup {
            needs: Names::new(case.needs.iter().map(|r| (r.id.as_str(), r.title.as_str()))),
            projects: Names::new(case.projects.iter().map(|r| (r.id.as_str(), r.title.as_str()))),
            resources: Names::new(case.resources.iter().map(|r| (r.id.as_str(), r.title.as_str()))),
            places: Names::new(case.places.iter().map(|r| (r.id.as_str(), r.title.as_str()))),
            periods: Names::new(case.periods.iter().map(|r| (r.id.as_str(), r.title.as_str()))),
            case,
        }
    }

    pub(super) fn need(&self, text: &str) -> String {
        self.needs.id(text)
    }

    pub(super) fn is_need(&self, text: &str) -> bool {
        self.needs.known(text).is_some()
    }

    pub(super) fn project(&self, text: &str) -> String {
        self.projects.id(text)
    }

    pub(super) fn resource(&self, text: &str) -> String {
        self.resources.id(text)
    }

    pub(super) fn period(&self, text: &str) -> String {
        self.periods.id(text)
    }

    pub(super) fn place(&self, text: &str) -> String {
        if text == "线上" || text.eq_ignore_ascii_case("online") { "online".to_owned() } else { self.places.id(text) }
    }

    /// The project's row, if the lists have it.
    pub(super) fn project_row(&self, id: &str) -> Option<&'a Project> {
        self.projects.ids.get(id).map(|position| &self.case.projects[*position])
    }

    /// Whether the session of a project that starts in one period runs in another; yes where that is unknown.
    pub(super) fn runs_in(&self, project: &str, start: &str, period: &str) -> bool {
        let (start, period) = (self.periods.ids.get(start), self.periods.ids.get(period));
        let (Some(row), Some(start), Some(period)) = (self.project_row(project), start, period) else { return true };
        let span = usize::try_from(row.span).unwrap_or(usize::MAX);
        (*start..start.saturating_add(span)).contains(period)
    }
}
