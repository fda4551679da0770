//! Rota pages: what each member does, where and when. For printing (HTML, a page a member) and as plain text. They
//! name nobody who is served, only how many.

use super::account::{Account, MemberLoad, Shift};
use super::names::{Names, either, grouped, plain};
use super::words;
use crate::lists::{Case, Lang};
use crate::plan::Plan;

/// The rota of one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RotaPage {
    /// The staff row.
    pub resource: String,
    /// The member of the row, from 1.
    pub member: i64,
    /// A whole HTML document with one page.
    pub html: String,
    /// The same as plain text.
    pub text: String,
}

/// One HTML document with a page for each member that serves; it loads nothing from elsewhere.
pub fn html(case: &Case, plan: &Plan, lang: Lang) -> String {
    let account = Account::of(case, plan);
    let writer = Writer { account: &account, names: &Names::new(case, lang), lang };
    let pages: Vec<String> = account.members.iter().map(|m| writer.html_page(m)).collect();
    let body = if pages.is_empty() {
        format!("<section><p>{}</p></section>", either(lang, "没有人上岗。", "Nobody is on duty."))
    } else {
        pages.concat()
    };
    document(lang, either(lang, "排班表", "Rota"), &body)
}

/// The same as plain text, members apart by a blank line.
pub fn text(case: &Case, plan: &Plan, lang: Lang) -> String {
    let account = Account::of(case, plan);
    let writer = Writer { account: &account, names: &Names::new(case, lang), lang };
    if account.members.is_empty() {
        return format!("{}\n", either(lang, "没有人上岗。", "Nobody is on duty."));
    }
    account.members.iter().map(|m| writer.text_page(m)).collect::<Vec<_>>().join("\n")
}

/// One page for each member that serves, in the order of resources and members.
pub fn pages(case: &Case, plan: &Plan, lang: Lang) -> Vec<RotaPage> {
    let account = Account::of(case, plan);
    let names = Names::new(case, lang);
    let writer = Writer { account: &account, names: &names, lang };
    let page = |m: &MemberLoad| RotaPage {
        resource: m.resource.to_owned(),
        member: m.member,
        html: document(lang, &names.member(m.resource, m.member), &writer.html_page(m)),
        text: writer.text_page(m),
    };
    account.members.iter().map(page).collect()
}

struct Writer<'s, 'a> {
    account: &'s Account<'a>,
    names: &'s Names<'a>,
    lang: Lang,
}

/// One row of a rota, in the order of the columns.
struct Duty {
    when: String,
    dates: String,
    project: String,
    place: String,
    role: String,
    with: String,
    serves: String,
    load: String,
    session: String,
}

impl Writer<'_, '_> {
    fn duty(&self, shift: &Shift) -> Duty {
        let session = &self.account.plan.sessions[shift.session];
        let mut place = self.names.place(&session.place);
        if let Some(venue) = &session.venue {
            let rooms = self.names.row(venue).map_or(1, |r| r.count);
            place.push_str(&format!(" {}", self.names.resource(venue)));
            if let Some(room) = session.room.filter(|_| rooms > 1) {
                place.push_str(&format!(" #{room}"));
            }
        }
        let units = self.account.by_unit(session.needs.iter().map(|n| (n.need.as_str(), n.units)));
        Duty {
            when: self.names.period(shift.period),
            dates: self.names.dates(shift.period),
            project: self.names.project(&session.project),
            place,
            role: plain(shift.role),
            with: self.colleagues(shift),
            serves: words::units(self.lang, &units),
            load: grouped(shift.load),
            session: plain(&session.id),
        }
    }

    /// Who else serves in the session in that period; at most six are named.
    fn colleagues(&self, shift: &Shift) -> String {
        let session = &self.account.plan.sessions[shift.session];
        let others = session.staff.iter().filter(|seat| {
            let there = seat.period.as_deref().is_none_or(|period| period == shift.period);
            there && (seat.resource != shift.resource || seat.member != shift.member)
        });
        let mut names: Vec<String> = others
            .map(|seat| {
                let (name, role) = (self.names.short_member(&seat.resource, seat.member), plain(&seat.role));
                match self.lang {
                    Lang::Zh => format!("{name}（{role}）"),
                    Lang::En => format!("{name} ({role})"),
                }
            })
            .collect();
        let more = names.len().saturating_sub(6);
        names.truncate(6);
        let list = names.join(either(self.lang, "、", ", "));
        match (self.lang, more) {
            (_, 0) => list,
            (Lang::Zh, more) => format!("{list} 等另 {more} 人"),
            (Lang::En, more) => format!("{list} and {more} more"),
        }
    }

    fn total(&self, member: &MemberLoad) -> String {
        match self.lang {
            Lang::Zh => format!("共 {} 次，工时合计 {}", member.shifts, grouped(member.load)),
            Lang::En => format!("{} turns, {} hours in all", member.shifts, grouped(member.load)),
        }
    }

    fn org(&self, member: &MemberLoad) -> String {
        let org = self.names.row(member.resource).and_then(|r| r.org);
        org.map(|o| plain(self.account.case.text(o))).unwrap_or_default()
    }

    fn html_page(&self, member: &MemberLoad) -> String {
        let mut out = String::from("<section>\n");
        out.push_str(&format!("<h1>{}</h1>\n", escape(&self.names.member(member.resource, member.member))));
        let org = self.org(member);
        let about = if org.is_empty() { self.total(member) } else { format!("{org} · {}", self.total(member)) };
        out.push_str(&format!("<p>{}</p>\n<table>\n<thead><tr>", escape(&about)));
        let headings = match self.lang {
            Lang::Zh => ["时段", "项目", "地点", "岗位", "同场", "服务", "工时", "场次号"],
            Lang::En => ["when", "project", "place", "role", "with", "serves", "hours", "session"],
        };
        for heading in headings {
            out.push_str(&format!("<th>{heading}</th>"));
        }
        out.push_str("</tr></thead>\n<tbody>\n");
        for shift in &self.account.shifts[member.range.clone()] {
            let duty = self.duty(shift);
            let when = if duty.dates.is_empty() {
                escape(&duty.when)
            } else {
                format!("{}<br><small>{}</small>", escape(&duty.when), escape(&duty.dates))
            };
            out.push_str(&format!("<tr><td>{when}</td>"));
            for cell in [&duty.project, &duty.place, &duty.role, &duty.with, &duty.serves] {
                out.push_str(&format!("<td>{}</td>", escape(cell)));
            }
            out.push_str(&format!("<td class=\"n\">{}</td><td>{}</td></tr>\n", duty.load, escape(&duty.session)));
        }
        out.push_str("</tbody>\n</table>\n</section>\n");
        out
    }

    fn text_page(&self, member: &MemberLoad) -> String {
        let mut out = self.names.member(member.resource, member.member);
        let org = self.org(member);
        if !org.is_empty() {
            out.push_str(&match self.lang {
                Lang::Zh => format!("（{org}）"),
                Lang::En => format!(" ({org})"),
            });
        }
        out.push_str(&format!("\n{}\n", self.total(member)));
        for shift in &self.account.shifts[member.range.clone()] {
            let duty = self.duty(shift);
            let when = if duty.dates.is_empty() { duty.when } else { format!("{} ({})", duty.when, duty.dates) };
            out.push_str(&format!("  {when}\n    {} | {} | {}", duty.project, duty.place, duty.role));
            out.push_str(&match self.lang {
                Lang::Zh => format!(" | 工时 {} | {}\n", duty.load, duty.session),
                Lang::En => format!(" | hours: {} | {}\n", duty.load, duty.session),
            });
            if !duty.with.is_empty() {
                out.push_str(&format!("    {}{}\n", either(self.lang, "同场：", "with: "), duty.with));
            }
        }
        out
    }
}

const STYLE: &str = "\
body{font:14px/1.6 \"Microsoft YaHei\",\"PingFang SC\",\"Noto Sans CJK SC\",sans-serif;color:#222;margin:0}
section{max-width:62em;margin:0 auto;padding:1.5em;break-after:page}
section:last-child{break-after:auto}
h1{font-size:1.5em;margin:0;color:#1f4e5f}
p{margin:.3em 0 1em;color:#555}
table{border-collapse:collapse;width:100%}
thead{display:table-header-group}
tr{break-inside:avoid}
th{background:#1f4e5f;color:#fff;font-weight:600;white-space:nowrap}
th,td{border:1px solid #c8d0d4;padding:.35em .6em;text-align:left;vertical-align:top}
tbody tr:nth-child(even){background:#f1f6f7}
td.n{text-align:right}
small{color:#666;white-space:nowrap}
@page{size:A4 landscape;margin:12mm}
@media print{section{padding:0;max-width:none}th{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
";

fn document(lang: Lang, title: &str, body: &str) -> String {
    let code = either(lang, "zh-CN", "en");
    let title = escape(title);
    format!(
        "<!doctype html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n\
         </head>\n<body>\n{body}</body>\n</html>\n"
    )
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
