//! The questions about plans as a planner asks them on the command line.
#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder of its own for each test, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    /// With a case of two needs that one social worker cannot both serve, and a plan of it.
    fn new(name: &str) -> Self {
        Folder::of(
            name,
            &[
                (
                    "需求清单.csv",
                    "编号,地点,服务类别,数量,优先级\nN1,银杏社区,诗词,8,2\nN2,银杏社区,京剧,8,1\nN3,银杏社区,游泳,1,1\n",
                ),
                ("项目清单.csv", "编号,服务类别,每场人数,岗位\nP1,诗词,10,社工:1\nP2,京剧,10,社工:1\n"),
                ("资源清单.csv", "编号,岗位,地点\nS1,社工,银杏社区\n"),
                ("规则.csv", "编号,规则,项目,下限\nQ1,sessions,P2,1\n"),
                ("时段.csv", "编号\nW1\n"),
                ("设置.csv", "键,值\nlevels,must | coverage | quota | cost\n"),
            ],
        )
    }

    /// With a case of these tables, and a plan of it.
    fn of(name: &str, tables: &[(&str, &str)]) -> Self {
        let folder = Folder(std::env::temp_dir().join(format!("sandan-answers-{name}-{}", std::process::id())));
        let _ = fs::remove_dir_all(&folder.0);
        fs::create_dir_all(folder.path("case")).expect("a temporary folder");
        for (name, text) in tables {
            fs::write(folder.path("case").join(name), text).expect("a file");
        }
        let out = folder.path("plan.json");
        let done = folder.run(&["match", &folder.arg("case"), "--out", out.to_str().expect("a path")]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn arg(&self, name: &str) -> String {
        self.path(name).to_str().expect("a path").to_owned()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sandan"));
        command.args(arguments).env_remove("LANG").env_remove("LC_ALL").env_remove("LC_MESSAGES");
        command.output().expect("the command runs")
    }

    /// Standard output of a question that is answered.
    fn ask(&self, task: &str, arguments: &[&str]) -> String {
        let (case, plan) = (self.arg("case"), self.arg("plan.json"));
        let mut all = vec![task, &case, &plan];
        all.extend(arguments);
        let done = self.run(&all);
        assert!(done.status.success(), "{task}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).expect("text")
    }

    fn json(&self, task: &str, arguments: &[&str]) -> serde_json::Value {
        let text = self.ask(task, &[arguments, &["--json"]].concat());
        serde_json::from_str(&text).expect("a document")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn why_says_the_verdict_in_both_languages_and_as_json() {
    let folder = Folder::new("why");
    let text = folder.ask("why", &["--need", "N2"]);
    assert!(text.contains("有更要紧的") && text.contains("N1"), "{text}");
    let text = folder.ask("why", &["--need", "N3", "--lang", "en"]);
    assert!(text.contains("impossible") && text.contains("no project offers"), "{text}");
    let document = folder.json("why", &["--need", "N2"]);
    assert_eq!((document["format"].as_str(), document["verdict"].as_str()), (Some("sandan-answer/1"), Some("outbid")));
    assert_eq!(document["levels"][1]["change"], -8);
    let text = folder.ask("why", &["--rule", "Q1"]);
    assert!(text.contains("规则 Q1") && text.contains("第 2 级"), "{text}");
    let text = folder.ask("why", &["--triple", "N1", "P1", "S1"]);
    assert!(text.contains("S0001"), "{text}");
    let other = folder.arg("other.json");
    folder.ask("why", &["--need", "N2", "--out", &other]);
    assert!(Path::new(&other).is_file());
    let text = folder.ask("compare", &[&other]);
    assert!(text.contains("N2") && text.contains("N1"), "{text}");
}

#[test]
fn a_question_about_what_is_not_there_is_bad_input() {
    let folder = Folder::new("absent");
    let (case, plan) = (folder.arg("case"), folder.arg("plan.json"));
    for asked in [
        &["why", &case, &plan, "--need", "N9"][..],
        &["why", &case, &plan, "--rule", "Q9"],
        &["why", &case, &plan],
        &["why", &case, &plan, "--need", "N1", "--rule", "Q1"],
        &["why", &case, &plan, "--rule", "Q1", "--per", "place"],
        &["why", &case, &plan, "--triple", "N1", "P1"],
        &["repairs", &case, &plan, "--need", "N9"],
        &["repairs", &case, &plan, "--need", "N2", "--price", "gold=1"],
        &["recommend", &case, &plan],
        &["recommend", &case, &plan, "--resource", "S9"],
    ] {
        let done = folder.run(asked);
        assert_eq!(done.status.code(), Some(2), "{asked:?}");
        assert!(!done.stderr.is_empty() && done.stdout.is_empty(), "{asked:?}");
    }
}

#[test]
fn repairs_gaps_prices_recommend_fairness_and_audit_answer() {
    let folder = Folder::new("all");
    let text = folder.ask("repairs", &["--need", "N2"]);
    assert!(text.contains("再有 1 名 社工"), "{text}");
    let document = folder.json("repairs", &["--need", "N2", "--price", "limit=1"]);
    assert_eq!(document["repairs"][0]["changes"][0]["kind"], "raise", "{document:#}");
    let text = folder.ask("gaps", &[]);
    assert!(text.contains("可多服务 8 人次"), "{text}");
    assert!(folder.ask("prices", &["--lang", "en"]).contains("serves 8 人次 more"));
    assert!(folder.ask("recommend", &["--resource", "S1"]).contains("凑不成一场"));
    assert!(folder.ask("fairness", &["--lang", "en"]).contains("price of fairness"));
    assert!(folder.ask("audit", &[]).contains("levels = must | coverage | quota | cost"));
}

#[test]
fn match_explains_every_unmet_need_when_asked() {
    let folder = Folder::new("explain");
    let out = folder.arg("explained.json");
    let done = folder.run(&["match", &folder.arg("case"), "--out", &out, "--explain", "all"]);
    assert!(done.status.success());
    let plan: serde_json::Value = serde_json::from_slice(&fs::read(&out).expect("a plan")).expect("JSON");
    let verdicts: Vec<&str> =
        plan["unmet"].as_array().expect("a list").iter().filter_map(|u| u["reason"]["verdict"].as_str()).collect();
    assert_eq!(verdicts, ["outbid", "impossible"]);
    assert_eq!(plan["unmet"][1]["reason"]["fact"], "not-offered");
    assert_eq!(plan["shortfalls"][0]["reason"]["verdict"], "outbid");
    assert!(String::from_utf8_lossy(&done.stderr).contains("没有证出的 0 处"));
    let checked = folder.run(&["check", &folder.arg("case"), &out]);
    assert!(checked.status.success(), "an explained plan passes the check");
}

#[test]
fn rematch_writes_the_plan_and_the_lists_after_the_events() {
    let folder = Folder::new("rematch");
    fs::write(folder.path("events.json"), r#"[{"kind": "撤回需求", "需求": "N1"}]"#).expect("a file");
    let (case, plan, events) = (folder.arg("case"), folder.arg("plan.json"), folder.arg("events.json"));
    let (out, lists) = (folder.arg("next.json"), folder.arg("next_case.json"));
    let asked = ["rematch", &case, "--previous", &plan, "--events", &events, "--out", &out, "--lists", &lists];
    let done = folder.run(&asked);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(text.contains("变动") && text.contains("因事件 1"), "{text}");
    let checked = folder.run(&["check", &lists, &out]);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
    fs::write(folder.path("events.json"), r#"[{"kind": "撤回需求", "需求": "N9"}]"#).expect("a file");
    let done = folder.run(&asked);
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&done.stderr).contains("第 1 个事件"));
}

/// A hundred communities with a volunteer each, all of them busy, and money for all needs but one.
fn short_of_money(name: &str) -> Folder {
    let (mut needs, mut staff) =
        (String::from("编号,地点,服务类别,数量\n"), String::from("编号,类型,岗位,地点,数额\n"));
    for at in 1..=110 {
        needs.push_str(&format!("N{at:03},C{at:03},诗词,10\n"));
        staff.push_str(&format!("T{at:03},人员,志愿者,C{at:03},\n"));
    }
    needs.push_str("N111,C001,诗词,10\n");
    staff.push_str("T111,人员,志愿者,C001,\n捐款,资金,,,11000\n");
    Folder::of(
        name,
        &[
            ("需求清单.csv", &needs),
            ("项目清单.csv", "编号,服务类别,每场人数,岗位,每场费\nP1,诗词,10,志愿者:1,100\n"),
            ("资源清单.csv", &staff),
            ("时段.csv", "编号\nW1\n"),
        ],
    )
}

#[test]
fn prices_try_what_binds_first_among_many_scarce_things() {
    let folder = short_of_money("binds");
    let document = folder.json("prices", &[]);
    let first = &document["gaps"][0];
    assert_eq!((&first["resources"][0], &first["units"]["人次"]), (&"捐款".into(), &10.into()), "{document:#}");
    assert_eq!(first["cost"], 110, "money raised costs what money costs");
    assert!(document["left_out"].as_u64().is_some_and(|n| n > 0), "{document:#}");
    assert!(folder.ask("prices", &[]).contains("没有逐一求解"));
}

#[test]
fn refusals_and_empty_answers_say_what_is_so_in_the_planners_words() {
    let folder = short_of_money("words");
    let (case, plan) = (folder.arg("case"), folder.arg("plan.json"));
    let refused = |lang: &str| {
        let done = folder.run(&["why", &case, &plan, "--need", "N9", "--lang", lang]);
        String::from_utf8_lossy(&done.stderr).into_owned()
    };
    assert!(refused("zh").contains("需求清单里没有“N9”"), "{}", refused("zh"));
    assert!(refused("en").contains("the table `needs` has no `N9`"), "{}", refused("en"));
    let served = folder.json("compare", &[&plan]);
    assert_eq!(served["gained"], serde_json::json!([]));
    let unmet: serde_json::Value = serde_json::from_slice(&fs::read(&plan).expect("a plan")).expect("JSON");
    let open = unmet["unmet"][0]["need"].as_str().expect("one is unmet").to_owned();
    let met = if open == "N001" { "N002" } else { "N001" };
    assert!(folder.ask("recommend", &["--need", met]).contains("已全部服务"));
    assert!(folder.ask("recommend", &["--need", &open]).contains("凑不成一场"));
    assert!(folder.ask("recommend", &["--need", met, "--lang", "en"]).contains("fully served"));
    assert!(folder.ask("audit", &[]).contains("改过的设置\n  没有"));
    let text = folder.ask("fairness", &[]);
    assert!(text.contains("让出 0，已证"), "{text}");
}

/// What is said of an event, in Chinese and in English.
fn said(event: &str) -> [String; 2] {
    let faults = sandan::answers::events::read(&format!("[{event}]")).expect_err("a faulty event");
    [sandan::lists::Lang::Zh, sandan::lists::Lang::En].map(|lang| faults[0].message(lang))
}

#[test]
fn an_event_that_cannot_be_read_is_said_in_the_planners_language() {
    let [zh, en] = said(r#"{"kind": "foo"}"#);
    assert!(zh.starts_with("第 1 个事件：没有“foo”这种事件；应为：退出、"), "{zh}");
    assert!(en.contains("there is no kind `foo`; expected: dropped_out, ") && en.is_ascii(), "{en}");
    let [zh, en] = said(r#"{"kind": "撤回需求", "需求": "N1", "bogus": 1}"#);
    assert_eq!(zh, "第 1 个事件：这种事件没有“bogus”这一项；应为：需求、数量、日期、备注");
    assert_eq!(en, "event 1: such an event has no `bogus`; expected: need, units, date, note");
    assert_eq!(said(r#"{"kind": "场次取消"}"#)[0], "第 1 个事件：缺少“场次”");
    let [zh, en] = said(r#"{"kind": "结果上报", "场次": "S1", "实际": 5}"#);
    assert_eq!(zh, "第 1 个事件：写的是 5，应为一组“名称: 值”");
    assert_eq!(en, "event 1: found `5`, expected a map");
    assert!(!said("7")[0].contains("enum") && !said("7")[1].contains("enum"), "{:?}", said("7"));
}

#[test]
fn warnings_about_the_lists_are_said_once_and_not_with_every_answer() {
    let folder = Folder::new("warnings");
    fs::write(folder.path("case").join("时段.csv"), "编号\nW1\nW2\n").expect("a file");
    let (case, plan, out) = (folder.arg("case"), folder.arg("plan.json"), folder.arg("next.json"));
    let said = |arguments: &[&str]| {
        let done = folder.run(arguments);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stderr).contains("[W306]")
    };
    assert!(said(&["match", &case, "--out", &plan]));
    assert!(said(&["check", &case, &plan]));
    assert!(!said(&["why", &case, &plan, "--need", "N3"]));
    assert!(!said(&["gaps", &case, &plan]));
    assert!(said(&["rematch", &case, "--previous", &plan, "--out", &out]), "the lists may have changed");
    let events = folder.path("events.json");
    fs::write(&events, r#"[{"kind": "need_withdrawn", "need": "N3"}]"#).expect("a file");
    let events = events.to_str().expect("a path");
    assert!(!said(&["rematch", &case, "--previous", &plan, "--events", events, "--out", &out]));
}
