//! The sheets and columns of a plan's workbook: written by `export::workbook`, read back when a planner has edited
//! them by hand.

use crate::lists::Lang;

/// A sheet or column by its two names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 中文.
    pub chinese: &'static str,
    /// English.
    pub english: &'static str,
}

impl Heading {
    /// The name in a language.
    pub fn text(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.chinese,
            Lang::En => self.english,
        }
    }

    /// Whether a planner's header means this one.
    pub fn is(self, text: &str) -> bool {
        text == self.chinese || text.eq_ignore_ascii_case(self.english)
    }
}

const fn heading(chinese: &'static str, english: &'static str) -> Heading {
    Heading { chinese, english }
}

/// 场次: one row a session; further rows with the same session number go on with its needs.
pub const SESSIONS: Heading = heading("场次", "sessions");
/// 排班: one row for each member, session and period.
pub const ROSTER: Heading = heading("排班", "roster");
/// 未满足: needs with unserved units.
pub const UNMET: Heading = heading("未满足", "unmet");
/// 缺口清单: what is missing, as far as is known.
pub const GAPS: Heading = heading("缺口清单", "gaps");
/// 资金: a ledger of each fund.
pub const LEDGER: Heading = heading("资金", "funds");
/// 统计: the whole in numbers.
pub const TOTALS: Heading = heading("统计", "summary");

/// The number of a session: any text, the same on all sheets.
pub const SESSION: Heading = heading("场次号", "session");
/// The start period (场次) or the period served (排班).
pub const PERIOD: Heading = heading("时段", "period");
/// Days or hours; not read.
pub const DATE: Heading = heading("日期", "date");
/// The place: id, or id and title.
pub const PLACE: Heading = heading("地点", "place");
/// The project: id, or id and title.
pub const PROJECT: Heading = heading("项目", "project");
/// The lead; not read.
pub const LEAD: Heading = heading("领办", "lead");
/// The partners; not read.
pub const PARTNERS: Heading = heading("联办", "partners");
/// One line a need: `N12 名称 × 20`.
pub const NEEDS: Heading = heading("服务对象", "served");
/// Units by kind; not read.
pub const UNITS: Heading = heading("人数", "units");
/// Staff by post; not read (排班 is).
pub const STAFF: Heading = heading("岗位人员", "staff");
/// The venue row, with `#2` for its second room.
pub const VENUE: Heading = heading("场地", "venue");
/// Money of the session; not read (资金 is).
pub const COST: Heading = heading("费用（元）", "cost (yuan)");
/// One line a stock: `书包 × 20 ← G1 仓库`.
pub const GOODS: Heading = heading("物资", "goods");
/// 是 for a session of `previous` that stands as it is.
pub const FACT: Heading = heading("既定", "fact");

/// The organisation of a member; not read.
pub const ORG: Heading = heading("单位", "organisation");
/// The staff row: id, or id and title.
pub const RESOURCE: Heading = heading("人员", "resource");
/// The member of the row, from 1; blank is 1.
pub const MEMBER: Heading = heading("成员", "member");
/// The role of the post.
pub const ROLE: Heading = heading("岗位", "role");
/// The number of the post; blank where the role says it.
pub const POST: Heading = heading("岗位号", "post");
/// Load; not read.
pub const LOAD: Heading = heading("工时", "hours");
/// Σ load of the member; not read.
pub const TOTAL: Heading = heading("工时合计", "total hours");

/// The fund row: id, or id and title.
pub const FUND: Heading = heading("资金", "fund");
/// What a row of the ledger is.
pub const ENTRY: Heading = heading("类型", "entry");
/// The amount of a row, in yuan.
pub const YUAN: Heading = heading("金额（元）", "yuan");
/// What is left after the row; not read.
pub const BALANCE: Heading = heading("余额（元）", "balance");

/// An entry of the ledger: what the fund holds; not read.
pub const ENTRY_AMOUNT: Heading = heading("数额", "amount");
/// An entry of the ledger: a project's launch.
pub const ENTRY_LAUNCH: Heading = heading("启动费", "launch");
/// An entry of the ledger: a launch that `previous` paid.
pub const ENTRY_LAUNCH_FACT: Heading = heading("既定启动费", "launch (fact)");
/// An entry of the ledger: a session's cost.
pub const ENTRY_SESSION: Heading = heading("场次费", "session");
/// An entry of the ledger: what is left; not read.
pub const ENTRY_LEFT: Heading = heading("结余", "left");
