//! The lists as understood, column by column: defaults filled in, rows by id, lists joined with `;`, blank as `None`.

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use sandan::lists::{Case, Kind, Need, Period, PeriodSet, Place, PlaceId, Post, Project, ProjectId, Resource, Symbol};

/// A column: its name and its values as a list.
type Column<'py> = (&'static str, Bound<'py, PyAny>);

/// The columns of a table.
pub(crate) fn columns<'py>(py: Python<'py>, case: &Case, table: &str) -> PyResult<Vec<Column<'py>>> {
    match table {
        "needs" => needs(&Columns { py, case, rows: &case.needs }),
        "projects" => projects(&Columns { py, case, rows: &case.projects }),
        "resources" => resources(&Columns { py, case, rows: &case.resources }),
        "places" => places(&Columns { py, case, rows: &case.places }),
        "posts" => posts(py, case),
        "periods" => periods(&Columns { py, case, rows: &case.periods }),
        _ => Err(PyValueError::new_err(format!("no list is called `{table}`"))),
    }
}

fn needs<'py>(of: &Columns<'py, '_, Need>) -> PyResult<Vec<Column<'py>>> {
    Ok(vec![
        of.texts("id", |need| Some(&need.id))?,
        of.texts("title", |need| Some(&need.title))?,
        of.texts("place", |need| Some(of.place(need.place)))?,
        of.list("services", |need| of.words(&need.services))?,
        of.values("quantity", |need| need.quantity)?,
        of.texts("unit", |need| Some(of.word(need.unit)))?,
        of.values("priority", |need| need.priority)?,
        of.values("must", |need| need.must)?,
        of.values("whole", |need| need.whole)?,
        of.values("one_project", |need| need.one_project)?,
        of.list("periods", |need| of.periods(&need.periods))?,
        of.values("per_period", |need| need.per_period)?,
        of.values("reach_minutes", |need| need.reach_minutes)?,
        of.list("audience", |need| of.words(&need.audience))?,
        of.list("projects", |need| of.projects(need.projects.as_deref().unwrap_or_default()))?,
        of.list("exclude", |need| of.projects(&need.exclude))?,
        of.texts("person", |need| need.person.map(|word| of.word(word)))?,
        of.texts("group", |need| Some(of.word(need.group)))?,
    ])
}

fn projects<'py>(of: &Columns<'py, '_, Project>) -> PyResult<Vec<Column<'py>>> {
    Ok(vec![
        of.texts("id", |project| Some(&project.id))?,
        of.texts("title", |project| Some(&project.title))?,
        of.list("services", |project| of.words(&project.services))?,
        of.list("audience", |project| of.words(&project.audience))?,
        of.texts("unit", |project| project.unit.map(|word| of.word(word)))?,
        of.texts("lead", |project| project.lead.map(|word| of.word(word)))?,
        of.list("partners", |project| of.words(&project.partners))?,
        of.texts("place", |project| project.place.map(|place| of.place(place)))?,
        of.values("reach_minutes", |project| project.reach_minutes)?,
        of.values("online", |project| project.online)?,
        of.list("periods", |project| of.periods(&project.periods))?,
        of.values("span", |project| project.span)?,
        of.values("size", |project| project.size)?,
        of.values("min_size", |project| project.min_size)?,
        of.values("max_sessions", |project| project.max_sessions)?,
        of.values("min_sessions", |project| project.min_sessions)?,
        of.values("launch_cost_fen", |project| project.launch_cost_fen)?,
        of.values("session_cost_fen", |project| project.session_cost_fen)?,
        of.values("unit_cost_fen", |project| project.unit_cost_fen)?,
        of.list("roles", |project| of.words(&project.posts.iter().map(|post| post.role).collect::<Vec<_>>()))?,
        of.list("venue", |project| of.words(&project.venue))?,
        of.values("quality", |project| project.quality)?,
    ])
}

fn resources<'py>(of: &Columns<'py, '_, Resource>) -> PyResult<Vec<Column<'py>>> {
    let skills = |row: &Resource| of.words(&row.skills.iter().map(|skill| skill.tag).collect::<Vec<_>>());
    let amount = |row: &Resource, kind: Kind| (row.kind == kind).then_some(row.amount);
    Ok(vec![
        of.texts("id", |row| Some(&row.id))?,
        of.texts("title", |row| Some(&row.title))?,
        of.texts("kind", |row| Some(kind(row.kind)))?,
        of.list("roles", |row| of.words(&row.roles))?,
        of.list("skills", skills)?,
        of.texts("org", |row| row.org.map(|word| of.word(word)))?,
        of.texts("place", |row| row.place.map(|place| of.place(place)))?,
        of.values("reach_minutes", |row| row.reach_minutes)?,
        of.values("count", |row| row.count)?,
        of.list("periods", |row| of.periods(&row.periods))?,
        of.values("per_period", |row| row.per_period)?,
        of.values("total", |row| row.total)?,
        of.values("amount", |row| amount(row, Kind::Goods))?,
        of.values("amount_fen", |row| amount(row, Kind::Fund))?,
        of.values("seats", |row| row.seats)?,
        of.values("cost_fen", |row| row.cost_fen)?,
    ])
}

fn places<'py>(of: &Columns<'py, '_, Place>) -> PyResult<Vec<Column<'py>>> {
    Ok(vec![
        of.texts("id", |place| Some(&place.id))?,
        of.texts("title", |place| Some(&place.title))?,
        of.texts("kind", |place| place.kind.map(|word| of.word(word)))?,
        of.texts("parent", |place| place.parent.map(|parent| of.place(parent)))?,
        of.values("lat", |place| place.coordinates.map(|(lat, _)| lat))?,
        of.values("lon", |place| place.coordinates.map(|(_, lon)| lon))?,
    ])
}

fn periods<'py>(of: &Columns<'py, '_, Period>) -> PyResult<Vec<Column<'py>>> {
    Ok(vec![
        of.texts("id", |period| Some(&period.id))?,
        of.texts("title", |period| Some(&period.title))?,
        of.texts("start", |period| Some(&period.start))?,
        of.texts("end", |period| Some(&period.end))?,
        of.list("theme", |period| of.words(&period.theme))?,
    ])
}

/// The posts of all projects, by project and number.
fn posts<'py>(py: Python<'py>, case: &Case) -> PyResult<Vec<Column<'py>>> {
    let rows: Vec<(&Project, &Post)> =
        case.projects.iter().flat_map(|project| project.posts.iter().map(move |post| (project, post))).collect();
    let of = &Columns { py, case, rows: &rows };
    Ok(vec![
        of.texts("project", |(project, _)| Some(&project.id))?,
        of.values("post", |(_, post)| post.number)?,
        of.texts("role", |(_, post)| Some(of.word(post.role)))?,
        of.list("skills", |(_, post)| of.words(&post.skills))?,
        of.values("count", |(_, post)| post.count)?,
        of.values("per_units", |(_, post)| post.per_units)?,
        of.values("reserve", |(_, post)| post.reserve)?,
        of.values("load", |(_, post)| post.load)?,
        of.values("rotate", |(_, post)| post.rotate)?,
    ])
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Staff => "staff",
        Kind::Venue => "venue",
        Kind::Fund => "fund",
        Kind::Goods => "goods",
    }
}

/// The rows of a list, from which columns are taken.
struct Columns<'py, 'a, R> {
    py: Python<'py>,
    case: &'a Case,
    rows: &'a [R],
}

impl<'py, 'a, R> Columns<'py, 'a, R> {
    /// A column of texts; a blank one is `None`.
    fn texts<'t>(&self, name: &'static str, text: impl Fn(&'a R) -> Option<&'t str>) -> PyResult<Column<'py>>
    where
        'a: 't,
    {
        self.values(name, |row| text(row).filter(|text| !text.is_empty()))
    }

    /// A column of lists of words, joined; an empty one is `None`.
    fn list(&self, name: &'static str, words: impl Fn(&'a R) -> Vec<&'a str>) -> PyResult<Column<'py>> {
        self.values(name, |row| Some(words(row)).filter(|words| !words.is_empty()).map(|words| words.join(";")))
    }

    fn values<T: IntoPyObject<'py>>(&self, name: &'static str, value: impl Fn(&'a R) -> T) -> PyResult<Column<'py>> {
        let values: PyResult<Vec<_>> = self.rows.iter().map(|row| value(row).into_bound_py_any(self.py)).collect();
        Ok((name, values?.into_bound_py_any(self.py)?))
    }

    fn word(&self, word: Symbol) -> &'a str {
        self.case.text(word)
    }

    fn words(&self, words: &[Symbol]) -> Vec<&'a str> {
        words.iter().map(|word| self.case.text(*word)).collect()
    }

    fn place(&self, place: PlaceId) -> &'a str {
        &self.case.places[place.index()].id
    }

    fn projects(&self, projects: &[ProjectId]) -> Vec<&'a str> {
        projects.iter().map(|project| self.case.projects[project.index()].id.as_str()).collect()
    }

    /// The periods of a set; none at all where it is every period.
    fn periods(&self, periods: &PeriodSet) -> Vec<&'a str> {
        if periods.is_all() {
            return Vec::new();
        }
        periods.iter(self.case.periods.len()).map(|period| self.case.periods[period.index()].id.as_str()).collect()
    }
}
