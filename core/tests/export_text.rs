//! Summary, rota pages and calendars of a plan.

mod sample;

use sample::{sample, sample_with};
use sandan::export::{calendar, rota, summary::summary};
use sandan::lists::Lang;
use sandan::plan::Plan;

#[test]
fn the_summary_says_what_a_planner_asks_first() {
    let sample = sample();
    let text = summary(&sample.case, &sample.plan, Lang::Zh);
    for said in [
        "方案：已证明在容差之内",
        "4 场次，3 个项目，3 个地点，6 人上岗",
        "必须的需求全部满足",
        "上界 52，差距 1.9231%",
        "未满足：3 项需求，15 人次、2 例",
        "合格的人员或场地都已排满：S1 王社工、S2 李社工、V1 暑期志愿队",
        "没有项目能为它提供这类服务",
        "配额缺口：1 处，共缺 1",
        "F1 公益创投资金  5,000.00  3,001.00  1,999.00",
        "领办 1 家，联办 2 家，出人 2 家",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    let english = summary(&sample.case, &sample.plan, Lang::En);
    for said in
        ["4 sessions, 3 projects, 3 places, 6 members on duty", "1 session here", "Unmet: 3 needs, 15 人次, 2 例"]
    {
        assert!(english.contains(said), "{said}\n{english}");
    }
}

#[test]
fn the_scarcest_resources_come_by_used_over_available() {
    let sample = sample();
    let text = summary(&sample.case, &sample.plan, Lang::Zh);
    let at = |name: &str| text.find(name).expect("a line of the scarcest");
    // 30 ÷ 40 > 3001 ÷ 5000 > 6 ÷ 16 > 11 ÷ 32 > 1 ÷ 4.
    let order = ["物资  G1", "资金  F1", "人员  V1", "人员  社工", "场地  R1"].map(at);
    assert!(order.is_sorted(), "{text}");
}

#[test]
fn a_plan_that_lists_nothing_unmet_does_not_pass_for_one_that_meets_all() {
    let sample = sample();
    let text = summary(&sample.case, &Plan::empty(), Lang::Zh);
    assert!(text.contains("未满足：5 项需求，65 人次、3 例"), "{text}");
}

#[test]
fn no_output_holds_control_characters() {
    let sample = sample_with("\u{1b}[2J诗\u{202e}词\u{7}\u{9b}课");
    let texts = [
        summary(&sample.case, &sample.plan, Lang::Zh),
        rota::text(&sample.case, &sample.plan, Lang::Zh),
        rota::html(&sample.case, &sample.plan, Lang::Zh),
        calendar::sessions(&sample.case, &sample.plan, Lang::Zh).text.replace("\r\n", "\n"),
    ];
    for text in texts {
        assert!(text.chars().all(|c| (!c.is_control() || c == '\n') && c != '\u{202e}'), "{text}");
    }
}

#[test]
fn every_serving_member_has_one_page() {
    let sample = sample();
    let pages = rota::pages(&sample.case, &sample.plan, Lang::Zh);
    let members: Vec<(&str, i64)> = pages.iter().map(|p| (p.resource.as_str(), p.member)).collect();
    assert_eq!(members, [("S1", 1), ("S2", 1), ("V1", 1), ("V1", 2), ("V1", 3), ("V1", 4)]);
    assert_eq!(rota::html(&sample.case, &sample.plan, Lang::Zh).matches("<section>").count(), 6);
    // Session, role, place and period of the rotating post in its own week only.
    assert!(pages[2].text.contains("W2 第2周") && !pages[2].text.contains("W3"), "{}", pages[2].text);
    for said in ["S0001", "社工", "C1 银杏社区", "W1 第1周", "工时合计 7"] {
        assert!(pages[0].text.contains(said) && pages[0].html.contains(said), "{said}");
    }
}

#[test]
fn rota_pages_name_nobody_who_is_served_and_run_nothing() {
    let sample = sample_with("<script>alert(1)</script>");
    let html = rota::html(&sample.case, &sample.plan, Lang::Zh);
    assert!(!html.contains("<script") && html.contains("&lt;script&gt;"));
    assert!(!html.contains("http:") && !html.contains("https:"));
    assert!(!html.contains("N3") && !html.contains("情绪困扰"));
}

#[test]
fn calendars_follow_the_standard() {
    let sample = sample_with(&"很长的名称,有逗号;分号\\和换行\n".repeat(8));
    let calendar = calendar::sessions(&sample.case, &sample.plan, Lang::Zh);
    // The course runs two weeks: two events.
    assert_eq!((calendar.events, calendar.undated), (5, 0));
    assert!(calendar.text.ends_with("END:VCALENDAR\r\n"));
    for line in calendar.text.split_terminator("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line}");
    }
    let unfolded = calendar.text.replace("\r\n ", "");
    assert!(unfolded.contains("DTSTART;VALUE=DATE:20250707\r\nDTEND;VALUE=DATE:20250714\r\n"));
    assert!(unfolded.contains("DTSTAMP:20250707T000000Z"));
    assert!(unfolded.contains("有逗号\\;分号\\\\和换行") || unfolded.contains("很长的名称\\,有逗号\\;分号\\\\和换行"));
    let ids: std::collections::BTreeSet<&str> = unfolded.split("\r\n").filter(|l| l.starts_with("UID:")).collect();
    assert_eq!(ids.len(), 5);
}

#[test]
fn identifiers_outlive_a_new_numbering() {
    let sample = sample();
    let ids = |plan: &Plan| -> Vec<String> {
        let text = calendar::sessions(&sample.case, plan, Lang::Zh).text;
        text.lines().filter(|l| l.starts_with("UID:")).map(str::to_owned).collect()
    };
    let mut fewer = sample.plan.clone();
    fewer.sessions.remove(0);
    fewer.put_in_order(sample.case.periods.iter().map(|p| p.id.as_str()));
    assert_eq!(ids(&fewer), ids(&sample.plan)[1..]);
}

#[test]
fn hours_and_zones_and_missing_dates() {
    let mut sample = sample();
    sample.case.periods[0].start = "2025-07-07T09:30".to_owned();
    sample.case.periods[0].end = "2025-07-07T10:00".to_owned();
    sample.case.periods[3].start = String::new();
    let calendar = calendar::sessions(&sample.case, &sample.plan, Lang::En);
    assert_eq!((calendar.events, calendar.undated), (4, 1));
    assert!(calendar.text.contains("DTSTART:20250707T093000\r\nDTEND:20250707T100000\r\n"));
    let members = calendar::members(&sample.case, &sample.plan, Lang::En);
    assert_eq!(members.len(), 6);
    assert_eq!((members[1].calendar.events, members[1].calendar.undated), (1, 1));
}
