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
        let folder = Folder(std::env::temp_dir().join(format!("sandan-answers-{name}-{}", std::process::id())));
        let _ = fs::remove_dir_all(&folder.0);
        fs::create_dir_all(folder.path("case")).expect("a temporary folder");
        let write = |name: &str, text: &str| fs::write(folder.path("case").join(name), text).expect("a file");
        write(
            "需求清单.csv",
            "编号,地点,服务类别,数量,优先级\nN1,银杏社区,诗词,8,2\nN2,银杏社区,京剧,8,1\nN3,银杏社区,游泳,1,1\n",
        );
        write("项目清单.csv", "编号,服务类别,每场人数,岗位\nP1,诗词,10,社工:1\nP2,京剧,10,社工:1\n");
        write("资源清单.csv", "编号,岗位,地点\nS1,社工,银杏社区\n");
        write("规则.csv", "编号,规则,项目,下限\nQ1,sessions,P2,1\n");
        write("时段.csv", "编号\nW1\n");
        write("设置.csv", "键,值\nlevels,must | coverage | quota | cost\n");
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
