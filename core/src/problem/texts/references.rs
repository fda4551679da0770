//! E3: ids and what they refer to.

use super::Entry;
use crate::problem::Code;

pub(super) const TEXTS: &[Entry] = &[
    Entry {
        code: Code::IdTwice,
        zh: ["编号 {value} 已在第 {0} 行用过", "不重复的编号", "给其中一行换一个编号，或删去重复的行"],
        en: [
            "the id {value} already stands in row {0}",
            "an id of its own",
            "give one of the rows another id or remove it",
        ],
    },
    Entry {
        code: Code::RowTwice,
        zh: ["这一行与第 {0} 行说的是同一件事", "每件事一行", "删去其中一行"],
        en: ["this row says the same as row {0}", "one row for each", "remove one of the two"],
    },
    Entry {
        code: Code::UnknownNeed,
        zh: ["需求清单里没有 {value}", "需求清单中的编号", "改正编号{near}，或在需求清单加一行"],
        en: ["{value} is no id of needs", "an id of the table needs", "correct the id{near}; or add it to needs"],
    },
    Entry {
        code: Code::UnknownProject,
        zh: ["项目清单里没有 {value}", "项目清单中的编号", "改正编号{near}，或在项目清单加一行"],
        en: [
            "{value} is no id of projects",
            "an id of the table projects",
            "correct the id{near}; or add it to projects",
        ],
    },
    Entry {
        code: Code::UnknownResource,
        zh: ["资源清单里没有 {value}", "资源清单中的编号", "改正编号{near}，或在资源清单加一行"],
        en: [
            "{value} is no id of resources",
            "an id of the table resources",
            "correct the id{near}; or add it to resources",
        ],
    },
    Entry {
        code: Code::UnknownPlace,
        zh: ["没有地点 {value}", "地点表中的编号，或 online（线上）", "改正编号{near}，或在地点表加一行"],
        en: [
            "{value} is no place",
            "an id of the table places, or online",
            "correct the id{near}; or add it to places",
        ],
    },
    Entry {
        code: Code::UnknownPeriod,
        zh: ["没有时段或标签 {value}", "时段表中的编号、范围 a..b 或标签", "改正编号{near}，或在时段表加一行"],
        en: [
            "{value} is no period and no tag",
            "an id of the table periods, a range a..b, or a tag",
            "correct it{near}; or add it to periods",
        ],
    },
    Entry {
        code: Code::UnknownPerKey,
        zh: ["不能按 {value} 分别计数", "地点、时段、项目、机构、服务，或时段表中的标签种类", "改正这个词{near}"],
        en: [
            "{value} is no key of a count",
            "place, period, project, org, service, or a tag kind of periods",
            "correct it{near}",
        ],
    },
];
