//! The command as a planner meets it: exit codes, what goes where, and what is left on the disk.
#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder of its own for each test, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("sandan-cli-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a temporary folder");
        Folder(path)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Writes a case: one class for ten, one social worker, two weeks.
    fn case(&self) -> PathBuf {
        let case = self.path("case");
        fs::create_dir_all(&case).expect("a folder");
        let write = |name: &str, text: &str| fs::write(case.join(name), text).expect("a file");
        write("需求清单.csv", "编号,地点,服务类别,数量\nN1,银杏社区,诗词,8\n");
        write("项目清单.csv", "编号,服务类别,每场人数,岗位\nP1,诗词,10,社工:1\n");
        write("资源清单.csv", "编号,岗位\nS1,社工\n");
        write("时段.csv", "编号,开始,结束\nW1,2025-07-07,2025-07-14\nW2,2025-07-14,2025-07-21\n");
        case
    }

    /// Writes a plan of that case: one session in W1.
    fn plan(&self, name: &str, units: i64, staff: &str) -> PathBuf {
        let path = self.path(name);
        let plan = format!(
            r#"{{"format": "sandan-plan/1", "sessions": [{{"id": "S0001", "project": "P1", "place": "银杏社区",
            "period": "W1", "needs": [{{"need": "N1", "units": {units}}}],
            "staff": [{{"resource": "{staff}", "member": 1, "post": 1, "role": "社工"}}]}}]}}"#
        );
        fs::write(&path, plan).expect("a file");
        path
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).expect("the folder");
        let mut names: Vec<String> =
            entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn sandan(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sandan"));
    command.args(arguments).env("LANG", "zh_CN.UTF-8").env_remove("LC_ALL").env_remove("LC_MESSAGES");
    command.output().expect("the command runs")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("an exit code")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

#[test]
fn a_match_prints_the_summary_and_writes_what_was_asked_for() {
    let folder = Folder::new("match");
    let case = folder.case();
    let plan = folder.path("plan.json");
    let rota = folder.path("rota.html");
    let output = sandan(&["match", text(&case), "--out", text(&plan), "--rota", text(&rota)]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(out(&output).starts_with("方案："), "{}", out(&output));
    let written = fs::read_to_string(&plan).expect("the plan");
    assert!(written.contains("\"format\": \"sandan-plan/1\""));
    assert!(fs::read_to_string(&rota).expect("the rota").contains("</html>"));
    assert_eq!(folder.names(), ["case", "plan.json", "rota.html"], "nothing half-written is left");
    assert_eq!(code(&sandan(&["check", text(&case), text(&plan)])), 0);
}

#[test]
fn piped_output_holds_no_control_characters_and_no_progress() {
    let folder = Folder::new("piped");
    let case = folder.case();
    fs::write(case.join("地点.csv"), "编号,名称\n银杏社区,\u{1b}[31m红\u{7}\n").expect("a file");
    let output = sandan(&["match", text(&case)]);
    for text in [out(&output), err(&output)] {
        assert!(text.chars().all(|c| !c.is_control() || c == '\n'), "{text:?}");
        assert!(!text.contains("整理清单"), "{text}");
    }
    let quiet = sandan(&["match", text(&folder.case()), "--quiet"]);
    assert_eq!(out(&quiet), "");
}

#[test]
fn bad_input_ends_with_2_and_says_table_row_and_column() {
    let folder = Folder::new("bad");
    let case = folder.case();
    fs::write(case.join("需求清单.csv"), "编号,地点,服务类别,数量\nN1,银杏社区,诗词,8\nN2,银杏社区,诗词,三个\n")
        .expect("a file");
    let plan = folder.path("plan.json");
    let output = sandan(&["match", text(&case), "--out", text(&plan)]);
    assert_eq!(code(&output), 2);
    let said = err(&output);
    assert!(said.lines().any(|l| l.starts_with("需求清单 第3行 “数量”：") && l.contains("E202")), "{said}");
    assert!(!plan.exists());
    let english = err(&sandan(&["match", text(&case), "--lang", "en"]));
    assert!(english.lines().any(|l| l.starts_with("needs row 3 `quantity`: ") && l.contains("E202")), "{english}");
}

#[test]
fn problems_are_a_json_list_when_asked_for() {
    let folder = Folder::new("json");
    let case = folder.case();
    fs::write(case.join("资源清单.csv"), "编号,岗位,人数\nS1,社工,x\n").expect("a file");
    let output = sandan(&["match", text(&case), "--json"]);
    assert_eq!(code(&output), 2);
    let list: serde_json::Value = serde_json::from_str(&out(&output)).expect("JSON");
    let list = list.as_array().expect("a list");
    let first = list.iter().find(|p| p["code"].as_str().is_some_and(|c| c.starts_with('E'))).expect("an error");
    let object = first.as_object().expect("an object");
    let mut keys: Vec<&str> = object.keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["code", "column", "expected", "hint", "message", "row", "table", "value"]);
    assert_eq!(
        (first["table"].as_str(), first["row"].as_u64(), first["column"].as_str()),
        (Some("resources"), Some(2), Some("count"))
    );
    // A sound case gives a list too: of warnings.
    let sound = sandan(&["match", text(&folder.case()), "--json"]);
    assert_eq!(code(&sound), 0, "{}", err(&sound));
    assert!(serde_json::from_str::<Vec<serde_json::Value>>(&out(&sound)).is_ok());
    assert!(err(&sound).contains("方案："));
}

#[test]
fn missing_files_are_bad_input_in_both_languages() {
    for arguments in [
        &["match", "/no/such/case"][..],
        &["check", "/no/such/case", "/no/such/plan"],
        &["convert", "/no", "--out", "/tmp/x"],
    ] {
        let output = sandan(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(err(&output).contains("E001"));
    }
    assert!(err(&sandan(&["match", "/no/such/case", "--lang", "en"])).contains("cannot be read"));
    assert!(err(&sandan(&["match", "/no/such/case"])).contains("无法读取"));
    // A plan that cannot be read.
    let folder = Folder::new("missing");
    let case = folder.case();
    let output = sandan(&["check", text(&case), text(&folder.path("none.json"))]);
    assert_eq!(code(&output), 2);
    fs::write(folder.path("broken.json"), "{\"format\": \"sandan-plan/1\",\n \"sessions\": [}").expect("a file");
    let output = sandan(&["check", text(&case), text(&folder.path("broken.json"))]);
    assert!(code(&output) == 2 && err(&output).contains("E014"), "{}", err(&output));
    fs::write(folder.path("other.json"), "{\"format\": \"sandan-plan/9\"}").expect("a file");
    assert_eq!(code(&sandan(&["check", text(&case), text(&folder.path("other.json"))])), 2);
}

#[test]
fn wrong_arguments_are_explained_in_the_language() {
    let output = sandan(&["match", "x", "--foo"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("没有“--foo”这个选项"), "{}", err(&output));
    assert!(err(&sandan(&["match", "--lang", "en", "x", "--foo"])).contains("unexpected argument"));
    assert!(err(&sandan(&["check", "x"])).contains("还缺少：<PLAN>"));
    assert!(err(&sandan(&["match", "x", "--gap", "2"])).contains("不能是“2”"));
    let help = sandan(&["--help"]);
    assert_eq!(code(&help), 0);
    assert!(out(&help).contains("match") && out(&help).contains("求方案"));
    assert_eq!(code(&sandan(&["--version"])), 0);
}

#[test]
fn a_place_that_cannot_be_written_is_said_before_the_work() {
    let folder = Folder::new("unwritable");
    let case = folder.case();
    let plan = folder.path("plan.json");
    let output = sandan(&["match", text(&case), "--out", text(&plan), "--rota", text(&folder.path("no/such/rota"))]);
    assert_eq!(code(&output), 74, "{}", err(&output));
    assert!(err(&output).contains("E022") && !plan.exists());
    fs::create_dir_all(folder.path("full")).expect("a folder");
    fs::write(folder.path("full/mine.txt"), "mine").expect("a file");
    let output = sandan(&["match", text(&case), "--rota", text(&folder.path("full"))]);
    assert_eq!(code(&output), 74, "{}", err(&output));
    assert_eq!(fs::read_to_string(folder.path("full/mine.txt")).expect("the file"), "mine");
    // One place for two things.
    let output = sandan(&["match", text(&case), "--out", text(&plan), "--rota", text(&plan)]);
    assert!(code(&output) == 74 || code(&output) == 2);
    assert!(!plan.exists());
}

#[test]
fn check_ends_with_0_or_1() {
    let folder = Folder::new("check");
    let case = folder.case();
    let sound = sandan(&["check", text(&case), text(&folder.plan("sound.json", 8, "S1"))]);
    assert_eq!(code(&sound), 0, "{}{}", out(&sound), err(&sound));
    assert!(out(&sound).contains("合规：1 场"));
    let broken = sandan(&["check", text(&case), text(&folder.plan("broken.json", 11, "S1"))]);
    assert_eq!(code(&broken), 1);
    assert!(out(&broken).contains("H3") && out(&broken).contains("H4"), "{}", out(&broken));
    let json = sandan(&["check", text(&case), text(&folder.plan("broken.json", 8, "S9")), "--json", "--lang", "en"]);
    assert_eq!(code(&json), 1);
    let list: Vec<serde_json::Value> = serde_json::from_str(&out(&json)).expect("a list");
    assert!(list.iter().any(|f| f["kind"] == "violation" && f["constraint"] == "form"), "{list:?}");
}

#[cfg(feature = "spreadsheets")]
#[test]
fn a_plan_written_as_a_workbook_passes_the_check() {
    let folder = Folder::new("workbook");
    let case = folder.case();
    let plan = folder.path("plan.xlsx");
    let matched = sandan(&["match", text(&case), "--xlsx", text(&plan)]);
    assert_eq!(code(&matched), 0, "{}", err(&matched));
    let checked = sandan(&["check", text(&case), text(&plan)]);
    assert_eq!(code(&checked), 0, "{}{}", out(&checked), err(&checked));
}

#[cfg(feature = "spreadsheets")]
#[test]
fn a_case_moves_between_forms_and_a_template_is_written() {
    let folder = Folder::new("convert");
    let case = folder.case();
    for name in ["case.xlsx", "case.json", "csv"] {
        let output = sandan(&["convert", text(&case), "--out", text(&folder.path(name)), "--lang", "en"]);
        assert_eq!(code(&output), 0, "{name}: {}", err(&output));
    }
    let hash = |name: &str| {
        let plan = folder.path(&format!("{name}.plan.json"));
        let output = sandan(&["match", text(&folder.path(name)), "--out", text(&plan)]);
        assert_eq!(code(&output), 0, "{name}: {}", err(&output));
        fs::read_to_string(plan).expect("the plan").lines().find(|l| l.contains("\"case\"")).map(str::to_owned)
    };
    let hashes = ["case", "case.xlsx", "case.json", "csv"].map(hash);
    assert!(hashes.iter().all(|h| h == &hashes[0] && h.is_some()), "{hashes:?}");
    let template = folder.path("template.xlsx");
    assert_eq!(code(&sandan(&["template", "--out", text(&template)])), 0);
    assert!(fs::read(&template).expect("the template").starts_with(b"PK"));
}

#[test]
fn calendars_and_rotas_go_to_folders_too() {
    let folder = Folder::new("folders");
    let case = folder.case();
    let (rota, calendar) = (folder.path("rota"), folder.path("calendar.ics"));
    let output = sandan(&["match", text(&case), "--rota", text(&rota), "--ics", text(&calendar)]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(rota.join("rota.html").exists() && rota.join("rota.txt").exists());
    // A calendar without an event would be no valid file.
    let valid = |text: String| text.starts_with("BEGIN:VCALENDAR\r\n") && text.contains("BEGIN:VEVENT");
    assert!(fs::read_to_string(&calendar).map_or(true, valid));
}
