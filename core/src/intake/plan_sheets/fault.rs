use super::columns::Heading;
use crate::lists::Lang;
use crate::plan::Plan;
use crate::problem::{Problem, ProblemRecord};

/// What can be wrong with a sheet of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlanFault {
    /// E901: the sheet is missing.
    SheetMissing,
    /// E902: the column is missing.
    ColumnMissing,
    /// E903: a required cell is blank.
    CellBlank,
    /// E904: no row of 场次 has this session number.
    UnknownSession,
    /// E905: two rows of one session number say different things.
    SessionTwice,
    /// E906: not a whole number, or not an amount of yuan.
    NotANumber,
    /// E907: a line that is not `id × n`.
    NotALine,
    /// E908: it is not clear which post is meant.
    PostUnclear,
    /// E909: the session does not run in this period.
    OutsideSpan,
    /// E910: neither a session nor a project to pay for.
    NothingPaid,
}

/// One problem of a plan's workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanProblem {
    what: What,
    sheet: Option<Heading>,
    row: Option<u32>,
    column: Option<Heading>,
    value: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    Plan(PlanFault),
    /// A fault of the file or a cell, found by the reader of workbooks.
    File(Box<Problem>),
}

impl PlanProblem {
    pub(super) fn new(fault: PlanFault, sheet: Heading, value: &str) -> Self {
        PlanProblem { what: What::Plan(fault), sheet: Some(sheet), row: None, column: None, value: value.to_owned() }
    }

    pub(super) fn at(mut self, row: u32, column: Heading) -> Self {
        self.row = Some(row);
        self.column = Some(column);
        self
    }

    pub(super) fn of_file(problem: Problem) -> Self {
        PlanProblem {
            row: None,
            column: None,
            sheet: None,
            value: problem.value.clone(),
            what: What::File(problem.into()),
        }
    }

    pub(super) fn of_sheet(sheet: Heading, problem: Problem) -> Self {
        PlanProblem { row: problem.row, sheet: Some(sheet), ..PlanProblem::of_file(problem) }
    }

    /// The code, `E901` to `E910`, or that of a fault of the file.
    pub fn code(&self) -> &'static str {
        match &self.what {
            What::File(problem) => problem.code.name(),
            What::Plan(fault) => match fault {
                PlanFault::SheetMissing => "E901",
                PlanFault::ColumnMissing => "E902",
                PlanFault::CellBlank => "E903",
                PlanFault::UnknownSession => "E904",
                PlanFault::SessionTwice => "E905",
                PlanFault::NotANumber => "E906",
                PlanFault::NotALine => "E907",
                PlanFault::PostUnclear => "E908",
                PlanFault::OutsideSpan => "E909",
                PlanFault::NothingPaid => "E910",
            },
        }
    }

    /// The sheet and column as the planner sees them.
    pub fn place(&self, lang: Lang) -> (Option<&'static str>, Option<u32>, Option<&'static str>) {
        (self.sheet.map(|s| s.text(lang)), self.row, self.column.map(|c| c.text(lang)))
    }

    /// The problem as a record; `table` and `column` are English names of a plan's sheets.
    pub fn record(&self, lang: Lang) -> ProblemRecord {
        let (message, expected, hint) = match &self.what {
            What::File(problem) => {
                let record = problem.record(lang);
                (record.message, record.expected, record.hint)
            }
            What::Plan(fault) => {
                let [message, expected, hint] = texts(*fault, lang);
                (message.to_owned(), expected.to_owned(), hint.to_owned())
            }
        };
        ProblemRecord {
            code: self.code().to_owned(),
            table: self.sheet.map(|s| s.english.to_owned()),
            row: self.row,
            column: self.column.map(|c| c.english.to_owned()),
            value: self.value.clone(),
            message,
            expected,
            hint,
        }
    }
}

/// Message, what is expected, hint.
fn texts(fault: PlanFault, lang: Lang) -> [&'static str; 3] {
    match (fault, lang) {
        (PlanFault::SheetMissing, Lang::Zh) => {
            ["缺少这张工作表", "场次、排班、资金三张表（后两张可省）", "用 sandan match --xlsx 写出一份来改"]
        }
        (PlanFault::SheetMissing, Lang::En) => [
            "this sheet is missing",
            "the sheets sessions, roster, funds (the last two may be left out)",
            "write one with sandan match --xlsx and edit it",
        ],
        (PlanFault::ColumnMissing, Lang::Zh) => ["缺少这一列", "表头保持原样", "把表头补上"],
        (PlanFault::ColumnMissing, Lang::En) => {
            ["this column is missing", "headers as they were written", "put the header back"]
        }
        (PlanFault::CellBlank, Lang::Zh) => ["这一格不能空", "写上编号", "不要的行请整行删除"],
        (PlanFault::CellBlank, Lang::En) => {
            ["this cell must not be blank", "an id or number", "delete the whole row if it is not wanted"]
        }
        (PlanFault::UnknownSession, Lang::Zh) => {
            ["《场次》里没有这个场次号", "《场次》里的场次号", "先在《场次》里加上这一场"]
        }
        (PlanFault::UnknownSession, Lang::En) => {
            ["no row of sessions has this number", "a number of the sheet sessions", "add the session there first"]
        }
        (PlanFault::SessionTwice, Lang::Zh) => {
            ["同一场次号的两行说法不一", "同号的续行只续服务对象", "另一场请用另一个场次号"]
        }
        (PlanFault::SessionTwice, Lang::En) => [
            "two rows of one session number disagree",
            "further rows of a number only go on with its needs",
            "give another session another number",
        ],
        (PlanFault::NotANumber, Lang::Zh) => ["不是合用的数", "整数；金额可带两位小数", "只写数字"],
        (PlanFault::NotANumber, Lang::En) => {
            ["not a fitting number", "a whole number; two decimals for yuan", "write digits only"]
        }
        (PlanFault::NotALine, Lang::Zh) => {
            ["看不懂这一行", "每行一项：编号 × 数量", "例如 N12 × 20；物资写 书包 × 20 ← G1"]
        }
        (PlanFault::NotALine, Lang::En) => {
            ["a line that is not understood", "one item a line: id × number", "such as N12 × 20; goods: 书包 × 20 ← G1"]
        }
        (PlanFault::PostUnclear, Lang::Zh) => ["不清楚是哪个岗位", "项目里的岗位名；同名岗位要写岗位号", "补上岗位号"],
        (PlanFault::PostUnclear, Lang::En) => [
            "it is not clear which post is meant",
            "a role of the project; the number of the post where a role comes twice",
            "fill in the number of the post",
        ],
        (PlanFault::OutsideSpan, Lang::Zh) => ["这一场不在这个时段", "场次进行中的时段", "要改期请改《场次》的时段"],
        (PlanFault::OutsideSpan, Lang::En) => [
            "the session does not run in this period",
            "a period in which the session runs",
            "change the period on the sheet sessions",
        ],
        (PlanFault::NothingPaid, Lang::Zh) => ["看不出付的是什么", "场次费写场次号，启动费写项目", "补上场次号或项目"],
        (PlanFault::NothingPaid, Lang::En) => [
            "it is not clear what is paid for",
            "a session number, or a project for a launch",
            "fill in the session or the project",
        ],
    }
}

/// The problems of one reading; beyond a few hundred nobody reads them.
#[derive(Default)]
pub(super) struct Faults(Vec<PlanProblem>);

const MOST_TOLD: usize = 200;

impl Faults {
    pub(super) fn push(&mut self, problem: PlanProblem) {
        if self.0.len() < MOST_TOLD {
            self.0.push(problem);
        }
    }

    pub(super) fn finish(self, plan: Plan) -> Result<Plan, Vec<PlanProblem>> {
        if self.0.is_empty() { Ok(plan) } else { Err(self.0) }
    }
}
