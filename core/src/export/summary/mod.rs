//! The summary of a plan for a terminal or a message: plain text, aligned for Chinese, without control characters.

mod grid;

use std::cmp::Reverse;

use grid::{Align, Grid};

use super::account::{Account, PlaceLine, ServedLine, Usage, stop};
use super::names::{Names, either, grouped, percent, plain, yuan};
use super::words;
use crate::lists::{Case, Kind, Lang};
use crate::plan::Plan;

/// How many lines a part shows before it says how many more there are.
const LINES: usize = 12;
/// How many scarce resources are shown.
const SCARCEST: usize = 5;

/// What a planner wants to know first: status and levels, what is served, what is not and where it fails, what is
/// scarce, the money, and who takes part. Ends with a line feed.
pub fn summary(case: &Case, plan: &Plan, lang: Lang) -> String {
    let account = Account::of(case, plan);
    let names = Names::new(case, lang);
    let writer = Writer { account: &account, names: &names, lang };
    let mut out = String::new();
    writer.headline(&mut out);
    writer.levels(&mut out);
    writer.services(&mut out);
    writer.places(&mut out);
    writer.unmet(&mut out);
    writer.shortfalls(&mut out);
    writer.scarcest(&mut out);
    writer.funds(&mut out);
    writer.organisations(&mut out);
    out
}

struct Writer<'s, 'a> {
    account: &'s Account<'a>,
    names: &'s Names<'a>,
    lang: Lang,
}

impl Writer<'_, '_> {
    fn say<'t>(&self, chinese: &'t str, english: &'t str) -> &'t str {
        either(self.lang, chinese, english)
    }

    fn heading(&self, out: &mut String, text: &str) {
        out.push('\n');
        out.push_str(text);
        out.push('\n');
    }

    fn headline(&self, out: &mut String) {
        let Account { plan, held, members, .. } = self.account;
        let status = words::status(self.lang, plan.status);
        let (sessions, projects, places, people) = (plan.sessions.len(), held.projects, held.places, members.len());
        out.push_str(&match self.lang {
            Lang::Zh => {
                format!("方案：{status}\n  {sessions} 场次，{projects} 个项目，{places} 个地点，{people} 人上岗\n")
            }
            Lang::En => format!(
                "Plan: {status}\n  {}, {}, {}, {} on duty\n",
                words::counted(sessions, "session", "sessions"),
                words::counted(projects, "project", "projects"),
                words::counted(places, "place", "places"),
                words::counted(people, "member", "members"),
            ),
        });
        let facts = plan.sessions.iter().filter(|s| s.fact).count();
        if facts > 0 {
            out.push_str(&match self.lang {
                Lang::Zh => format!("  其中 {facts} 场为既定事实（上期已办）\n"),
                Lang::En => format!("  {facts} of them are facts (held before)\n"),
            });
        }
    }

    fn levels(&self, out: &mut String) {
        let levels = &self.account.plan.levels;
        if levels.is_empty() {
            return;
        }
        self.heading(out, self.say("目标（逐级，下级不损上级）", "Levels (a lower one never costs a higher one)"));
        let mut grid = Grid::new(&[Align::Right, Align::Left]);
        for (position, level) in levels.iter().enumerate() {
            let text = format!("{}  [{}]", words::level(self.lang, level), words::gap(self.lang, level));
            grid.row([(position + 1).to_string(), text]);
        }
        grid.write(out);
    }

    fn services(&self, out: &mut String) {
        self.heading(out, self.say("各类服务", "By service"));
        let mut grid = self.served_grid(self.say("服务类别", "service"));
        let mut lines: Vec<&ServedLine> = self.account.services.iter().collect();
        lines.sort_by_key(|line| Reverse(line.wanted.saturating_sub(line.served)));
        for line in lines.iter().take(LINES) {
            grid.row(self.served_cells(plain(&line.heading), line));
        }
        grid.write(out);
        self.more(out, lines.len());
    }

    fn places(&self, out: &mut String) {
        self.heading(out, self.say("各地", "By place"));
        let mut grid = self.served_grid(self.say("地点", "place"));
        let mut places: Vec<&PlaceLine> = self.account.places.iter().collect();
        let open = |place: &PlaceLine| place.lines.iter().map(|l| l.wanted.saturating_sub(l.served).max(0)).max();
        places.sort_by_key(|place| Reverse(open(place)));
        for place in places.iter().take(LINES) {
            let held = match self.lang {
                Lang::Zh => format!("办 {} 场", grouped(count(place.sessions))),
                Lang::En => format!("{} here", words::counted(place.sessions, "session", "sessions")),
            };
            if place.lines.is_empty() {
                grid.row([
                    self.names.place(&place.place),
                    String::new(),
                    String::new(),
                    String::new(),
                    String::new(),
                    held,
                ]);
                continue;
            }
            for (position, line) in place.lines.iter().enumerate() {
                let name = if position == 0 { self.names.place(&place.place) } else { String::new() };
                let mut cells = self.served_cells(name, line);
                cells.extend((position == 0).then(|| held.clone()));
                grid.row(cells);
            }
        }
        grid.write(out);
        self.more(out, places.len());
    }

    fn served_grid(&self, heading: &str) -> Grid {
        use Align::{Left, Right};
        let mut grid = Grid::new(&[Left, Right, Right, Left, Right, Left]);
        grid.row([heading, self.say("需求", "wanted"), self.say("满足", "served"), self.say("单位", "unit"), "%"]);
        grid
    }

    fn served_cells(&self, name: String, line: &ServedLine) -> Vec<String> {
        let part = percent(line.served, line.wanted);
        vec![name, grouped(line.wanted), grouped(line.served), plain(&line.unit), part]
    }

    fn unmet(&self, out: &mut String) {
        let unmet = &self.account.unmet;
        if unmet.is_empty() {
            self.heading(out, self.say("未满足：无，全部需求都有着落", "Unmet: none, every need is served in full"));
            return;
        }
        let units = self.account.by_unit(unmet.iter().map(|u| (u.need.as_str(), u.units)));
        let units = words::units(self.lang, &units);
        self.heading(
            out,
            &match self.lang {
                Lang::Zh => format!("未满足：{} 项需求，{units}", unmet.len()),
                Lang::En => format!("Unmet: {}, {units}", words::counted(unmet.len(), "need", "needs")),
            },
        );
        let mut stages: Vec<((bool, Option<crate::plan::Stage>), usize)> = Vec::new();
        for line in unmet.iter() {
            let key = (line.reason.funnel.is_empty(), stop(&line.reason).map(|step| step.stage));
            match stages.iter_mut().find(|(known, _)| *known == key) {
                Some((_, needs)) => *needs += 1,
                None => stages.push((key, 1)),
            }
        }
        stages.sort();
        let mut grid = Grid::new(&[Align::Right, Align::Left]);
        for ((unexamined, stage), needs) in stages {
            let text = match stage {
                Some(stage) => words::stopped_at(self.lang, stage),
                None if unexamined => self.say("未逐项查证", "not examined"),
                None => self.say("权衡后未安排", "not chosen on balance"),
            };
            grid.row([
                match self.lang {
                    Lang::Zh => format!("{needs} 项"),
                    Lang::En => words::counted(needs, "need", "needs"),
                },
                text.to_owned(),
            ]);
        }
        grid.write(out);
        let mut grid = Grid::new(&[Align::Left, Align::Right, Align::Left, Align::Left]);
        let mut lines: Vec<_> = unmet.iter().collect();
        lines.sort_by_key(|line| Reverse(self.weight(line)));
        for line in lines.iter().take(LINES) {
            grid.row([
                self.names.need(&line.need),
                grouped(line.units),
                plain(self.account.unit(&line.need)),
                format!("{}  {}", words::reason(self.names, &line.reason), words::funnel(self.lang, &line.reason)),
            ]);
        }
        out.push('\n');
        grid.write(out);
        self.more(out, lines.len());
    }

    /// What comes first: must needs, then by priority × units.
    fn weight(&self, line: &crate::plan::Unmet) -> (bool, i64) {
        let need = self.account.case.need(&line.need).map(|i| &self.account.case.needs[i.index()]);
        need.map_or((false, 0), |need| (need.must, need.priority.saturating_mul(line.units)))
    }

    fn shortfalls(&self, out: &mut String) {
        let shortfalls = &self.account.plan.shortfalls;
        if shortfalls.is_empty() {
            return;
        }
        let missing = shortfalls.iter().fold(0i64, |sum, s| sum.saturating_add(s.missing));
        self.heading(
            out,
            &match self.lang {
                Lang::Zh => format!("配额缺口：{} 处，共缺 {}", shortfalls.len(), grouped(missing)),
                Lang::En => format!("Quotas missed: {} cells, {} missing", shortfalls.len(), grouped(missing)),
            },
        );
        let mut grid = Grid::new(&[Align::Left, Align::Left, Align::Right, Align::Left]);
        for line in shortfalls.iter().take(LINES) {
            grid.row([
                plain(&line.rule),
                words::shortfall_cell(self.names, line),
                match self.lang {
                    Lang::Zh => format!("缺 {}", grouped(line.missing)),
                    Lang::En => format!("{} missing", grouped(line.missing)),
                },
                words::reason(self.names, &line.reason),
            ]);
        }
        grid.write(out);
        self.more(out, shortfalls.len());
    }

    fn scarcest(&self, out: &mut String) {
        let lines: Vec<&Usage> = self.account.usage.iter().filter(|u| u.used > 0).take(SCARCEST).collect();
        if lines.is_empty() {
            return;
        }
        self.heading(out, self.say("最紧的资源（已用 / 可用）", "Scarcest resources (used / available)"));
        use Align::{Left, Right};
        let mut grid = Grid::new(&[Left, Left, Right, Right, Right, Left]);
        for usage in lines {
            let peak = usage.peak.map(|peak| {
                let period = self.names.period(&self.account.case.periods[peak.period].id);
                let (used, room) = (grouped(peak.used), grouped(peak.available));
                match self.lang {
                    Lang::Zh => format!("最满 {period}：{used} / {room}"),
                    Lang::En => format!("fullest {period}: {used} / {room}"),
                }
            });
            grid.row([
                words::kind(self.lang, usage.kind).to_owned(),
                words::usage_name(self.names, usage),
                words::measure(usage.kind, usage.used),
                format!("/ {}", words::measure(usage.kind, usage.available)),
                percent(usage.used, usage.available),
                peak.unwrap_or_default(),
            ]);
        }
        grid.write(out);
    }

    fn funds(&self, out: &mut String) {
        let funds = &self.account.funds;
        if funds.is_empty() {
            return;
        }
        self.heading(out, self.say("资金（元）", "Funds (yuan)"));
        let mut grid = Grid::new(&[Align::Left, Align::Right, Align::Right, Align::Right]);
        grid.row(["", self.say("数额", "amount"), self.say("已用", "spent"), self.say("结余", "left")]);
        for fund in funds.iter().take(LINES) {
            grid.row([
                self.names.resource(fund.fund),
                fund.amount_fen.map_or_else(|| "?".to_owned(), yuan),
                yuan(fund.spent_fen),
                fund.amount_fen.map_or_else(|| "?".to_owned(), |amount| yuan(amount.saturating_sub(fund.spent_fen))),
            ]);
        }
        grid.write(out);
        self.more(out, funds.len());
    }

    fn organisations(&self, out: &mut String) {
        let orgs = &self.account.orgs;
        let (leads, partners, staff) = (orgs.leads.len(), orgs.partners.len(), orgs.staff.len());
        let goods = self.account.usage.iter().filter(|u| u.kind == Kind::Goods && u.used > 0).count();
        self.heading(
            out,
            &match self.lang {
                Lang::Zh => format!("机构（分别计数）：领办 {leads} 家，联办 {partners} 家，出人 {staff} 家"),
                Lang::En => {
                    format!("Organisations (counted apart): {leads} lead, {partners} join in, {staff} send staff")
                }
            },
        );
        if goods > 0 {
            out.push_str(&match self.lang {
                Lang::Zh => format!("物资：动用 {goods} 项\n"),
                Lang::En => format!("Goods: {} drawn from\n", words::counted(goods, "stock", "stocks")),
            });
        }
    }

    fn more(&self, out: &mut String, total: usize) {
        if total > LINES {
            out.push_str(&match self.lang {
                Lang::Zh => format!("  .. 另有 {} 项\n", total - LINES),
                Lang::En => format!("  .. and {} more\n", total - LINES),
            });
        }
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
