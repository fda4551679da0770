//! E4: rules of the tables.

use super::Entry;
use crate::problem::Code;

/// Why pins cannot be met, with what is said in Chinese and English.
pub(super) const WORDS: &[[&str; 3]] = &[
    [
        "irreducible",
        "这些不能同时成立，放宽其中任何一项，其余就能成立",
        "these cannot hold together; with any one of them lifted the others can",
    ],
    [
        "not-shown",
        "这些不能同时成立（计算量已用完，其中可能有无关的）",
        "these cannot hold together (the work ran out: some of them may not matter)",
    ],
    ["not-offered", "没有项目提供这项需求要的服务", "no project offers what this need asks for"],
    ["not-asked", "没有需求要这个项目的服务", "no need asks for what this project offers"],
    ["past-the-end", "从这个时段开始，跨期超出了最后一个时段", "a session that starts then runs past the last period"],
    [
        "no-use",
        "这些场次用不上这个资源：岗位或场地类型都对不上",
        "no session there has a use for this resource: no post or venue kind fits",
    ],
    ["no-staff", "有岗位没有任何人员能担任", "there is a post whose role nobody has"],
    [
        "not-there",
        "线上项目不能在实地举办，实地项目不能在线上举办",
        "an online project is not held at a place, nor another online",
    ],
    [
        "no-cell",
        "放宽任何一格也办不到：清单里缺少所需的人员、场地或地点",
        "no cell that could be relaxed makes it possible: people, rooms or places are missing from the lists",
    ],
];

pub(super) const TEXTS: &[Entry] = &[
    Entry {
        code: Code::ParentCycle,
        zh: ["上级地点成了一个圈：{0}", "上级关系不成圈", "改正其中一个上级"],
        en: ["the parents go round in a circle: {0}", "parents that form a tree", "correct one of the parents"],
    },
    Entry {
        code: Code::HalfCoordinates,
        zh: ["经纬度只填了一个", "经度和纬度都填或都空", "补上另一个，或清空这一个"],
        en: [
            "only one of latitude and longitude is filled in",
            "both or neither",
            "fill in the other or clear this one",
        ],
    },
    Entry {
        code: Code::HalfDates,
        zh: ["开始和结束只填了一个", "都填或都空", "补上另一个，或清空这一个"],
        en: ["only one of start and end is filled in", "both or neither", "fill in the other or clear this one"],
    },
    Entry {
        code: Code::EndBeforeStart,
        zh: ["结束 {value} 不晚于开始 `{0}`", "晚于开始的结束（结束这一刻不计入）", "改正开始或结束"],
        en: [
            "the end {value} is not after the start `{0}`",
            "an end after the start (the end itself is not included)",
            "correct the start or the end",
        ],
    },
    Entry {
        code: Code::PeriodsOverlap,
        zh: ["这个时段与第 {0} 行的 `{1}` 重叠", "互不重叠的时段", "改正开始或结束；结束这一刻不计入"],
        en: [
            "this period overlaps `{1}` in row {0}",
            "periods that do not overlap",
            "correct a start or an end; the end itself is not included",
        ],
    },
    Entry {
        code: Code::WayToItself,
        zh: ["从一个地点到它自己不需要时间", "0，或没有这一行", "删去这一行"],
        en: ["the way from a place to itself takes no time", "0, or no such row", "remove the row"],
    },
    Entry {
        code: Code::MinSizeAboveSize,
        zh: ["最少人数 {value} 大于每场人数 {0}", "不大于每场人数", "改小最少人数或改大每场人数"],
        en: ["min_size {value} is above size {0}", "at most size", "lower min_size or raise size"],
    },
    Entry {
        code: Code::NeededForKind,
        zh: ["这类资源必须填写这一列", "{0}", "填上这个单元格"],
        en: ["this kind of resource needs the column", "{0}", "fill the cell in"],
    },
    Entry {
        code: Code::VenueNotAtLeaf,
        zh: ["场地所在的 {value} 下面还有地点", "最下一级的地点", "改成其下的具体地点"],
        en: [
            "the venue's place {value} has places below it",
            "a place without places below it",
            "name the place below where the venue is",
        ],
    },
    Entry {
        code: Code::RuleNeeds,
        zh: ["这种规则缺少 {0}", "{0}", "填上这一列"],
        en: ["this kind of rule needs {0}", "{0}", "fill the column in"],
    },
    Entry {
        code: Code::RuleTakesNot,
        zh: ["这种规则不用这一列", "空白；这一列用于：{0}", "清空这个单元格，或换一种规则"],
        en: [
            "this kind of rule does not take the column",
            "a blank cell; the column is for: {0}",
            "clear the cell or choose another kind of rule",
        ],
    },
    Entry {
        code: Code::RuleMixesUnits,
        zh: ["这条规则会把不同单位加在一起：{0}", "只涉及一种单位的需求", "在单位列写明一种单位，每种单位一条规则"],
        en: [
            "the rule would add up different units: {0}",
            "needs of one kind of unit",
            "name one unit in the column unit; one rule for each",
        ],
    },
    Entry {
        code: Code::TooManyCombinations,
        zh: ["这条规则要分别计数 {0} 种组合", "最多 1000000 种", "减少分别计数的项，或缩小筛选范围"],
        en: ["the rule counts {0} combinations apart", "at most 1000000", "take fewer keys or narrow the filters"],
    },
    Entry {
        code: Code::PinOnMoney,
        zh: ["{value} 是资金或物资，不能指定", "人员或场地的编号", "改成人员或场地，或清空这一格"],
        en: [
            "{value} is a fund or a stock and cannot be pinned",
            "the id of staff or of a venue",
            "name staff or a venue, or clear the cell",
        ],
    },
    Entry {
        code: Code::PinsConflict,
        zh: ["{word}：{cells}", "能同时成立的指定和限制", "去掉或放宽其中一项；如果是缺少什么，就补上"],
        en: [
            "{word}: {cells}",
            "pins and limits that can hold together",
            "remove or relax one of them; where something is missing, add it",
        ],
    },
    Entry {
        code: Code::PreviousMalformed,
        zh: ["上期方案读不懂：第 {0} 行第 {1} 列附近", "sandan 写出的 plan.json", "换成原来的 plan.json，不要手工改动"],
        en: [
            "the previous plan cannot be read near line {0}, column {1}",
            "a plan.json as sandan writes it",
            "give the original plan.json, not edited by hand",
        ],
    },
    Entry {
        code: Code::PreviousFormat,
        zh: ["上期方案的格式是 {value}", "{0}", "换成这个版本能读的方案"],
        en: ["the previous plan has the format {value}", "{0}", "give a plan that this version can read"],
    },
    Entry {
        code: Code::PreviousAmount,
        zh: ["上期方案中的 {value} 超出范围", "{0} 到 {1}", "改正上期方案，或去掉这一场"],
        en: [
            "{value} in the previous plan is out of range",
            "{0} to {1}",
            "correct the previous plan or leave the session out",
        ],
    },
    Entry {
        code: Code::FactsOverdraw,
        zh: ["已定的场次用掉 {0}，多于 {value} 现有的 {1}", "不少于 {0}", "改正数额，或把冻结的时段提前"],
        en: [
            "sessions that are facts take {0}, more than the {1} of {value}",
            "at least {0}",
            "correct the amount or freeze fewer periods",
        ],
    },
];
