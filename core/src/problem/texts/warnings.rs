//! W: what deserves a second look.

use super::Entry;
use crate::problem::Code;

pub(super) const TEXTS: &[Entry] = &[
    Entry {
        code: Code::ColumnUnknown,
        zh: ["不认识列 {value}，当作备注", "已知的列名", "要用就改正列名{near}；不用就不必理会"],
        en: [
            "the column {value} is not known and is kept as a note",
            "a known column name",
            "correct the name{near}; or leave it as a note",
        ],
    },
    Entry {
        code: Code::CellsWithoutHeader,
        zh: [
            "有 {0} 行的内容不在任何列名之下，没有读",
            "每个值都在一个列名之下",
            "给这些值加上列名；CSV 里检查是否多了逗号",
        ],
        en: [
            "{0} rows have cells without a header; they are not read",
            "every value under a header",
            "give them a header; in CSV look for a comma too many",
        ],
    },
    Entry {
        code: Code::SettingUnknown,
        zh: ["不认识设置 {value}，没有用", "已知的设置", "改正名称{near}，或删去这一行"],
        en: [
            "the setting {value} is not known and not used",
            "a known setting",
            "correct the name{near}; or remove the row",
        ],
    },
    Entry {
        code: Code::ColumnIgnored,
        zh: ["这类资源不用这一列，没有用", "空白", "清空这个单元格，或改正类型"],
        en: [
            "this kind of resource does not use the column; it is ignored",
            "a blank cell",
            "clear the cell or correct the kind",
        ],
    },
    Entry {
        code: Code::WayOnline,
        zh: ["线上没有路程，这一行没有用", "两个实际地点", "删去这一行"],
        en: ["there is no way to or from `online`; the row is ignored", "two places on the ground", "remove the row"],
    },
    Entry {
        code: Code::AllowsNothing,
        zh: ["没有列叫 {value}", "某张表里的列名", "改正列名，或从允许列中删去"],
        en: [
            "no table has a column {value}",
            "a column of one of the tables",
            "correct the name or remove it from allow_columns",
        ],
    },
    Entry {
        code: Code::PlaceByTitle,
        zh: ["{value} 是地点 `{0}` 的名称，不是编号", "地点的编号", "写成 `{0}`"],
        en: ["{value} is the title of the place `{0}`, not an id", "the id of a place", "write `{0}`"],
    },
    Entry {
        code: Code::RuleWordUnused,
        zh: ["规则里的 {value} 没有别处用到", "清单中用到的词", "看看是否写错{near}"],
        en: ["{value} in a rule is used nowhere else", "a word that the lists use", "see whether it is misspelt{near}"],
    },
    Entry {
        code: Code::PeriodsOutOfOrder,
        zh: ["这个时段的日期早于上一行的时段", "按时间先后排列的行", "按时间先后排好各行；行的顺序就是时间顺序"],
        en: [
            "this period begins before the one in the row above",
            "rows in the order of time",
            "put the rows in order; the order of rows is the order of time",
        ],
    },
    Entry {
        code: Code::OrgWithoutStaff,
        zh: ["没有人员属于机构 {value}", "资源清单中人员的单位", "看看是否写错{near}，或补上人员的单位"],
        en: [
            "no staff row belongs to the organisation {value}",
            "an org of staff in resources",
            "see whether it is misspelt{near}; or fill in the org of its staff",
        ],
    },
    Entry {
        code: Code::CostWithoutFund,
        zh: ["没有资金可以支付这笔费用，项目办不了", "可用于这个项目的资金", "在资源清单加一笔资金，或放宽它的用途"],
        en: [
            "no fund may pay this cost, so the project cannot be held",
            "a fund that may be used for the project",
            "add a fund to resources or widen what it may be used for",
        ],
    },
    Entry {
        code: Code::GoodsWithoutStock,
        zh: ["没有物资 {value} 可用", "资源清单中的物资", "在资源清单加上这种物资，或看看是否写错{near}"],
        en: [
            "no stock of {value} may be used",
            "a row of goods in resources",
            "add the goods to resources or see whether it is misspelt{near}",
        ],
    },
    Entry {
        code: Code::VenueWithoutRoom,
        zh: ["没有 {value} 这类场地", "资源清单中场地的类型", "在资源清单加上这类场地，或看看是否写错{near}"],
        en: [
            "no venue is of the kind {value}",
            "a kind of venue in resources",
            "add such a venue to resources or see whether it is misspelt{near}",
        ],
    },
    Entry {
        code: Code::LoadTooLarge,
        zh: [
            "工时 {value} 多于这个岗位任何人的每期上限 {0}",
            "不多于某个人的每期上限",
            "减小工时，或提高人员的每期上限",
        ],
        en: [
            "the load {value} is above the per_period {0} of everyone with the role",
            "at most the per_period of someone",
            "lower the load or raise per_period",
        ],
    },
    Entry {
        code: Code::AlwaysAvailable,
        zh: ["有 {0} 行人员没有填可用时段，按所有时段可用处理", "可用时段", "不是随时可用的，请填上可用时段"],
        en: [
            "{0} staff rows have no periods and count as available in all of them",
            "the periods in which they are available",
            "fill in the periods of those who are not always available",
        ],
    },
    Entry {
        code: Code::NeverHeld,
        zh: ["总场次下限 {value} 大于上限 {0}，项目办不了", "不大于上限", "改小下限或改大上限"],
        en: [
            "min_sessions {value} is above max_sessions {0}, so the project cannot be held",
            "at most max_sessions",
            "lower min_sessions or raise max_sessions",
        ],
    },
];
