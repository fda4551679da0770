use super::{Problem, ProblemText};
use crate::lists::Lang;

/// The stable codes of problems. Owned by intake; a code never changes its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A required table is missing.
    TableMissing,
}

impl Code {
    /// The code as written in messages: `E` or `W` and a number.
    pub fn name(self) -> &'static str {
        match self {
            Code::TableMissing => "E101",
        }
    }

    /// What is said about a problem of this code.
    pub fn text(self, lang: Lang, problem: &Problem) -> ProblemText {
        let table = problem.table.map_or("", |t| if lang == Lang::Zh { t.chinese() } else { t.name() });
        match (self, lang) {
            (Code::TableMissing, Lang::Zh) => ProblemText {
                message: format!("缺少《{table}》"),
                expected: "需求清单、项目清单、资源清单三张表".to_owned(),
                hint: "用 sandan template 生成空白模板".to_owned(),
            },
            (Code::TableMissing, Lang::En) => ProblemText {
                message: format!("the table `{table}` is missing"),
                expected: "the three lists: needs, projects, resources".to_owned(),
                hint: "write an empty workbook with `sandan template`".to_owned(),
            },
        }
    }
}
