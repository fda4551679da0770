//! Every code has its texts in both languages, and `docs/problems.md` lists them as they are. `BLESS=1` rewrites it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use sandan::lists::Lang;
use sandan::problem::Code;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/problems.md");

/// The page as it should be.
fn page() -> String {
    let mut page = String::from(
        "# 问题代码 · Problem codes\n\n\
         由 `core/tests/problems_page.rs` 从代码生成，请勿手工修改。E 是错误：不求解，也不写任何文件；W 是提醒：不改变含义。\n\n\
         Generated from the code by `core/tests/problems_page.rs` (`BLESS=1 cargo test --test problems_page`). \
         An E is an error: nothing is solved and nothing written; a W is a warning: it never changes the meaning. \
         `{value}` is the cell, `{0}`, `{1}` what the code adds, `{word}` a word for it, `{cells}` cells with table, row and column, `{near}` the nearest known name.\n",
    );
    let sections = [
        ("E0", "文件和格式 · Files and forms"),
        ("E1", "表和列 · Tables and columns"),
        ("E2", "单元格的值 · Values"),
        ("E3", "编号和引用 · Ids and references"),
        ("E4", "各表的规则 · Rules of the tables"),
        ("E5", "限度和隐私 · Limits and privacy"),
        ("W0", "提醒：文件 · Warnings: files"),
        ("W1", "提醒：表和列 · Warnings: tables and columns"),
        ("W2", "提醒：名称 · Warnings: names"),
        ("W3", "提醒：办不成的事 · Warnings: what cannot work as it stands"),
    ];
    for (prefix, title) in sections {
        let _ = write!(
            page,
            "\n## {title}\n\n| 代码 | 问题 · problem | 应为 · expected | 怎么办 · what to do |\n|---|---|---|---|\n"
        );
        for code in Code::ALL.iter().filter(|code| code.name().starts_with(prefix)) {
            let (zh, en) = (code.template(Lang::Zh), code.template(Lang::En));
            let cell = |i: usize| format!("{}<br>{}", zh[i], en[i]).replace('|', "\\|");
            let _ = writeln!(page, "| {} | {} | {} | {} |", code.name(), cell(0), cell(1), cell(2));
        }
    }
    page
}

#[test]
fn the_page_of_problem_codes_is_up_to_date() {
    let page = page();
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs")).expect("docs");
        std::fs::write(PAGE, &page).expect("written");
    }
    let written = std::fs::read_to_string(PAGE).unwrap_or_default();
    assert!(written == page, "docs/problems.md is stale: run BLESS=1 cargo test --test problems_page");
}

#[test]
fn every_code_has_a_name_of_its_own_and_texts_in_both_languages() {
    let names: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(names.len(), Code::ALL.len());
    for code in Code::ALL {
        for lang in [Lang::Zh, Lang::En] {
            for text in code.template(lang) {
                assert!(!text.is_empty(), "{}", code.name());
                let sound =
                    lang == Lang::Zh || !text.starts_with(|c: char| c.is_ascii_uppercase()) || text.starts_with("YYYY");
                assert!(sound, "{}: English starts in lower case: {text}", code.name());
                assert!(!text.contains("i64") && !text.contains("usize") && !text.contains("Option"), "{text}");
            }
        }
    }
}
