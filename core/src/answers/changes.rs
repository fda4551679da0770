//! Changes of the lists that a planner can bring about, each with its price.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::export::{Names, counted, either, grouped, limit_cell, plain, yuan};
use crate::lists::Lang;
use crate::lists::{Case, Kind, PeriodId, PeriodSet, Resource, ResourceId, Skill, Symbol};

/// One change. Names are those of the lists.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// More members of a role, with skills, at a place.
    Recruit {
        /// The role.
        role: String,
        /// Skills they hold.
        skills: Vec<String>,
        /// Their organisation, where the post asks for one.
        #[serde(skip_serializing_if = "Option::is_none")]
        org: Option<String>,
        /// Where they are.
        place: String,
        /// The periods in which they are needed.
        periods: Vec<String>,
        /// How many.
        members: i64,
        /// Load that each carries in a period.
        load: i64,
    },
    /// Members of a row learn skills.
    Train {
        /// The row; all its members.
        resource: String,
        /// The skills.
        skills: Vec<String>,
        /// How many members.
        members: i64,
    },
    /// One more room of a kind.
    Room {
        /// The kind.
        venue: String,
        /// Where.
        place: String,
        /// The periods in which it is needed.
        periods: Vec<String>,
        /// Seats it must have.
        seats: i64,
    },
    /// More money for a project.
    Money {
        /// The project.
        project: String,
        /// Fen.
        fen: i64,
    },
    /// More items.
    Items {
        /// The item.
        item: String,
        /// How many.
        n: i64,
    },
    /// A number in a cell raised (or a `min_size` lowered).
    Raise {
        /// `needs`, `projects`, `resources` or `rules`.
        table: String,
        /// The row.
        id: String,
        /// The column.
        column: String,
        /// What it is now.
        from: i64,
        /// What it is to be.
        to: i64,
        /// Whether both are fen (the amount of a fund).
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        money: bool,
    },
    /// Periods opened in a period list.
    Open {
        /// `needs`, `projects` or `resources`.
        table: String,
        /// The row.
        id: String,
        /// The periods.
        periods: Vec<String>,
    },
    /// A list or a restriction taken back.
    Lift {
        /// The table.
        table: String,
        /// The row as seen in Excel.
        row: u32,
        /// The row's id; blank for a pin.
        id: String,
        /// The column; blank for a pin.
        column: String,
    },
    /// A project offers one more service.
    Offer {
        /// The project.
        project: String,
        /// The service.
        service: String,
    },
}

/// What changes cost, in points; the planner may set them. The defaults only order: a minute is less than a period,
/// that less than a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prices(BTreeMap<&'static str, i64>);

impl Default for Prices {
    fn default() -> Self {
        Prices(BTreeMap::from([
            ("recruit", 1_000),
            ("train", 300),
            ("room", 800),
            ("yuan", 1),
            ("item", 50),
            ("minute", 10),
            ("limit", 200),
            ("period", 150),
            ("lift", 500),
            ("offer", 2_000),
        ]))
    }
}

impl Prices {
    /// The kinds of things that have a price, with the price.
    pub fn list(&self) -> impl Iterator<Item = (&'static str, i64)> {
        self.0.iter().map(|(name, price)| (*name, *price))
    }

    /// Sets a price (0 to 10⁹); `false` where there is no such kind.
    pub fn set(&mut self, name: &str, price: i64) -> bool {
        match self.0.iter_mut().find(|(known, _)| **known == name) {
            Some((_, old)) if (0..=1_000_000_000).contains(&price) => {
                *old = price;
                true
            }
            _ => false,
        }
    }

    fn of(&self, name: &str) -> i64 {
        self.0.get(name).copied().unwrap_or(0)
    }

    /// Of so many fen.
    fn money(&self, fen: i64) -> i64 {
        self.of("yuan").saturating_mul(fen / 100 + i64::from(fen % 100 > 0))
    }

    /// The price of a change.
    pub fn cost(&self, change: &Change) -> i64 {
        match change {
            Change::Recruit { members, .. } => self.of("recruit").saturating_mul(*members),
            Change::Train { members, skills, .. } => {
                self.of("train").saturating_mul(*members).saturating_mul(skills.len() as i64)
            }
            Change::Room { .. } => self.of("room"),
            Change::Money { fen, .. } => self.money(*fen),
            Change::Items { n, .. } => self.of("item").saturating_mul(*n),
            Change::Raise { column, from, to, .. } if column == "reach_minutes" => {
                self.of("minute").saturating_mul((to - from).max(0))
            }
            Change::Raise { table, column, from, to, money, .. } if table == "resources" && column == "amount" => {
                let more = (to - from).max(0);
                if *money { self.money(more) } else { self.of("item").saturating_mul(more) }
            }
            Change::Raise { .. } => self.of("limit"),
            Change::Open { periods, .. } => self.of("period").saturating_mul(periods.len() as i64),
            Change::Lift { .. } => self.of("lift"),
            Change::Offer { .. } => self.of("offer"),
        }
    }
}

/// The id of a row that a change adds: behind all others, so that no position of another row moves.
fn new_id(case: &Case) -> String {
    format!("\u{10FFFF}{:09}", case.resources.len())
}

/// A blank row of a kind.
fn blank(case: &Case, kind: Kind) -> Resource {
    Resource {
        id: new_id(case),
        title: String::new(),
        row: 0,
        kind,
        roles: Arc::new([]),
        skills: Arc::new([]),
        org: None,
        place: None,
        reach_minutes: 0,
        count: 1,
        periods: PeriodSet::all(),
        per_period: 1,
        total: None,
        amount: 0,
        projects: None,
        exclude: Arc::new([]),
        services: None,
        places: None,
        seats: None,
        cost_fen: 0,
        prefers_services: Arc::new([]),
        prefers_projects: Arc::new([]),
    }
}

/// A case with these changes; `None` where a change names what is not there. The hash stays that of the case.
pub fn changed(case: &Case, changes: &[Change]) -> Option<Case> {
    let mut out = case.clone();
    changes.iter().try_for_each(|change| apply(&mut out, change))?;
    Some(out)
}

/// Makes a change in a case; `None` where a name is not there (any more).
pub(super) fn apply(case: &mut Case, change: &Change) -> Option<()> {
    let word = |case: &Case, text: &str| case.symbols.find(text);
    match change {
        Change::Recruit { role, skills, org, place, periods, members, load } => {
            let mut row = blank(case, Kind::Staff);
            row.roles = [word(case, role)?].into();
            let mut tags: Vec<Symbol> = skills.iter().map(|s| word(case, s)).collect::<Option<_>>()?;
            tags.sort_unstable();
            row.skills = tags.into_iter().map(|tag| Skill { tag, periods: PeriodSet::all() }).collect();
            row.org = match org {
                Some(org) => Some(word(case, org)?),
                None => None,
            };
            row.place = Some(case.place(place)?);
            row.periods = set_of(case, periods)?;
            (row.count, row.per_period) = (*members, *load);
            case.resources.push(row);
        }
        Change::Train { resource, skills, members } => {
            let id = case.resource(resource)?;
            let tags: Vec<Symbol> = skills.iter().map(|s| word(case, s)).collect::<Option<_>>()?;
            train(case, id, &tags, *members)?;
        }
        Change::Room { venue, place, periods, seats } => {
            let mut row = blank(case, Kind::Venue);
            row.roles = [word(case, venue)?].into();
            row.place = Some(case.place(place)?);
            row.periods = set_of(case, periods)?;
            row.seats = Some(*seats);
            case.resources.push(row);
        }
        Change::Money { project, fen } => {
            let mut row = blank(case, Kind::Fund);
            row.projects = Some([case.project(project)?].into());
            row.amount = *fen;
            case.resources.push(row);
        }
        Change::Items { item, n } => {
            let mut row = blank(case, Kind::Goods);
            row.roles = [word(case, item)?].into();
            row.amount = *n;
            case.resources.push(row);
        }
        Change::Raise { table, id, column, to, .. } => raise(case, table, id, column, *to)?,
        Change::Open { table, id, periods } => {
            let count = case.periods.len();
            let opened = set_of(case, periods)?;
            let join = |set: &PeriodSet| {
                let all: Vec<PeriodId> =
                    (0..count).map(PeriodId::from).filter(|p| set.contains(*p) || opened.contains(*p)).collect();
                PeriodSet::of(&all)
            };
            match table.as_str() {
                "needs" => {
                    let at = case.need(id)?.index();
                    case.needs[at].periods = join(&case.needs[at].periods);
                }
                "projects" => {
                    let at = case.project(id)?.index();
                    case.projects[at].periods = join(&case.projects[at].periods);
                }
                _ => {
                    let at = case.resource(id)?.index();
                    case.resources[at].periods = join(&case.resources[at].periods);
                }
            }
        }
        Change::Lift { table, row, id, column } => lift(case, table, *row, id, column)?,
        Change::Offer { project, service } => {
            let (at, service) = (case.project(project)?.index(), word(case, service)?);
            let mut services = case.projects[at].services.to_vec();
            services.push(service);
            services.sort_unstable();
            services.dedup();
            case.projects[at].services = services.into();
        }
    }
    Some(())
}

fn set_of(case: &Case, ids: &[String]) -> Option<PeriodSet> {
    let periods: Vec<PeriodId> = ids.iter().map(|id| case.period(id)).collect::<Option<_>>()?;
    Some(PeriodSet::of(&periods))
}

/// The last members of a row hold the skills from now on: in a row of their own, unless that is all of them.
fn train(case: &mut Case, id: ResourceId, tags: &[Symbol], members: i64) -> Option<()> {
    let count = case.resources[id.index()].count;
    let mut skills = case.resources[id.index()].skills.to_vec();
    for tag in tags {
        skills.retain(|skill| skill.tag != *tag);
        skills.push(Skill { tag: *tag, periods: PeriodSet::all() });
    }
    skills.sort_by_key(|skill| skill.tag);
    if members >= count {
        case.resources[id.index()].skills = skills.into();
        return Some(());
    }
    let mut trained = case.resources[id.index()].clone();
    trained.id = new_id(case);
    (trained.count, trained.skills) = (members, skills.into());
    case.resources[id.index()].count = count - members;
    case.resources.push(trained);
    Some(())
}

fn raise(case: &mut Case, table: &str, id: &str, column: &str, to: i64) -> Option<()> {
    match table {
        "needs" => {
            let at = case.need(id)?.index();
            let need = &mut case.needs[at];
            match column {
                "reach_minutes" => need.reach_minutes = to,
                "per_period" => need.per_period = Some(to),
                _ => return None,
            }
        }
        "projects" => {
            let at = case.project(id)?.index();
            let project = &mut case.projects[at];
            match column {
                "reach_minutes" => project.reach_minutes = to,
                "max_sessions" => project.max_sessions = Some(to),
                "max_per_cell" => project.max_per_cell = Some(to),
                "size" => project.size = to,
                "min_size" => project.min_size = to,
                "min_sessions" => project.min_sessions = to,
                _ => return None,
            }
        }
        "resources" => {
            let at = case.resource(id)?.index();
            let row = &mut case.resources[at];
            match column {
                "reach_minutes" => row.reach_minutes = to,
                "per_period" => row.per_period = to,
                "total" => row.total = Some(to),
                "count" => row.count = to,
                "amount" => row.amount = to,
                "seats" => row.seats = Some(to),
                _ => return None,
            }
        }
        "rules" => case.rules.iter_mut().find(|rule| rule.id == id)?.max = Some(to),
        _ => case.settings.person_per_period = to,
    }
    Some(())
}

fn lift(case: &mut Case, table: &str, row: u32, id: &str, column: &str) -> Option<()> {
    match (table, column) {
        ("pins", _) => {
            let before = case.pins.len();
            case.pins.retain(|pin| pin.row != row || row == 0);
            (case.pins.len() < before).then_some(())?;
        }
        ("fit", _) => {
            let before = case.fits.len();
            case.fits.retain(|fit| fit.row != row);
            (case.fits.len() < before).then_some(())?;
        }
        ("needs", column) => {
            let at = case.need(id)?.index();
            let need = &mut case.needs[at];
            match column {
                "one_project" => need.one_project = false,
                "projects" => need.projects = None,
                "exclude" => need.exclude = Arc::new([]),
                _ => return None,
            }
        }
        ("projects", column) => {
            let at = case.project(id)?.index();
            let project = &mut case.projects[at];
            match column {
                "audience" => project.audience = Arc::new([]),
                "unit" => project.unit = None,
                "places" => project.places = None,
                "venue" => project.venue = Arc::new([]),
                "clearance" => project.clearance = Arc::new([]),
                _ => return None,
            }
        }
        ("resources", column) => {
            let at = case.resource(id)?.index();
            let row = &mut case.resources[at];
            match column {
                "projects" => row.projects = None,
                "exclude" => row.exclude = Arc::new([]),
                "services" => row.services = None,
                "places" => row.places = None,
                _ => return None,
            }
        }
        _ => return None,
    }
    Some(())
}

impl Change {
    /// The change in words.
    pub fn text(&self, lang: Lang) -> String {
        let join =
            |list: &[String]| list.iter().map(|part| plain(part)).collect::<Vec<_>>().join(either(lang, "、", ", "));
        let with = |role: &str, skills: &[String]| match skills {
            [] => plain(role),
            some => format!("{}[{}]", plain(role), some.join("+")),
        };
        match (self, lang) {
            (Change::Recruit { role, skills, org, place, periods, members, .. }, lang) => {
                let (who, place, periods) = (with(role, skills), plain(place), join(periods));
                match (org.as_deref().map(plain), lang) {
                    (None, Lang::Zh) => format!("{place} 在 {periods} 再有 {members} 名 {who}"),
                    (None, Lang::En) => format!("{members} more {who} at {place} in {periods}"),
                    (Some(org), Lang::Zh) => format!("{place} 在 {periods} 再有 {members} 名 {org} 的 {who}"),
                    (Some(org), Lang::En) => format!("{members} more {who} of {org} at {place} in {periods}"),
                }
            }
            (Change::Train { resource, skills, members }, Lang::Zh) => {
                format!("{} 中 {members} 人受训：{}", plain(resource), join(skills))
            }
            (Change::Train { resource, skills, members }, Lang::En) => {
                let members = counted(usize::try_from(*members).unwrap_or(0), "member", "members");
                format!("{members} of {} trained in {}", plain(resource), join(skills))
            }
            (Change::Room { venue, place, periods, seats }, Lang::Zh) => {
                format!("{} 在 {} 有一间 {}（{seats} 座）", plain(place), join(periods), plain(venue))
            }
            (Change::Room { venue, place, periods, seats }, Lang::En) => {
                format!("one more {} ({seats} seats) at {} in {}", plain(venue), plain(place), join(periods))
            }
            (Change::Money { project, fen }, Lang::Zh) => format!("给项目 {} 追加 ¥{}", plain(project), yuan(*fen)),
            (Change::Money { project, fen }, Lang::En) => {
                format!("¥{} more for project {}", yuan(*fen), plain(project))
            }
            (Change::Items { item, n }, Lang::Zh) => format!("再有 {n} 件 {}", plain(item)),
            (Change::Items { item, n }, Lang::En) => format!("{n} more {}", plain(item)),
            (Change::Raise { table, id, column, from, to, money }, lang) => {
                let table = crate::lists::Table::ALL.into_iter().find(|known| known.name() == table);
                let header = table.and_then(|table| crate::intake::columns::find(table, column));
                let header = header.map_or(column.as_str(), |column| column.header(lang));
                let number = |n: i64| if *money { format!("¥{}", yuan(n)) } else { n.to_string() };
                let (from, to) = (number(*from), number(*to));
                match lang {
                    Lang::Zh => format!("{} 的“{header}”从 {from} 改为 {to}", plain(id)),
                    Lang::En => format!("`{header}` of {} from {from} to {to}", plain(id)),
                }
            }
            (Change::Open { id, periods, .. }, Lang::Zh) => format!("{} 的可用时段加上 {}", plain(id), join(periods)),
            (Change::Open { id, periods, .. }, Lang::En) => {
                format!("{} added to the periods of {}", join(periods), plain(id))
            }
            (Change::Lift { table, row, id, column }, lang) => {
                let cell = crate::plan::LimitCell {
                    table: table.clone(),
                    row: Some(*row),
                    id: id.clone(),
                    column: (!column.is_empty()).then(|| column.clone()),
                    value: String::new(),
                };
                let cell = limit_cell(&cell, lang);
                format!("{} {cell}", either(lang, "去掉", "take back"))
            }
            (Change::Offer { project, service }, Lang::Zh) => {
                format!("项目 {} 增加服务 {}", plain(project), plain(service))
            }
            (Change::Offer { project, service }, Lang::En) => {
                format!("project {} also offers {}", plain(project), plain(service))
            }
        }
    }

    /// On one line, with the titles of the rows it names.
    pub fn words(&self, names: &Names) -> String {
        let lang = names.lang;
        match self {
            // Whose limit it is says more than the id alone.
            Change::Raise { table, id, column, .. } if table == "resources" && column != "amount" => {
                let row = names.row(id).filter(|row| row.kind == Kind::Staff);
                let roles: Vec<&str> = row.iter().flat_map(|row| &*row.roles).map(|r| names.case.text(*r)).collect();
                let roles = roles.join(either(lang, "、", ", "));
                match (roles.is_empty(), lang) {
                    (true, _) => self.text(lang),
                    (false, Lang::Zh) => format!("{roles} {}", self.text(lang)),
                    (false, Lang::En) => format!("{roles}: {}", self.text(lang)),
                }
            }
            Change::Raise { id, column, from, to, money, .. } if column == "amount" => {
                let roles = names.row(id).map_or(&[][..], |row| &row.roles);
                let items: Vec<&str> = roles.iter().map(|role| names.case.text(*role)).collect();
                let (items, more, id) = (items.join(either(lang, "、", ", ")), to - from, names.resource(id));
                match (money, lang) {
                    (true, Lang::Zh) => format!("{id} 再有 ¥{}", yuan(more)),
                    (true, Lang::En) => format!("¥{} more in {id}", yuan(more)),
                    (false, Lang::Zh) => format!("{id} 再有 {} 件 {items}", grouped(more)),
                    (false, Lang::En) => format!("{} more {items} in {id}", grouped(more)),
                }
            }
            Change::Money { project, fen } => {
                let project = names.project(project);
                match lang {
                    Lang::Zh => format!("给项目 {project} 追加 ¥{}", yuan(*fen)),
                    Lang::En => format!("¥{} more for project {project}", yuan(*fen)),
                }
            }
            other => other.text(lang),
        }
    }
}
