use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::page::{Cell, Column, Look, Page};
use crate::export::account::{Account, Usage, stop};
use crate::export::names::{Names, either, plain};
use crate::export::words;
use crate::intake::plan_sheets::columns;
use crate::lists::{Kind, Lang};
use crate::plan::Stage;

/// Resources used to at least so many per cent, over the horizon or in their fullest period, are listed.
const TIGHT_PERCENT: i128 = 90;
/// Names of what stands in the way, a row.
const NAMES_A_ROW: usize = 5;

/// What is missing, as far as the plan knows: where unmet needs and quotas fail, and what is used up.
pub(super) fn sheet(account: &Account, names: &Names) -> Result<Worksheet, XlsxError> {
    let lang = names.lang;
    let columns: Vec<Column> = [
        ("类别", "kind", 12),
        ("缺什么", "what is short", 30),
        ("地点", "place", 18),
        ("时段", "period", 14),
        ("缺", "missing", 9),
        ("单位", "unit", 8),
        ("已用", "used", 13),
        ("可用", "available", 13),
        ("使用率", "use", 9),
        ("依据", "evidence", 38),
        ("可先考虑", "look first at", 28),
    ]
    .into_iter()
    .map(|(chinese, english, width)| Column { heading: either(lang, chinese, english).to_owned(), width })
    .collect();
    let mut page = Page::table(lang, columns::GAPS.text(lang), &columns, 0)?;
    let mut rows = stops(account, names);
    rows.extend(quotas(account, names));
    rows.extend(account.usage.iter().filter(|u| is_tight(u)).map(|u| tight(account, names, u)));
    rows.extend(prices(account, names));
    for row in &rows {
        page.row(row, Look::Plain)?;
    }
    let note = if rows.is_empty() {
        either(lang, "没有已知的缺口", "no gap is known")
    } else {
        either(
            lang,
            "依据是各需求最先走不通的一环和资源用量；补上一处不保证就能满足，请重新求解核实。",
            "Evidence: the first stage at which each need fails, and what is used up. Filling one gap is no promise; solve again to see.",
        )
    };
    page.skip();
    page.row(&[Cell::text(note)], Look::Note)?;
    if rows.is_empty() { Ok(page.finish()) } else { page.finish_table() }
}

#[derive(Default)]
struct Stopped<'a> {
    needs: i64,
    units: i64,
    weight: i64,
    by: BTreeSet<&'a str>,
}

/// Unmet needs by the stage where they fail, with services, place and unit; the heaviest first.
fn stops(account: &Account, names: &Names) -> Vec<Vec<Cell>> {
    let lang = names.lang;
    let case = account.case;
    let mut groups: BTreeMap<(Stage, String, String, &str), Stopped> = BTreeMap::new();
    for line in account.unmet.iter() {
        let Some(need) = case.need(&line.need).map(|i| &case.needs[i.index()]) else {
            continue;
        };
        let Some(step) = stop(&line.reason) else {
            continue;
        };
        let services: Vec<String> = need.services.iter().map(|s| plain(case.text(*s))).collect();
        let place = case.places[need.place.index()].id.clone();
        let group = groups.entry((step.stage, services.join("、"), place, case.text(need.unit))).or_default();
        group.needs += 1;
        group.units = group.units.saturating_add(line.units);
        group.weight = group.weight.saturating_add(line.units.saturating_mul(need.priority));
        group.by.extend(step.by.iter().map(String::as_str));
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, group)| Reverse(group.weight));
    let row = |((stage, services, place, unit), group): ((Stage, String, String, &str), Stopped)| {
        let by: Vec<String> = group.by.iter().take(NAMES_A_ROW).map(|id| words::obstacle(names, stage, id)).collect();
        let mut evidence = match lang {
            Lang::Zh => format!("{} 项需求：{}", group.needs, words::stopped_at(lang, stage)),
            Lang::En => format!("{} needs: {}", group.needs, words::stopped_at(lang, stage)),
        };
        if !by.is_empty() {
            evidence.push_str(&match lang {
                Lang::Zh => format!("（{}）", by.join("、")),
                Lang::En => format!(" ({})", by.join(", ")),
            });
        }
        vec![
            Cell::text(words::shortage(lang, stage)),
            Cell::text(services),
            Cell::text(names.place(&place)),
            Cell::Blank,
            Cell::Count(group.units),
            Cell::text(plain(unit)),
            Cell::Blank,
            Cell::Blank,
            Cell::Blank,
            Cell::text(evidence),
            Cell::text(words::remedy(lang, stage)),
        ]
    };
    groups.into_iter().map(row).collect()
}

fn quotas(account: &Account, names: &Names) -> Vec<Vec<Cell>> {
    let lang = names.lang;
    let row = |line: &crate::plan::Shortfall| {
        let remedy = stop(&line.reason).map_or("", |step| words::remedy(lang, step.stage));
        let per = |key: &str| line.per.get(key);
        let others: Vec<String> =
            line.per.iter().filter(|(k, _)| *k != "place" && *k != "period").map(|(_, v)| plain(v)).collect();
        vec![
            Cell::text(either(lang, "配额", "quota")),
            Cell::text(format!("{} {}", plain(&line.rule), others.join(" ")).trim_end()),
            Cell::text(per("place").map(|p| names.place(p)).unwrap_or_default()),
            Cell::text(per("period").map(|p| names.period(p)).unwrap_or_default()),
            Cell::Count(line.missing),
            Cell::Blank,
            Cell::Blank,
            Cell::Blank,
            Cell::Blank,
            Cell::text(words::reason(names, &line.reason)),
            Cell::text(remedy),
        ]
    };
    account.plan.shortfalls.iter().map(row).collect()
}

fn is_tight(usage: &Usage) -> bool {
    let tight = |used: i64, available: i64| i128::from(used) * 100 >= i128::from(available) * TIGHT_PERCENT;
    usage.used > 0
        && (tight(usage.used, usage.available) || usage.peak.is_some_and(|peak| tight(peak.used, peak.available)))
}

fn tight(account: &Account, names: &Names, usage: &Usage) -> Vec<Cell> {
    let lang = names.lang;
    let case = account.case;
    let row = &case.resources[usage.rows[0]];
    let amount = |n: i64| {
        if usage.kind == Kind::Fund { Cell::Fen(n) } else { Cell::Count(n) }
    };
    let peak = usage.peak.map(|peak| (names.period(&case.periods[peak.period].id), peak));
    let evidence = peak.as_ref().map(|(period, peak)| match lang {
        Lang::Zh => format!("{period} 最满：{} / {}", peak.used, peak.available),
        Lang::En => format!("fullest in {period}: {} of {}", peak.used, peak.available),
    });
    vec![
        Cell::text(match lang {
            Lang::Zh => format!("{}紧张", words::kind(lang, usage.kind)),
            Lang::En => format!("tight {}", words::kind(lang, usage.kind)),
        }),
        Cell::text(words::usage_name(names, usage)),
        Cell::text(row.place.map(|p| names.place(&case.places[p.index()].id)).unwrap_or_default()),
        Cell::text(peak.map(|(period, _)| period).unwrap_or_default()),
        Cell::Blank,
        Cell::text(match usage.kind {
            Kind::Staff => either(lang, "工时", "load"),
            Kind::Venue => either(lang, "场·时段", "room-periods"),
            Kind::Fund => either(lang, "元", "yuan"),
            Kind::Goods => either(lang, "件", "items"),
        }),
        amount(usage.used),
        amount(usage.available),
        Cell::Share(usage.used, usage.available),
        Cell::text(evidence.unwrap_or_default()),
        Cell::text(match usage.kind {
            Kind::Staff => either(lang, "增加人手，或放宽上限", "more hands, or a higher limit"),
            Kind::Venue => either(lang, "补充场地", "another room"),
            Kind::Fund => either(lang, "追加资金", "raise funds"),
            Kind::Goods => either(lang, "补充物资", "more stock"),
        }),
    ]
}

fn prices(account: &Account, names: &Names) -> Vec<Vec<Cell>> {
    let lang = names.lang;
    let mut prices: Vec<_> = account.plan.prices.iter().filter(|p| p.worth_milli > 0).collect();
    prices.sort_by_key(|p| Reverse(p.worth_milli));
    let row = |price: &&crate::plan::Price| {
        let rows: Vec<String> = price.resources.iter().take(NAMES_A_ROW).map(|id| names.resource(id)).collect();
        let worth = format!("{}.{:03}", price.worth_milli / 1000, price.worth_milli % 1000);
        vec![
            Cell::text(either(lang, "边际价值", "price")),
            Cell::text(rows.join(either(lang, "、", ", "))),
            Cell::text(price.place.as_deref().map(|p| names.place(p)).unwrap_or_default()),
            Cell::text(price.period.as_deref().map(|p| names.period(p)).unwrap_or_default()),
            Cell::Blank,
            Cell::Blank,
            Cell::Blank,
            Cell::Blank,
            Cell::Blank,
            Cell::text(match lang {
                Lang::Zh => format!("多一份约值 {worth} 点覆盖"),
                Lang::En => format!("one more is worth about {worth} of coverage"),
            }),
            Cell::Blank,
        ]
    };
    prices.iter().map(row).collect()
}
