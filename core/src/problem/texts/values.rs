//! E2: values of cells.

use super::Entry;
use crate::problem::Code;

pub(super) const TEXTS: &[Entry] = &[
    Entry {
        code: Code::CellBlank,
        zh: ["必填的单元格是空的", "一个值", "填上这个单元格"],
        en: ["a required cell is blank", "a value", "fill the cell in"],
    },
    Entry {
        code: Code::NotAnInteger,
        zh: ["{value} 不是整数", "{0} 到 {1} 的整数", "改成整数"],
        en: ["{value} is not an integer", "an integer from {0} to {1}", "write a whole number"],
    },
    Entry {
        code: Code::OutOfRange,
        zh: ["{value} 超出范围", "{0} 到 {1}", "改成范围内的数"],
        en: ["{value} is out of range", "{0} to {1}", "write a number in the range"],
    },
    Entry {
        code: Code::NotMoney,
        zh: ["{value} 不是金额", "元，最多两位小数，不为负，如 1200.50", "改成以元为单位的数"],
        en: [
            "{value} is not an amount of money",
            "yuan with at most two decimals, not negative, such as 1200.50",
            "write a number of yuan",
        ],
    },
    Entry {
        code: Code::NotABoolean,
        zh: ["{value} 不是“是”或“否”", "是/否、yes/no、true/false、1/0", "改成 是 或 否"],
        en: ["{value} is neither yes nor no", "yes/no, true/false, 1/0 or 是/否", "write yes or no"],
    },
    Entry {
        code: Code::NotAChoice,
        zh: ["{value} 不在可选的词中", "{1}", "改成其中一个{near}"],
        en: ["{value} is not one of the words allowed", "{1}", "write one of them{near}"],
    },
    Entry {
        code: Code::NotOne,
        zh: ["{value} 里有几个值", "一个值", "只留一个；这一列不接受列表"],
        en: ["{value} holds several values", "one value", "keep one; this column takes no list"],
    },
    Entry {
        code: Code::NotADate,
        zh: ["{value} 不是日期或时刻", "如 2025-07-01 或 2025-07-01T09:30", "按 年-月-日 或 年-月-日T时:分 改写"],
        en: [
            "{value} is not a date or time",
            "such as 2025-07-01 or 2025-07-01T09:30",
            "write year-month-day or year-month-dayThour:minute",
        ],
    },
    Entry {
        code: Code::BadSkill,
        zh: ["{value} 不是技能", "技能，或 技能@时段，如 急救@2025-03..2025-09", "补上 @ 前的技能或 @ 后的时段"],
        en: [
            "{value} is not a skill",
            "a skill, or skill@periods such as 急救@2025-03..2025-09",
            "fill in the skill before the @ and the periods after it",
        ],
    },
    Entry {
        code: Code::BadGoods,
        zh: [
            "{value} 不是 物品:数量",
            "物品:数量，如 书包:1；项目中每人一份写 练习册:1/人",
            "写明物品和不小于 1 的整数",
        ],
        en: [
            "{value} is not item:n",
            "item:n such as bag:1; in projects item:n/人 is per unit",
            "write the item and an integer of 1 or more",
        ],
    },
    Entry {
        code: Code::BadStaffing,
        zh: [
            "{value} 不是岗位",
            "岗位[技能+技能]:人数/每几人，如 社工:1; 志愿者[急救+壮语]:2; 志愿者:1/10",
            "按这个写法改正，复杂的写到岗位要求表",
        ],
        en: [
            "{value} is not a post",
            "role[skill+skill]:count/per_units such as 社工:1; 志愿者[急救+壮语]:2; 志愿者:1/10",
            "write it in this form, or use the table requirements",
        ],
    },
    Entry {
        code: Code::BadAgainst,
        zh: ["{value} 不是 岗位[技能+技能]", "如 社工、社工[骨干]、[骨干]", "写明岗位或方括号里的技能"],
        en: [
            "{value} is not role[skill+skill]",
            "such as 社工, 社工[骨干] or [骨干]",
            "write a role, or skills in square brackets",
        ],
    },
    Entry {
        code: Code::BadTag,
        zh: ["{value} 不是标签", "种类:值，如 quarter:Q3，或一个词", "补上冒号两边的内容"],
        en: ["{value} is not a tag", "kind:value such as quarter:Q3, or a word", "fill in both sides of the colon"],
    },
    Entry {
        code: Code::RangeReversed,
        zh: ["范围 {value} 的结束早于开始", "开始..结束", "把两端对调"],
        en: ["the range {value} ends before it begins", "first..last", "swap the two ends"],
    },
    Entry {
        code: Code::RangeNeedsTable,
        zh: ["没有时段表时无法展开范围 {value}", "两端都是 年-月 或都是 年-月-日 的范围", "增加时段表，或逐个列出时段"],
        en: [
            "the range {value} cannot be filled in without the table periods",
            "both ends YYYY-MM or both YYYY-MM-DD",
            "add the table periods or list the periods one by one",
        ],
    },
    Entry {
        code: Code::NotANumber,
        zh: ["{value} 不是数", "{0} 到 {1} 的数", "改成数字"],
        en: ["{value} is not a number", "a number from {0} to {1}", "write a number"],
    },
    Entry {
        code: Code::BadCharacter,
        zh: ["{value} 里有换行或看不见的字符", "一行可见的文字", "删去换行和看不见的字符，重新输入"],
        en: [
            "{value} holds a line break or an invisible character",
            "visible text in one line",
            "remove it and type the text again",
        ],
    },
    Entry {
        code: Code::SeparatorInId,
        zh: ["编号 {value} 里有列表分隔符", "不含 ; ； 、 | 和 .. 的编号", "换一个编号，引用它的地方一起改"],
        en: [
            "the id {value} holds a list separator",
            "an id without ; ； 、 | and ..",
            "choose another id and change it where it is named",
        ],
    },
    Entry {
        code: Code::ReservedId,
        zh: ["编号 {value} 是保留的", "别的编号；线上 online 不用列入地点表", "删去这一行或换一个编号"],
        en: [
            "the id {value} is reserved",
            "another id; `online` needs no row in places",
            "remove the row or choose another id",
        ],
    },
    Entry {
        code: Code::TwiceInCell,
        zh: ["{value} 在同一格里出现了两次", "每样一次", "合成一个"],
        en: ["{value} stands twice in one cell", "each once", "merge the two"],
    },
    Entry {
        code: Code::BadSetting,
        zh: ["设置 {0} 不能是 {value}", "{1}", "改成允许的值，或留空用默认值"],
        en: [
            "the setting {0} cannot be {value}",
            "{1}",
            "write a value it can have, or leave it blank for the default",
        ],
    },
    Entry {
        code: Code::NotATerm,
        zh: [
            "层级中的 {value} 不能用",
            "每项最多一次：must quota coverage cost travel turns changes prefers quality，层级之间用 |",
            "改正这一项{near}",
        ],
        en: [
            "{value} cannot stand in levels",
            "each at most once: must quota coverage cost travel turns changes prefers quality, with | between levels",
            "correct it{near}",
        ],
    },
    Entry {
        code: Code::BadFairness,
        zh: ["公平分段 {value} 不对", "份额:倍数，份额递增到 1.0，倍数不增，如 0.3:3; 0.6:2; 1.0:1", "按这个写法改正"],
        en: [
            "the fairness steps {value} are not sound",
            "share:multiplier, shares rising to 1.0, multipliers never rising, such as 0.3:3; 0.6:2; 1.0:1",
            "write them in this form",
        ],
    },
];
