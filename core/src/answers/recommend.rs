//! The best whole sessions for a need, and the best uses of a resource, from what a solved plan leaves free.

use serde::Serialize;

use super::beside::Beside;
use super::ground::{Ground, Refusal};
use super::spare::{Cell, Draft, Spare};
use super::worth::{self, LevelChange};
use crate::export::{Names, either, yuan};
use crate::lists::{Kind, Lang, NeedId, ResourceId, Table};
use crate::plan::{Launch, Level, Session};

/// What is to be used or served.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Subject {
    /// A need.
    Need {
        /// Its id.
        need: String,
    },
    /// A member of staff, a room, a fund or a stock.
    Resource {
        /// Its id.
        resource: String,
    },
}

/// The best sessions that can be added to a plan, each alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recommendation {
    /// For what.
    pub subject: Subject,
    /// The best first; none where nothing whole can be held with what is free.
    pub sessions: Vec<Proposal>,
    /// Cells that were looked at.
    pub cells: usize,
    /// Whether there is anything to add sessions for: units of the need, any unmet need.
    #[serde(skip)]
    open: bool,
}

/// One session that can be added as it stands: complete, and checked with the whole plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// The session.
    pub session: Session,
    /// The launch that it needs beside.
    pub launch: Option<Launch>,
    /// Every level before and after.
    pub levels: Vec<LevelChange>,
    #[serde(skip)]
    after: Vec<Level>,
}

/// Drafts that are checked at most: those that look best.
const TRIED: usize = 12;
/// Cells that are drafted at most.
const MOST_CELLS: usize = 2_000;

/// Proposes up to `most` sessions.
///
/// # Errors
/// See [`Refusal`].
pub fn recommend(ground: &Ground, subject: &Subject, most: usize) -> Result<Recommendation, Refusal> {
    let case = ground.case;
    let spare = Spare::new(case, ground.plan);
    let beside = spare.unmet();
    let mut drafts: Vec<Draft> = Vec::new();
    let (mut cells, mut open) = (0, !beside.is_empty());
    match subject {
        Subject::Need { need } => {
            let id = case.need(need).ok_or_else(|| Refusal::Unknown(Table::Needs, need.clone()))?;
            open = spare.open(id) > 0;
            if open {
                for cell in spare.cells(id).into_iter().take(MOST_CELLS) {
                    cells += 1;
                    drafts.extend(spare.whole(id, cell, &beside, None));
                }
            }
        }
        Subject::Resource { resource } => {
            let row = case.resource(resource).ok_or_else(|| Refusal::Unknown(Table::Resources, resource.clone()))?;
            for (need, cell) in uses(&spare, row, &beside) {
                cells += 1;
                let draft = spare.whole(need, cell, &beside, Some(row));
                drafts.extend(draft.filter(|draft| draft.uses(resource)));
            }
        }
    }
    let cost = |draft: &Draft| draft.session.funds.iter().map(|line| line.fen).sum::<i64>();
    drafts.sort_by_key(|draft| {
        (-draft.worth, draft.launch.is_some(), cost(draft), draft.minutes, draft.start, draft.place, draft.project)
    });
    drafts.dedup_by(|a, b| a.session == b.session);
    let mut sessions: Vec<Proposal> = Vec::new();
    let mut beside = Beside::new(ground, &spare.geography);
    for draft in drafts.iter().take(TRIED) {
        if sessions.len() >= most {
            break;
        }
        sessions.extend(proposal(ground, &mut beside, draft));
    }
    sessions.sort_by(|a, b| worth::order(&b.after, &a.after));
    Ok(Recommendation { subject: subject.clone(), sessions, cells, open })
}

/// The draft, if the plan with it is sound.
fn proposal(ground: &Ground, beside: &mut Beside, draft: &Draft) -> Option<Proposal> {
    let after = beside.levels_with(draft)?;
    Some(Proposal {
        session: draft.session.clone(),
        launch: draft.launch.clone(),
        levels: worth::changes(&ground.levels, &after),
        after,
    })
}

/// Cells of unmet needs in which a row could have a part.
fn uses(spare: &Spare, row: ResourceId, unmet: &[NeedId]) -> Vec<(NeedId, Cell)> {
    let case = spare.case;
    let resource = &case.resources[row.index()];
    let fits = |(project, place, start): &Cell| {
        let held = &case.projects[project.index()];
        match resource.kind {
            Kind::Staff => held.posts.iter().any(|post| {
                let from = start.index();
                let reach =
                    || crate::fit::may_fill(case, &spare.geography, resource, (*project, held), post, *place, *start);
                post.rotate || (from < case.periods.len() && reach().is_some())
            }),
            Kind::Venue => crate::fit::may_host(case, resource, *project, held, *place, *start, &spare.geography),
            Kind::Fund | Kind::Goods => {
                crate::fit::may_supply(&spare.geography, resource, (*project, held), *place, *start)
            }
        }
    };
    let mut found: Vec<(NeedId, Cell)> = Vec::new();
    let mut seen: std::collections::BTreeSet<Cell> = std::collections::BTreeSet::new();
    for need in unmet {
        for cell in spare.cells(*need) {
            // The session of a cell is filled with the other needs anyway.
            if found.len() < MOST_CELLS && fits(&cell) && seen.insert(cell) {
                found.push((*need, cell));
            }
        }
    }
    found
}

impl Recommendation {
    /// The proposals for people.
    pub fn text(&self, names: &Names, before: &[Level]) -> String {
        let lang = names.lang;
        let what = match &self.subject {
            Subject::Need { need } => names.need(need),
            Subject::Resource { resource } => names.resource(resource),
        };
        let mut out = vec![match (self.sessions.len(), lang) {
            (0, _) => format!("{what}{}{}", either(lang, "：", ": "), self.nothing(lang)),
            (n, Lang::Zh) => format!("{what}：可加办的场次，最好的 {n} 个（各自单独加入，已核验）"),
            (n, Lang::En) => format!("{what}: the best {n} sessions to add (each alone, checked)"),
        }];
        for proposal in &self.sessions {
            out.push(format!("  {}", session_text(names, &proposal.session)));
            out.extend(worth::lines(before, &proposal.after, lang).into_iter().map(|line| format!("    {line}")));
        }
        out.join("\n") + "\n"
    }

    /// Why no session is proposed.
    fn nothing(&self, lang: Lang) -> String {
        let need = matches!(self.subject, Subject::Need { .. });
        let text = match (need, self.open, self.cells) {
            (true, false, _) => either(lang, "已全部服务，不用加场次", "fully served, no session to add"),
            (true, true, 0) => either(
                lang,
                "没有项目能在它的地点和时段服务它（sandan why 说明原因）",
                "no project can serve it at its place in its periods (sandan why says more)",
            ),
            (false, false, _) => either(lang, "没有未满足的需求", "no need is unmet"),
            (false, true, 0) => either(lang, "没有未满足的需求用得上它", "no unmet need has a use for it"),
            (_, _, n) => {
                return match lang {
                    Lang::Zh => format!("用现在空闲的人、场地和钱，凑不成一场（看了 {n} 种项目、地点、时段的搭配）"),
                    Lang::En => format!(
                        "no whole session can be held with what is free (combinations of project, place and period: {n})"
                    ),
                };
            }
        };
        text.to_owned()
    }
}

/// A session on one line: where, who for, who by.
pub(super) fn session_text(names: &Names, session: &Session) -> String {
    let lang = names.lang;
    let comma = either(lang, "、", ", ");
    let needs: Vec<String> = session.needs.iter().map(|n| format!("{} × {}", names.need(&n.need), n.units)).collect();
    let staff: Vec<String> =
        session.staff.iter().map(|s| format!("{} {}", s.role, names.member(&s.resource, s.member))).collect();
    let mut parts = vec![
        format!(
            "{} · {} · {}",
            names.project(&session.project),
            names.place(&session.place),
            names.period(&session.period)
        ),
        needs.join(comma),
        staff.join(comma),
    ];
    parts.extend(session.venue.as_ref().map(|venue| names.resource(venue)));
    parts.extend(session.funds.iter().map(|line| format!("{} ¥{}", names.resource(&line.fund), yuan(line.fen))));
    parts.retain(|part| !part.is_empty());
    parts.join(either(lang, "；", "; "))
}
