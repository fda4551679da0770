//! The words of a plan in Chinese and English.

use std::collections::BTreeMap;

use super::account::{Usage, stop};
use super::limits::{limit_cell, limit_lines};
use super::names::{Names, either, grouped, plain, yuan};
use crate::lists::{Case, Kind, Lang, Term};
use crate::plan::{Level, Reason, Shortfall, Stage, Status, Verdict};
use crate::problem::sentence;

/// What a status means.
pub(crate) fn status(lang: Lang, status: Status) -> &'static str {
    match status {
        Status::Optimal => either(lang, "已证明最优", "proven optimal"),
        Status::WithinGap => either(lang, "已证明在容差之内", "proven to be within the gap asked for"),
        Status::Stopped => {
            either(lang, "提前停止（合规，但未证到容差）", "stopped early (sound, but not proven to the gap)")
        }
        Status::Unknown => either(lang, "未作证明", "nothing proven"),
    }
}

/// The name of a term of the levels.
#[cfg(feature = "spreadsheets")]
pub(crate) fn term(lang: Lang, name: &str) -> String {
    let Some(term) = Term::ALL.into_iter().find(|t| t.name() == name) else {
        return plain(name);
    };
    either(
        lang,
        match term {
            Term::Must => "必须",
            Term::Quota => "配额",
            Term::Coverage => "覆盖",
            Term::Cost => "费用",
            Term::Travel => "路程",
            Term::Turns => "工时",
            Term::Changes => "变动",
            Term::Prefers => "偏好",
            Term::Quality => "质量",
        },
        term.name(),
    )
    .to_owned()
}

/// What the terms of a level come to, in words: `必须的需求全部满足`.
pub fn level(lang: Lang, level: &Level) -> String {
    let mut terms: Vec<(&str, i64)> = terms(level).collect();
    // Where several terms share a level, those that come to nothing say nothing.
    if terms.iter().any(|(_, n)| *n != 0) {
        terms.retain(|(name, n)| *n != 0 || [Term::Must.name(), Term::Quota.name()].contains(name));
    } else {
        terms.truncate(1);
    }
    let parts: Vec<String> = terms.into_iter().map(|(name, n)| term_value(lang, name, n)).collect();
    parts.join(either(lang, "；", "; "))
}

/// The terms of a level in the order of the words rather than of the alphabet.
pub(crate) fn terms(level: &Level) -> impl Iterator<Item = (&str, i64)> {
    let order = |name: &str| Term::ALL.iter().position(|t| t.name() == name);
    let mut terms: Vec<(&str, i64)> = level.terms.iter().map(|(name, n)| (name.as_str(), *n)).collect();
    terms.sort_by_key(|(name, _)| order(name));
    terms.into_iter()
}

/// What a term comes to, in words: `费用 1,200.00 元`.
pub(crate) fn term_value(lang: Lang, name: &str, n: i64) -> String {
    let loss = grouped(n.saturating_neg());
    let gain = grouped(n);
    match (name, lang) {
        ("must", Lang::Zh) if n == 0 => "必须的需求全部满足".to_owned(),
        ("must", Lang::En) if n == 0 => "every must is met".to_owned(),
        ("must", Lang::Zh) => format!("必须的需求欠 {loss}（按优先级加权）"),
        ("must", Lang::En) => format!("musts short by {loss} (weighted by priority)"),
        ("quota", Lang::Zh) if n == 0 => "配额全部达到".to_owned(),
        ("quota", Lang::En) if n == 0 => "every quota is met".to_owned(),
        ("quota", Lang::Zh) => format!("配额欠 {loss}（按权重）"),
        ("quota", Lang::En) => format!("quotas short by {loss} (weighted)"),
        ("coverage", Lang::Zh) => format!("覆盖 {gain}（按优先级加权）"),
        ("coverage", Lang::En) => format!("coverage {gain} (weighted by priority)"),
        ("cost", Lang::Zh) => format!("费用 {} 元", yuan(n.saturating_neg())),
        ("cost", Lang::En) => format!("cost {} yuan", yuan(n.saturating_neg())),
        ("travel", Lang::Zh) => format!("路程 {loss} 分钟"),
        ("travel", Lang::En) => format!("travel {loss} minutes"),
        ("turns", Lang::Zh) => format!("工时 {loss}"),
        ("turns", Lang::En) => format!("load {loss}"),
        ("changes", Lang::Zh) => format!("比上期少 {loss} 处"),
        ("changes", Lang::En) => format!("{loss} changes from before"),
        ("prefers", Lang::Zh) => format!("偏好之外 {loss} 人次"),
        ("prefers", Lang::En) => format!("{loss} turns outside preferences"),
        ("quality", Lang::Zh) => format!("质量 {gain} 分"),
        ("quality", Lang::En) => format!("quality {gain} points"),
        _ => format!("{} {gain}", plain(name)),
    }
}

/// How near a level is to its bound, in words.
pub fn gap(lang: Lang, level: &Level) -> String {
    if level.gap_ppm == 0 {
        return either(lang, "已证最优", "proven best").to_owned();
    }
    let percent = gap_share(level);
    match lang {
        Lang::Zh => format!("上界 {}，差距 {percent}", grouped(level.bound)),
        Lang::En => format!("bound {}, gap {percent}", grouped(level.bound)),
    }
}

/// The gap of a level in per cent, exactly: `0.0062%`.
pub(crate) fn gap_share(level: &Level) -> String {
    let (whole, part) = (level.gap_ppm / 10_000, level.gap_ppm % 10_000);
    let digits = format!("{part:04}");
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() { format!("{whole}%") } else { format!("{whole}.{digits}%") }
}

/// The name of a stage of the funnel.
pub(crate) fn stage(lang: Lang, stage: Stage) -> &'static str {
    match stage {
        Stage::Offers => either(lang, "项目", "offers"),
        Stage::Reach => either(lang, "可达", "reach"),
        Stage::Period => either(lang, "时段", "period"),
        Stage::Venue => either(lang, "场地", "venue"),
        Stage::Staff => either(lang, "合格人员", "qualified staff"),
        Stage::Free => either(lang, "空闲人员", "free staff"),
        Stage::Affordable => either(lang, "资金物资", "funds and goods"),
        Stage::Rules => either(lang, "规则与座位", "rules and seats"),
    }
}

/// What it means that nothing is left after a stage.
pub(crate) fn stopped_at(lang: Lang, stage: Stage) -> &'static str {
    match stage {
        Stage::Offers => either(lang, "没有项目能为它提供这类服务", "no project offers it this service"),
        Stage::Reach => either(lang, "可达范围内没有地方能办", "no place within reach can hold a session"),
        Stage::Period => either(lang, "它的时段里不能办", "no session can start in its periods"),
        Stage::Venue => either(lang, "没有合用的场地", "no fitting venue"),
        Stage::Staff => either(lang, "岗位上没有合格的人", "no qualified staff for every post"),
        Stage::Free => either(lang, "合格的人员或场地都已排满", "qualified staff or venues are all taken"),
        Stage::Affordable => either(lang, "资金或物资不够", "funds or goods do not suffice"),
        Stage::Rules => either(lang, "座位、规则或指定不再允许", "seats, rules or pins leave nothing open"),
    }
}

/// What kind of shortage a stop at this stage is.
#[cfg(feature = "spreadsheets")]
pub(crate) fn shortage(lang: Lang, stage: Stage) -> &'static str {
    match stage {
        Stage::Offers => either(lang, "缺项目", "project"),
        Stage::Reach => either(lang, "够不着", "reach"),
        Stage::Period => either(lang, "时段不合", "period"),
        Stage::Venue => either(lang, "缺场地", "venue"),
        Stage::Staff => either(lang, "缺合格人员", "qualified staff"),
        Stage::Free => either(lang, "人手排满", "free staff"),
        Stage::Affordable => either(lang, "缺钱缺物", "funds, goods"),
        Stage::Rules => either(lang, "规则所限", "rules, seats"),
    }
}

/// What stands in the way at a stage, by name where the lists have one.
pub(crate) fn obstacle(names: &Names, stage: Stage, id: &str) -> String {
    match stage {
        Stage::Offers | Stage::Period => names.project(id),
        Stage::Reach => names.place(id),
        Stage::Venue | Stage::Staff | Stage::Free | Stage::Affordable => names.resource(id),
        Stage::Rules => plain(id),
    }
}

/// What would be looked at first to lift a stop. Advice, not proof.
#[cfg(feature = "spreadsheets")]
pub(crate) fn remedy(lang: Lang, stage: Stage) -> &'static str {
    match stage {
        Stage::Offers => either(lang, "增设或指定提供该服务的项目", "add a project that offers the service"),
        Stage::Reach => either(lang, "就近设点，或放宽可达分钟", "hold it nearer, or widen the reach"),
        Stage::Period => either(lang, "放宽需求或项目的时段", "open more periods"),
        Stage::Venue => either(lang, "补充场地或座位", "find a venue with seats"),
        Stage::Staff => either(lang, "招募或培训该岗位的人员", "recruit or train staff for the post"),
        Stage::Free => either(lang, "增加人手，或放宽每期上限", "more hands, or a higher limit per period"),
        Stage::Affordable => either(lang, "追加资金或物资", "raise funds or goods"),
        Stage::Rules => either(lang, "增加场次，或调整规则、指定", "allow more sessions, or change the rule or pin"),
    }
}

/// Why something is not in the plan, in one sentence.
pub fn reason(names: &Names, reason: &Reason) -> String {
    let lang = names.lang;
    if let Some(text) = verdict(names, reason) {
        return text;
    }
    if reason.funnel.is_empty() {
        return either(lang, "未逐项查证", "not examined").to_owned();
    }
    stopped_by(names, reason).unwrap_or_else(|| {
        either(
            lang,
            "各环节都有余地，权衡后未安排（未逐项查证）",
            "every stage leaves room; not chosen on balance (not examined)",
        )
        .to_owned()
    })
}

/// Where a funnel comes to nothing, and by whom: `合格的人员或场地都已排满：S0012、S0040`.
pub(crate) fn stopped_by(names: &Names, reason: &Reason) -> Option<String> {
    let (lang, step) = (names.lang, stop(reason)?);
    let mut text = stopped_at(lang, step.stage).to_owned();
    if !step.by.is_empty() {
        let by: Vec<String> = step.by.iter().map(|id| obstacle(names, step.stage, id)).collect();
        text.push_str(either(lang, "：", ": "));
        text.push_str(&by.join(either(lang, "、", ", ")));
    }
    Some(text)
}

/// Cells that a verdict names one by one; where there are more, columns have one name each.
const CELLS: usize = 30;

/// The verdict in one sentence, where there is one.
fn verdict(names: &Names, reason: &Reason) -> Option<String> {
    let lang = names.lang;
    let comma = either(lang, "、", ", ");
    let joined = |list: Vec<String>| list.join(comma);
    let others = joined(reason.instead_of.iter().map(|id| names.need(id)).collect());
    let lost = reason.change.iter().enumerate().find(|(_, change)| **change != 0);
    Some(match (reason.verdict, lang) {
        (Verdict::NotExamined, _) => return None,
        (Verdict::Impossible, lang) => {
            let why = match &reason.fact {
                Some(fact) => sentence(fact, lang).to_owned(),
                None if reason.limits.len() <= CELLS => {
                    joined(reason.limits.iter().map(|cell| limit_cell(cell, lang)).collect())
                }
                None => limit_lines(&reason.limits, 1, lang).join(either(lang, "；", "; ")),
            };
            format!("{}{why}", either(lang, "不可能：", "impossible: "))
        }
        (Verdict::Outbid, Lang::Zh) => match lost {
            Some((level, change)) => format!("有更要紧的：照样服务，第 {} 级 {change}；让位的是 {others}", level + 1),
            None => "有更要紧的".to_owned(),
        },
        (Verdict::Outbid, Lang::En) => match lost {
            Some((level, change)) => {
                format!("outbid: served all the same, level {} {change}; at the cost of {others}", level + 1)
            }
            None => "outbid".to_owned(),
        },
        (Verdict::Tie, Lang::Zh) => format!("不分高下：可与 {others} 互换"),
        (Verdict::Tie, Lang::En) => format!("a tie: it could stand in the place of {others}"),
        (Verdict::NotProven, lang) => either(lang, "没有证出", "not proven").to_owned(),
    })
}

/// The funnel with its counts: `项目 6 > 可达 2 > 时段 2 > 合格人员 0`.
pub(crate) fn funnel(lang: Lang, reason: &Reason) -> String {
    let mut parts = Vec::new();
    for step in &reason.funnel {
        parts.push(format!("{} {}", stage(lang, step.stage), step.left));
        if step.left == 0 {
            break;
        }
    }
    parts.join(" > ")
}

/// The stop and the counts of a funnel on one line.
pub fn reason_funnel(names: &Names, reason: &Reason) -> String {
    let stopped = stop(reason).map(|step| stopped_at(names.lang, step.stage));
    let counts = funnel(names.lang, reason);
    match stopped {
        Some(stopped) => format!("{counts}{}{stopped}", either(names.lang, "：", ": ")),
        None => counts,
    }
}

/// The combination a quota is short in: `C9 平南、2025-07`.
pub fn shortfall_cell(names: &Names, shortfall: &Shortfall) -> String {
    if shortfall.per.is_empty() {
        either(names.lang, "全部", "all").to_owned()
    } else {
        combination(names, &shortfall.per)
    }
}

/// A combination of a rule; blank where it counts all together.
pub(crate) fn combination(names: &Names, per: &BTreeMap<String, String>) -> String {
    let part = |(key, value): (&String, &String)| match key.as_str() {
        "place" => names.place(value),
        "period" => names.period(value),
        "project" => names.project(value),
        "org" | "service" => plain(value),
        _ => format!("{} {}", plain(key), plain(value)),
    };
    let parts: Vec<String> = per.iter().map(part).collect();
    parts.join(either(names.lang, "、", ", "))
}

/// The kinds of resources.
pub(crate) fn kind(lang: Lang, kind: Kind) -> &'static str {
    match kind {
        Kind::Staff => either(lang, "人员", "staff"),
        Kind::Venue => either(lang, "场地", "venue"),
        Kind::Fund => either(lang, "资金", "fund"),
        Kind::Goods => either(lang, "物资", "goods"),
    }
}

/// What a line of like resources is called: `社工[急救] · 平南县(3 行 40 人)`.
pub(crate) fn usage_name(names: &Names, usage: &Usage) -> String {
    let case = names.case;
    let row = &case.resources[usage.rows[0]];
    if usage.rows.len() == 1 && (row.count == 1 || row.kind != Kind::Staff) {
        return names.resource(&row.id);
    }
    let texts =
        |symbols: &[crate::lists::Symbol]| -> Vec<String> { symbols.iter().map(|s| plain(case.text(*s))).collect() };
    let mut name = texts(&row.roles).join(either(names.lang, "、", ", "));
    let mut skills: Vec<String> = row.skills.iter().map(|s| plain(case.text(s.tag))).collect();
    skills.dedup();
    if !skills.is_empty() {
        name.push_str(&format!("[{}]", skills.join("+")));
    }
    match (names.lang, usage.rows.len()) {
        (_, 1) => name = format!("{} {name}", names.resource(&row.id)),
        (Lang::Zh, n) => name.push_str(&format!("（{n} 行）")),
        (Lang::En, n) => name.push_str(&format!(" ({n} rows)")),
    }
    if let Some(place) = row.place.filter(|_| usage.rows.len() > 1) {
        name.push_str(&format!(" @ {}", names.place(&case.places[place.index()].id)));
    }
    name
}

/// A quantity of a resource in its measure: yuan for funds, plain numbers for the rest.
pub(crate) fn measure(kind: Kind, n: i64) -> String {
    if kind == Kind::Fund { yuan(n) } else { grouped(n) }
}

/// A count of things, `1 session` or `2 sessions`.
pub(crate) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(i64::try_from(n).unwrap_or(i64::MAX)), if n == 1 { one } else { many })
}

/// Units of needs by kind, never added up: `20 人次、3 例`.
pub fn units_of<'a>(case: &'a Case, units: impl IntoIterator<Item = (&'a str, i64)>, lang: Lang) -> String {
    self::units(lang, &by_unit(case, units))
}

/// Units by kind, in the order of the words: `[("人次", 20)]`.
pub(crate) fn by_unit<'a>(case: &'a Case, units: impl IntoIterator<Item = (&'a str, i64)>) -> Vec<(&'a str, i64)> {
    let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
    for (need, n) in units {
        let unit = case.need(need).map_or("", |i| case.text(case.needs[i.index()].unit));
        let sum = sums.entry(unit).or_default();
        *sum = sum.saturating_add(n);
    }
    sums.into_iter().collect()
}

/// Counts by unit, joined: `20 人次、3 例`.
pub(crate) fn units(lang: Lang, sums: &[(&str, i64)]) -> String {
    let parts: Vec<String> = sums.iter().map(|(unit, n)| format!("{} {}", grouped(*n), plain(unit))).collect();
    if parts.is_empty() { "0".to_owned() } else { parts.join(either(lang, "、", ", ")) }
}
