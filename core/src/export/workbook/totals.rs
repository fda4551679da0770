use rust_xlsxwriter::{Worksheet, XlsxError};

use super::page::{Cell, Look, Page};
use crate::export::account::{Account, ServedLine, Usage};
use crate::export::names::{Names, either, plain};
use crate::export::words;
use crate::intake::plan_sheets::columns;
use crate::lists::{Kind, Lang};

const WIDTHS: [u16; 7] = [34, 38, 14, 14, 12, 13, 13];

pub(super) fn sheet(account: &Account, names: &Names) -> Result<Worksheet, XlsxError> {
    let lang = names.lang;
    let mut page = Page::blank(lang, columns::TOTALS.text(lang), &WIDTHS)?;
    page.upright();
    let mut writer = Writer { page: &mut page, account, names, lang };
    writer.overview()?;
    writer.levels()?;
    writer.units()?;
    writer.services()?;
    writer.places()?;
    writer.organisations()?;
    writer.teams()?;
    Ok(page.finish())
}

struct Writer<'w, 's, 'a> {
    page: &'w mut Page,
    account: &'s Account<'a>,
    names: &'s Names<'a>,
    lang: Lang,
}

impl Writer<'_, '_, '_> {
    fn say<'t>(&self, chinese: &'t str, english: &'t str) -> &'t str {
        either(self.lang, chinese, english)
    }

    fn block(&mut self, title: &str, headings: &[&str]) -> Result<(), XlsxError> {
        self.page.skip();
        self.page.row(&[Cell::text(title)], Look::Title)?;
        let cells: Vec<Cell> = headings.iter().map(|h| Cell::text(*h)).collect();
        self.page.row(&cells, Look::Header)
    }

    fn overview(&mut self) -> Result<(), XlsxError> {
        let Account { plan, held, members, .. } = self.account;
        let facts = plan.sessions.iter().filter(|s| s.fact).count();
        self.page.row(&[Cell::text(self.say("三单对接方案", "Three-list matching plan"))], Look::Title)?;
        let mut rows = vec![
            (self.say("状态", "status"), Cell::text(words::status(self.lang, plan.status))),
            (self.say("场次", "sessions"), Cell::size(plan.sessions.len())),
            (self.say("项目", "projects held"), Cell::size(held.projects)),
            (self.say("地点", "places"), Cell::size(held.places)),
            (self.say("上岗人员", "members on duty"), Cell::size(members.len())),
            (self.say("未满足的需求", "needs not met in full"), Cell::size(self.account.unmet.len())),
            (self.say("未达到的配额", "quotas missed"), Cell::size(plan.shortfalls.len())),
            (self.say("案例指纹", "case"), Cell::text(&plan.case)),
            (self.say("版本", "version"), Cell::text(&plan.version)),
        ];
        if facts > 0 {
            rows.insert(2, (self.say("其中既定", "of them facts"), Cell::size(facts)));
        }
        for (name, cell) in rows {
            self.page.row(&[Cell::text(name), left(cell)], Look::Plain)?;
        }
        Ok(())
    }

    fn levels(&mut self) -> Result<(), XlsxError> {
        if self.account.plan.levels.is_empty() {
            return Ok(());
        }
        let headings = ["级", "说明", "值", "上界", "差距"];
        let english = ["level", "in words", "value", "bound", "gap"];
        let title = self.say("目标（逐级，下级不损上级）", "Levels (a lower one never costs a higher one)").to_owned();
        self.block(&title, either_all(self.lang, &headings, &english))?;
        for (position, level) in self.account.plan.levels.iter().enumerate() {
            let terms: Vec<String> = words::terms(level).map(|(t, _)| words::term(self.lang, t)).collect();
            self.page.row(
                &[
                    Cell::text(format!("{} {}", position + 1, terms.join(either(self.lang, "、", ", ")))),
                    Cell::text(words::level(self.lang, level)),
                    Cell::Count(level.value),
                    Cell::Count(level.bound),
                    Cell::Ppm(level.gap_ppm),
                ],
                Look::Plain,
            )?;
        }
        Ok(())
    }

    /// Units of each kind apart: they are never added.
    fn units(&mut self) -> Result<(), XlsxError> {
        let case = self.account.case;
        let wanted = self.account.by_unit(case.needs.iter().map(|n| (n.id.as_str(), n.quantity)));
        let served = self.account.by_unit(self.account.served.iter().map(|(need, n)| (*need, *n)));
        let title = self.say("按计量单位（各单位不相加）", "By kind of unit (never added up)").to_owned();
        let headings = ["服务类别", "单位", "需求", "满足", "满足率"];
        self.block(&title, either_all(self.lang, &headings, &["service", "unit", "wanted", "served", "share"]))?;
        for (unit, wanted) in wanted {
            let served = served.iter().find(|(u, _)| *u == unit).map_or(0, |(_, n)| *n);
            let cells = [
                Cell::text(self.say("全部", "all")),
                Cell::text(plain(unit)),
                Cell::Count(wanted),
                Cell::Count(served),
                Cell::Share(served, wanted),
            ];
            self.page.row(&cells, Look::Plain)?;
        }
        Ok(())
    }

    fn services(&mut self) -> Result<(), XlsxError> {
        let title = self.say("各类服务", "By service").to_owned();
        let headings = ["服务类别", "单位", "需求", "满足", "满足率", "需求项数"];
        self.block(
            &title,
            either_all(self.lang, &headings, &["service", "unit", "wanted", "served", "share", "needs"]),
        )?;
        for line in &self.account.services {
            let mut cells = served_cells(plain(&line.heading), line);
            cells.push(Cell::size(line.needs));
            self.page.row(&cells, Look::Plain)?;
        }
        Ok(())
    }

    fn places(&mut self) -> Result<(), XlsxError> {
        let title = self.say("各地", "By place").to_owned();
        let headings = ["地点", "单位", "需求", "满足", "满足率", "所办场次", "上岗人员"];
        let english = ["place", "unit", "wanted", "served", "share", "sessions here", "members here"];
        self.block(&title, either_all(self.lang, &headings, &english))?;
        for place in &self.account.places {
            let name = self.names.place(&place.place);
            let held = [Cell::size(place.sessions), Cell::size(place.members)];
            if place.lines.is_empty() {
                let mut cells = vec![Cell::text(name), Cell::Blank, Cell::Blank, Cell::Blank, Cell::Blank];
                cells.extend(held);
                self.page.row(&cells, Look::Plain)?;
                continue;
            }
            for (position, line) in place.lines.iter().enumerate() {
                let mut cells = served_cells(name.clone(), line);
                if position == 0 {
                    cells.extend(held.clone());
                } else {
                    cells.extend([Cell::Blank, Cell::Blank]);
                }
                self.page.row(&cells, Look::Plain)?;
            }
        }
        Ok(())
    }

    fn organisations(&mut self) -> Result<(), XlsxError> {
        let title = self.say("机构（分别计数，不相加）", "Organisations (counted apart, never added)").to_owned();
        self.block(&title, either_all(self.lang, &["角色", "名单", "家数"], &["part", "names", "count"]))?;
        let orgs = &self.account.orgs;
        for (part, names) in [
            (self.say("领办", "lead"), &orgs.leads),
            (self.say("联办", "partners"), &orgs.partners),
            (self.say("出人", "send staff"), &orgs.staff),
        ] {
            let list: Vec<String> = names.iter().map(|n| plain(n)).collect();
            let list = list.join(either(self.lang, "、", ", "));
            self.page.row(&[Cell::text(part), Cell::text(list), Cell::size(names.len())], Look::Plain)?;
        }
        Ok(())
    }

    /// How the work is spread: the staff rows, alike ones together, with hours a member.
    fn teams(&mut self) -> Result<(), XlsxError> {
        let title = self.say("人员与工时", "Staff and hours").to_owned();
        let headings = ["队伍", "人数（上岗 / 在册）", "工时", "可用", "使用率", "人均（上岗）", "最多一人"];
        let english = ["team", "members on duty / listed", "hours", "available", "use", "mean on duty", "most for one"];
        self.block(&title, either_all(self.lang, &headings, &english))?;
        let mut staff: Vec<&Usage> = self.account.usage.iter().filter(|u| u.kind == Kind::Staff).collect();
        staff.sort_by_key(|u| u.rows[0]);
        for usage in staff {
            let loads = self.loads(usage);
            let serving = i64::try_from(loads.len()).unwrap_or(i64::MAX);
            let mean = if serving == 0 { Cell::Blank } else { Cell::text(tenths(usage.used, serving)) };
            self.page.row(
                &[
                    Cell::text(words::usage_name(self.names, usage)),
                    Cell::text(format!("{serving} / {}", usage.members)),
                    Cell::Count(usage.used),
                    Cell::Count(usage.available),
                    Cell::Share(usage.used, usage.available),
                    mean,
                    loads.iter().max().map_or(Cell::Blank, |most| Cell::Count(*most)),
                ],
                Look::Plain,
            )?;
        }
        Ok(())
    }

    /// The loads of the members of these rows that serve.
    fn loads(&self, usage: &Usage) -> Vec<i64> {
        let members = &self.account.members;
        let mut loads = Vec::new();
        for row in &usage.rows {
            let id = self.account.case.resources[*row].id.as_str();
            let start = members.partition_point(|m| m.resource < id);
            loads.extend(members[start..].iter().take_while(|m| m.resource == id).map(|m| m.load));
        }
        loads
    }
}

fn served_cells(name: String, line: &ServedLine) -> Vec<Cell> {
    vec![
        Cell::text(name),
        Cell::text(plain(&line.unit)),
        Cell::Count(line.wanted),
        Cell::Count(line.served),
        Cell::Share(line.served, line.wanted),
    ]
}

/// A number in a column of words stands left like the words.
fn left(cell: Cell) -> Cell {
    match cell {
        Cell::Count(n) => Cell::text(crate::export::names::grouped(n)),
        other => other,
    }
}

/// The quotient to one decimal, rounded down.
fn tenths(sum: i64, count: i64) -> String {
    let tenths = i128::from(sum) * 10 / i128::from(count);
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn either_all<'t>(lang: Lang, chinese: &'t [&'t str], english: &'t [&'t str]) -> &'t [&'t str] {
    match lang {
        Lang::Zh => chinese,
        Lang::En => english,
    }
}
