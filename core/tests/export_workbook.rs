//! The workbook of a plan: what a planner hands out, and what is read back after editing.
#![cfg(feature = "spreadsheets")]

mod sample;

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::Workbook;
use sample::{Sample, sample, sample_with};
use sandan::export::workbook::workbook;
use sandan::intake::plan_sheets::from_xlsx;
use sandan::lists::Lang;
use sandan::plan::{Plan, Session};

/// The sheets of a workbook as text.
fn sheets(bytes: &[u8]) -> Vec<(String, Vec<Vec<String>>)> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a sound workbook");
    let text = |cell: &Data| cell.to_string();
    book.worksheets()
        .iter()
        .map(|(n, range)| (n.clone(), range.rows().map(|r| r.iter().map(text).collect()).collect()))
        .collect()
}

fn sheet(bytes: &[u8], name: &str) -> Vec<Vec<String>> {
    sheets(bytes).into_iter().find(|(n, _)| n == name).expect("the sheet").1
}

fn written(sample: &Sample, lang: Lang) -> Vec<u8> {
    workbook(&sample.case, &sample.plan, lang).expect("a workbook")
}

fn column(rows: &[Vec<String>], header: &str) -> Vec<String> {
    let at = rows[0].iter().position(|h| h == header).expect("the column");
    rows[1..].iter().map(|row| row[at].clone()).collect()
}

#[test]
fn has_the_six_sheets_in_both_languages() {
    let names = |lang| sheets(&written(&sample(), lang)).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(names(Lang::Zh), ["场次", "排班", "未满足", "缺口清单", "资金", "统计"]);
    assert_eq!(names(Lang::En), ["sessions", "roster", "unmet", "gaps", "funds", "summary"]);
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    assert_eq!(written(&sample(), Lang::Zh), written(&sample(), Lang::Zh));
}

#[test]
fn every_shift_stands_once_and_hours_add_up() {
    let sample = sample();
    let rows = sheet(&written(&sample, Lang::Zh), "排班");
    let mut shifts: BTreeMap<(String, String, String, String), usize> = BTreeMap::new();
    for row in &rows[1..] {
        *shifts.entry((row[0].clone(), row[1].clone(), row[3].clone(), row[5].clone())).or_default() += 1;
    }
    // 3 + 3 seats of the classes, a span of two weeks with one social worker and one volunteer a week, one on the line.
    assert_eq!(shifts.len(), 11);
    assert!(shifts.values().all(|n| *n == 1), "{shifts:?}");
    let sum = |header: &str| column(&rows, header).iter().filter_map(|t| t.parse::<i64>().ok()).sum::<i64>();
    assert_eq!(sum("工时"), 17);
    assert_eq!(sum("工时合计"), 17);
}

#[test]
fn the_ledger_balances_to_the_fen() {
    let rows = sheet(&written(&sample(), Lang::Zh), "资金");
    assert_eq!(column(&rows, "类型"), ["数额", "启动费", "场次费", "场次费", "结余"]);
    assert_eq!(column(&rows, "金额（元）"), ["5000", "2000", "500.5", "500.5", "3001"]);
    assert_eq!(column(&rows, "余额（元）"), ["5000", "3000", "2499.5", "1999", "1999"]);
}

#[test]
fn unmet_needs_name_the_stage_where_they_fail() {
    let rows = sheet(&written(&sample(), Lang::Zh), "未满足");
    assert_eq!(column(&rows, "需求"), ["N2 古槐社区孩子学诗词", "N4 古槐个案", "N5 家长热线"]);
    assert_eq!(column(&rows, "卡在"), ["空闲人员", "项目", ""]);
    assert!(column(&rows, "原因")[0].contains("S1 王社工、S2 李社工、V1 暑期志愿队"));
    assert_eq!(column(&rows, "原因")[2], "未逐项查证");
}

#[test]
fn gaps_claim_only_what_is_known() {
    let rows = sheet(&written(&sample(), Lang::Zh), "缺口清单");
    let kinds = column(&rows, "类别");
    // N5 was not examined: it is in no gap.
    assert_eq!(&kinds[..3], ["人手排满", "缺项目", "配额"]);
    assert!(kinds[3..6].iter().all(|kind| kind.ends_with("紧张")), "{kinds:?}");
    assert!(!rows.iter().flatten().any(|cell| cell.contains("热线")));
}

#[test]
fn units_of_different_kinds_are_never_added() {
    let rows = sheet(&written(&sample(), Lang::Zh), "统计");
    let cells: Vec<&str> = rows.iter().flatten().map(String::as_str).collect();
    assert!(cells.contains(&"65") && cells.contains(&"3"));
    assert!(!cells.contains(&"68"), "65 人次 and 3 例 stand apart");
}

#[test]
fn text_is_never_a_formula() {
    for title in ["=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠x", "\t=1", "\r=1"] {
        let sample = sample_with(title);
        let bytes = written(&sample, Lang::Zh);
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).expect("a sound workbook");
        for name in book.sheet_names() {
            let formulas = book.worksheet_formula(&name).expect("a sheet");
            assert!(formulas.rows().flatten().all(String::is_empty), "{title} became a formula on {name}");
        }
        let projects = column(&sheet(&bytes, "场次"), "项目");
        assert!(projects[0].starts_with("P1 "), "{projects:?}");
    }
}

/// A plan without what is not written in the three sheets, its sessions in the planner's order.
fn bare(plan: &Plan) -> (Vec<Session>, Vec<sandan::plan::Launch>) {
    let mut sessions = plan.sessions.clone();
    for session in &mut sessions {
        session.staff.sort();
    }
    (sessions, plan.launches.clone())
}

#[test]
fn a_plan_is_read_back_as_it_was() {
    let mut sample = sample();
    // More needs than fit one row, a fact, and a need that the lists no longer have.
    sample.plan.sessions[1].fact = true;
    sample.plan.sessions[1].needs =
        (0..45).map(|n| sandan::plan::Served { need: format!("X{n:02}"), units: n + 1 }).collect();
    for lang in [Lang::Zh, Lang::En] {
        let read = from_xlsx("plan.xlsx", &written(&sample, lang), &sample.case).expect("a plan");
        assert_eq!(bare(&read), bare(&sample.plan));
        assert!(read.levels.is_empty() && read.case.is_empty());
    }
}

#[test]
fn titles_with_signs_of_their_own_do_not_confuse_the_reader() {
    for title in ["A × 3；B", "a # 2", "x ← y", "1 2 3"] {
        let mut sample = sample_with(title);
        sample.case.needs[0].title = title.to_owned();
        sample.case.resources[1].title = title.to_owned();
        let read = from_xlsx("plan.xlsx", &written(&sample, Lang::Zh), &sample.case).expect("a plan");
        assert_eq!(bare(&read), bare(&sample.plan), "{title}");
    }
}

/// A workbook written by hand: sheets of (name, rows of cells).
fn by_hand(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).expect("a name");
        for (r, row) in rows.iter().enumerate() {
            for (c, cell) in row.iter().enumerate() {
                sheet.write_string(r as u32, c as u16, *cell).expect("a cell");
            }
        }
    }
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn a_plan_made_by_hand_is_read() {
    let bytes = by_hand(&[
        (
            "场次",
            &[
                &["场次号", "项目", "地点", "时段", "服务对象", "场地", "物资"],
                &["甲", "诗词课", "银杏社区", "第1周", "N1×15；N2*5", "R1 #1", "书包×3←G1"],
            ],
        ),
        ("排班", &[&["人员", "场次号", "岗位", "成员"], &["王社工", "甲", "社工", ""], &["V1", "甲", "志愿者", "4"]]),
        (
            "资金",
            &[
                &["资金", "类型", "场次号", "项目", "金额(元)"],
                &["F1", "", "甲", "", "500.5"],
                &["F1", "启动费", "", "P1", "2000"],
            ],
        ),
    ]);
    let plan = from_xlsx("hand.xlsx", &bytes, &sample().case).expect("a plan");
    let session = &plan.sessions[0];
    assert_eq!((session.id.as_str(), session.project.as_str(), session.place.as_str()), ("甲", "P1", "C1"));
    assert_eq!(session.needs.iter().map(|n| (n.need.as_str(), n.units)).collect::<Vec<_>>(), [("N1", 15), ("N2", 5)]);
    assert_eq!((session.venue.as_deref(), session.room), (Some("R1"), Some(1)));
    let seats: Vec<_> = session.staff.iter().map(|s| (s.resource.as_str(), s.member, s.post)).collect();
    assert_eq!(seats, [("S1", 1, 1), ("V1", 4, 2)]);
    assert_eq!((session.funds[0].fen, plan.launches[0].funds[0].fen), (50_050, 200_000));
    assert_eq!((session.goods[0].item.as_str(), session.goods[0].n), ("书包", 3));
}

#[test]
fn what_is_wrong_in_a_plan_made_by_hand_is_said_all_at_once() {
    let bytes = by_hand(&[
        (
            "场次",
            &[
                &["场次号", "项目", "地点", "时段", "服务对象"],
                &["甲", "P1", "C1", "W1", "许多"],
                &["甲", "P2", "C1", "W1", ""],
                &["", "P1", "C1", "W1", "N1×1"],
            ],
        ),
        (
            "排班",
            &[
                &["人员", "场次号", "岗位", "时段"],
                &["S1", "乙", "社工", ""],
                &["S1", "甲", "厨师", ""],
                &["S1", "甲", "社工", "W3"],
            ],
        ),
        (
            "资金",
            &[
                &["资金", "类型", "场次号", "项目", "金额（元）"],
                &["F1", "场次费", "", "", "1"],
                &["F1", "场次费", "甲", "", "一百"],
            ],
        ),
    ]);
    let problems = from_xlsx("hand.xlsx", &bytes, &sample().case).expect_err("problems");
    let found: Vec<_> = problems.iter().map(|p| (p.code(), p.place(Lang::Zh))).collect();
    assert_eq!(
        found,
        [
            ("E907", (Some("场次"), Some(2), Some("服务对象"))),
            ("E905", (Some("场次"), Some(3), Some("项目"))),
            ("E903", (Some("场次"), Some(4), Some("场次号"))),
            ("E904", (Some("排班"), Some(2), Some("场次号"))),
            ("E908", (Some("排班"), Some(3), Some("岗位"))),
            ("E909", (Some("排班"), Some(4), Some("时段"))),
            ("E910", (Some("资金"), Some(2), Some("场次号"))),
            ("E906", (Some("资金"), Some(3), Some("金额（元）"))),
        ]
    );
    let missing = from_xlsx("empty.xlsx", &by_hand(&[("其他", &[])]), &sample().case).expect_err("problems");
    assert_eq!(missing[0].code(), "E901");
    assert!(from_xlsx("bad.xlsx", b"PK\x03\x04 no zip", &sample().case).is_err());
}

#[test]
fn an_empty_plan_is_written_and_read() {
    let mut sample = sample();
    sample.plan = Plan::empty();
    sample.case.resources.retain(|r| r.id != "F1");
    let read = from_xlsx("plan.xlsx", &written(&sample, Lang::Zh), &sample.case).expect("a plan");
    assert!(read.sessions.is_empty() && read.launches.is_empty());
}
