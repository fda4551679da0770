//! Sound tables become the case that a planner means, whatever the language and order in which they are written.

#[path = "faults/sheets_text.rs"]
mod sheets_text;

use sandan::intake::columns::{columns, example_rows};
use sandan::intake::{Intake, Sheet, SheetRow, Sheets, settings_as_written, understand};
use sandan::lists::{Kind, Lang, PeriodId, Table};
use sheets_text::sheets;

fn understood(text: &str) -> Intake {
    understand(&sheets(text)).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// The worked example of the catalogue as tables.
fn example(lang: Lang) -> Sheets {
    let table = |table: Table| Sheet {
        table,
        header: columns(table).iter().map(|c| c.header(lang).to_owned()).collect(),
        rows: (2..)
            .zip(example_rows(table, lang))
            .map(|(number, row)| SheetRow { number, cells: row.into_iter().map(str::to_owned).collect() })
            .collect(),
    };
    Sheets { sheets: Table::ALL.into_iter().filter(|t| *t != Table::Previous).map(table).collect(), previous: None }
}

#[test]
fn the_worked_example_is_a_sound_case_in_both_languages() {
    for lang in [Lang::Zh, Lang::En] {
        let intake = understand(&example(lang)).unwrap_or_else(|problems| panic!("{problems:#?}"));
        assert_eq!(intake.warnings, [], "{lang:?}");
        let case = intake.case;
        assert_eq!((case.needs.len(), case.projects[0].posts.len(), case.places.len(), case.rules.len()), (1, 3, 4, 1));
    }
}

#[test]
fn without_tables_places_and_periods_are_those_that_cells_name() {
    let case = understood(
        "# needs
         id, place, services, periods
         N1, C1, s, W10;W2
         # projects
         id, services, places
         P1, s, C2|online
         # resources
         id, roles, skills
         R1, a, k@W1",
    )
    .case;
    let places: Vec<&str> = case.places.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(places, ["C1", "C2", "online"]);
    let periods: Vec<&str> = case.periods.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(periods, ["W1", "W2", "W10"]);
    assert!(case.needs[0].periods.contains(PeriodId(2)) && !case.needs[0].periods.contains(PeriodId(0)));
    assert_eq!(case.resources[0].kind, Kind::Staff);
}

/// The sound case of the fault table with Chinese headers, columns and rows in another order.
fn rewritten(sheets: &Sheets) -> Sheets {
    let rewrite = |sheet: &Sheet| {
        let width = sheet.header.len();
        let turn = |cells: &[String]| -> Vec<String> {
            (0..width).rev().map(|cell| cells.get(cell).cloned().unwrap_or_default()).collect()
        };
        let chinese = |name: &String| {
            let column = columns(sheet.table).iter().find(|c| c.name == name).expect("a known column");
            format!(" {} ", column.chinese)
        };
        let mut rows: Vec<SheetRow> =
            sheet.rows.iter().map(|row| SheetRow { number: row.number + 7, cells: turn(&row.cells) }).collect();
        if !matches!(sheet.table, Table::Periods | Table::Requirements) {
            rows.reverse();
        }
        Sheet { table: sheet.table, header: turn(&sheet.header.iter().map(chinese).collect::<Vec<_>>()), rows }
    };
    Sheets { sheets: sheets.sheets.iter().rev().map(rewrite).collect(), previous: sheets.previous.clone() }
}

#[test]
fn the_hash_knows_neither_language_nor_order_nor_notes() {
    let base = sheets(include_str!("faults/base.txt"));
    let hash = |sheets: &Sheets| understand(sheets).unwrap_or_else(|p| panic!("{p:#?}")).case.hash;
    let expected = hash(&base);
    assert_eq!(hash(&rewritten(&base)), expected);
    let mut noted = base.clone();
    for sheet in &mut noted.sheets {
        let note = sheet.header.iter().position(|h| h == "note").expect("a note column");
        let title = sheet.header.iter().position(|h| h == "title");
        for row in &mut sheet.rows {
            row.cells.resize(sheet.header.len(), String::new());
            for cell in std::iter::once(note).chain(title) {
                row.cells[cell] = "another".to_owned();
            }
        }
    }
    assert_eq!(hash(&noted), expected, "notes and titles");
    let mut previous = base.clone();
    previous.previous = Some(sandan::plan::Plan::empty().to_json());
    assert_eq!(hash(&previous), expected, "the previous plan");
    let mut threads = base.clone();
    let row = |key: &str, value: &str| SheetRow { number: 20, cells: vec![key.to_owned(), value.to_owned()] };
    threads.sheets.last_mut().expect("settings").rows.push(row("threads", "2"));
    assert_eq!(hash(&threads), expected, "threads");
    threads.sheets.last_mut().expect("settings").rows.push(row("seed", "2"));
    assert_ne!(hash(&threads), expected, "seed");
}

#[test]
fn a_default_written_out_is_the_default() {
    let blank = "# needs
         id, place, services
         N1, C1, s
         # projects
         id, services
         P1, s
         # resources
         id, roles
         R1, a";
    let full = "# needs
         id, place, services, quantity, unit, priority, must, whole, one_project, reach_minutes, group
         N1, C1, s, 1.0, 人次, １, 否, no, 0, 0, C1
         # projects
         id, services, reach_minutes, online, span, size, min_size, min_sessions, launch_cost, quality
         P1, s, 15, FALSE, 1, 1, 0, 0, 0.00, 0
         # resources
         id, kind, roles, reach_minutes, count, per_period, cost
         R1, 人员, a, 15, 1, 1, 0
         # settings
         key, value
         levels, 必须|配额|覆盖|费用 路程 工时 变动 偏好 质量
         gap, 0.0010";
    assert_eq!(understood(blank).case.hash, understood(full).case.hash);
}

#[test]
fn short_forms_become_posts_goods_and_skills() {
    let case = understand(&sheets(include_str!("faults/base.txt"))).expect("sound").case;
    let project = &case.projects[case.project("P1").expect("P1").index()];
    assert_eq!((project.session_cost_fen, project.unit_cost_fen, project.launch_cost_fen), (5_050, 125, 10_000));
    let posts: Vec<_> = project.posts.iter().map(|p| (p.number, case.text(p.role), p.count, p.per_units)).collect();
    assert_eq!(posts, [(1, "社工", 1, None), (2, "志愿者", 1, Some(10))]);
    let goods: Vec<_> = project.goods.iter().map(|g| (case.text(g.item), g.n, g.per_unit)).collect();
    assert_eq!(goods, [("书包", 1, false), ("练习册", 1, true)]);
    let team = &case.resources[case.resource("R1").expect("R1").index()];
    let skill = team.skills.iter().find(|s| case.text(s.tag) == "心理咨询").expect("the skill");
    assert_eq!(skill.periods.iter(case.periods.len()).map(|p| p.0).collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!((team.prefers_services.len(), team.prefers_projects.len()), (1, 1));
    let second = &case.projects[case.project("P2").expect("P2").index()];
    let orgs = second.posts[1].orgs.as_ref().expect("orgs");
    assert!(orgs.own && orgs.named.len() == 1);
    assert!(case.rules[0].theme && case.rules[0].services.as_ref().is_some_and(|s| s.is_empty()));
    assert_eq!(case.settings.freeze_before, Some(PeriodId(1)));
}

#[test]
fn several_ranges_of_one_skill_are_joined() {
    let case = understood(
        "# needs
         id, place, services, periods
         N1, C1, s, 2025-01..2025-06
         # projects
         id, services
         P1, s
         # resources
         id, roles, skills
         R1, a, 急救@2025-01..2025-02; 急救@2025-05; 急救＠2025-06",
    )
    .case;
    let skill = &case.resources[0].skills;
    assert_eq!(skill.len(), 1);
    assert_eq!(skill[0].periods.iter(6).map(|p| p.0).collect::<Vec<_>>(), [0, 1, 4, 5]);
}

#[test]
fn settings_are_read_back_as_they_were_written() {
    let case = understand(&sheets(include_str!("faults/base.txt"))).expect("sound").case;
    let written = settings_as_written(&case.settings, &case.periods);
    assert_eq!(written["fairness"], "0.3:3; 0.6:2; 1.0:1");
    assert_eq!((written["gap"].as_str(), written["speed_kmh"].as_str()), ("0.001", "12.5"));
    let mut again = sheets(include_str!("faults/base.txt"));
    let table = again.sheets.iter_mut().find(|sheet| sheet.table == Table::Settings).expect("settings");
    let rows = (2..).zip(&written);
    table.rows = rows.map(|(number, (k, v))| SheetRow { number, cells: vec![k.clone(), v.clone()] }).collect();
    let again = understand(&again).unwrap_or_else(|problems| panic!("{problems:#?}")).case;
    assert_eq!((again.settings, again.hash), (case.settings, case.hash));
}

#[test]
fn tables_with_a_header_only_count_as_absent() {
    let mut written = sheets(
        "# needs
         id, place, services, periods
         N1, C1, s, W1
         # projects
         id, services
         P1, s
         # resources
         id, roles
         R1, a",
    );
    let plain = understand(&written).expect("sound").case;
    for table in Table::ALL.into_iter().skip(3).take(8) {
        let header = columns(table).iter().take(1).map(|c| c.chinese.to_owned()).collect();
        let blank = SheetRow { number: 2, cells: vec![" ".to_owned(), "\u{3000}".to_owned()] };
        written.sheets.push(Sheet { table, header, rows: vec![blank] });
    }
    let intake = understand(&written).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!((intake.case.hash, intake.warnings.len()), (plain.hash, 0));
}
