//! The columns of the three lists.

use super::{Choice, Column, LARGEST, NOTE, SOURCE, Value, column};
use crate::lists::Table;

/// What a resource row is.
pub(super) const KINDS: &[Choice] = &[
    Choice { name: "staff", chinese: "人员" },
    Choice { name: "venue", chinese: "场地" },
    Choice { name: "fund", chinese: "资金" },
    Choice { name: "goods", chinese: "物资" },
];

pub(super) const NEEDS: &[Column] = &[
    column(
        "id",
        "编号",
        Value::Id,
        ["N001", "N001"],
        ["每行一个，不重复；用化名或编号，不写儿童姓名", "unique; a pseudonym or number, never a child's name"],
    )
    .required(),
    column(
        "title",
        "名称",
        Value::Text,
        ["周末课业辅导", "weekend tutoring"],
        ["给人看的名称，程序不读", "a name for people; it is never read"],
    ),
    column(
        "place",
        "地点",
        Value::Reference(Table::Places),
        ["C001", "C001"],
        [
            "服务对象所在的地点；写上级地点代表其下所有地点",
            "where the beneficiaries are; a parent stands for all places below it",
        ],
    )
    .required(),
    column(
        "services",
        "服务类别",
        Value::Words,
        ["课业辅导", "tutoring"],
        [
            "需要哪类服务，满足其中任何一类即可；多个用 ; 分开",
            "services wanted, any one of them will do; separate several with ;",
        ],
    )
    .required(),
    column("quantity", "数量", Value::Integer(1, LARGEST), ["20", "20"], ["需要多少", "units wanted"]).default("1"),
    column(
        "unit",
        "单位",
        Value::Word,
        ["人次", "人次"],
        [
            "数量的单位：人、人次、例、场、件……；不同单位分开统计",
            "unit of the quantity: 人, 人次, 例, 场, 件 …; reports keep units apart",
        ],
    )
    .default("人次"),
    column(
        "priority",
        "优先级",
        Value::Integer(1, 1000),
        ["1", "1"],
        ["每个单位的权重，1 到 1000", "weight of one unit, 1 to 1000"],
    )
    .default("1"),
    column("must", "必须", Value::Boolean, ["否", "no"], ["必须优先满足", "counted in the first level"]).default("no"),
    column(
        "whole",
        "整体",
        Value::Boolean,
        ["否", "no"],
        [
            "全部数量在同一场内满足，否则一个也不要（一家人、一个班）",
            "all its units in one session, or none (a family, a class)",
        ],
    )
    .default("no"),
    column(
        "one_project",
        "同一项目",
        Value::Boolean,
        ["否", "no"],
        ["全部数量由同一个项目服务", "all its units from one project"],
    )
    .default("no"),
    column(
        "periods",
        "时段",
        Value::Periods,
        ["2025-07", "2025-07"],
        [
            "服务可以在哪些时段开始：时段编号、范围 2025-07..2025-09、标签 quarter:Q3；空 = 任何时段",
            "when a session for it may start: period ids, ranges 2025-07..2025-09, tags quarter:Q3; blank = any",
        ],
    ),
    column(
        "per_period",
        "每期上限",
        Value::Integer(0, LARGEST),
        ["", ""],
        ["每个开始时段最多满足多少；空 = 不限", "at most so many of its units by start period; blank = no limit"],
    ),
    column(
        "reach_minutes",
        "可达分钟",
        Value::Integer(0, LARGEST),
        ["15", "15"],
        ["服务对象最多走多少分钟", "how far its beneficiaries travel, in minutes"],
    )
    .default("0"),
    column(
        "audience",
        "对象",
        Value::Words,
        ["留守儿童", "left-behind children"],
        [
            "服务对象的类别；项目写了对象时，至少要有一个相同",
            "tags of the beneficiaries; a project with an audience serves only needs that share a tag",
        ],
    ),
    column(
        "projects",
        "指定项目",
        Value::References(Table::Projects),
        ["", ""],
        ["只接受这些项目；空 = 任何项目", "only these projects; blank = any"],
    ),
    column(
        "exclude",
        "排除项目",
        Value::References(Table::Projects),
        ["", ""],
        ["不接受这些项目", "never these projects"],
    ),
    column(
        "person",
        "人员",
        Value::Word,
        ["", ""],
        [
            "同一个人的几条需求写同一个代号：同一时段不会安排两场",
            "needs of one person carry the same code: never two sessions in one period",
        ],
    ),
    column(
        "group",
        "分组",
        Value::Word,
        ["", ""],
        ["公平和统计用的分组；空 = 它的地点", "group for fairness and reports; blank = its place"],
    ),
    column(
        "goods",
        "物资",
        Value::ItemCounts,
        ["", ""],
        [
            "每个单位消耗的物资，写成 物品:数量，如 电子琴:1",
            "items used by each unit served, as item:n, such as keyboard:1",
        ],
    ),
    column(
        "trains",
        "受训资源",
        Value::Reserved,
        ["", ""],
        ["本版本尚不支持，请留空", "not supported in this version; leave it blank"],
    ),
    column(
        "after",
        "前置需求",
        Value::Reserved,
        ["", ""],
        ["本版本尚不支持，请留空", "not supported in this version; leave it blank"],
    ),
    NOTE,
    SOURCE,
];

pub(super) const PROJECTS: &[Column] = &[
    column("id", "编号", Value::Id, ["P01", "P01"], ["每行一个，不重复", "unique"]).required(),
    column(
        "title",
        "名称",
        Value::Text,
        ["周末课堂", "weekend class"],
        ["给人看的名称，程序不读", "a name for people; it is never read"],
    ),
    column(
        "services",
        "服务类别",
        Value::Words,
        ["课业辅导", "tutoring"],
        ["项目提供哪些服务；多个用 ; 分开", "services it offers; separate several with ;"],
    )
    .required(),
    column(
        "audience",
        "对象",
        Value::Words,
        ["留守儿童；困境儿童", "left-behind children; children in need"],
        ["只服务这些对象；空 = 任何人", "serves only these; blank = anyone"],
    ),
    column(
        "unit",
        "单位",
        Value::Word,
        ["人次", "人次"],
        ["只服务这种单位的需求；空 = 任何单位", "serves only needs of this unit; blank = any"],
    ),
    column(
        "lead",
        "领办",
        Value::Word,
        ["阳光社工中心", "Sunshine Centre"],
        ["领办机构，一个", "the one organisation that leads it"],
    ),
    column(
        "partners",
        "联办",
        Value::Words,
        ["荷城社区居委会", "Hecheng Community"],
        ["联办机构，可以多个", "other organisations that take part"],
    ),
    column(
        "place",
        "地点",
        Value::Reference(Table::Places),
        ["", ""],
        ["项目的驻地；空 = 任何地方", "its base; blank = anywhere"],
    ),
    column(
        "reach_minutes",
        "可达分钟",
        Value::Integer(0, LARGEST),
        ["", ""],
        [
            "离驻地多少分钟以内可以办；空 = 设置中的可达分钟",
            "how far from its base sessions are held, in minutes; blank = the setting reach_minutes",
        ],
    ),
    column(
        "places",
        "服务地点",
        Value::References(Table::Places),
        ["", ""],
        ["只在这些地点办；空 = 任何地点", "held only at these places; blank = any"],
    ),
    column("online", "线上", Value::Boolean, ["否", "no"], ["在线上举办", "held online"]).default("no"),
    column(
        "periods",
        "时段",
        Value::Periods,
        ["", ""],
        ["可以在哪些时段开始；空 = 任何时段", "when a session may start; blank = any"],
    ),
    column(
        "span",
        "跨期",
        Value::Integer(1, LARGEST),
        ["1", "1"],
        [
            "一场连续几个时段，同一批人（课程、个案）",
            "a session runs this many consecutive periods with the same people (a course, a case)",
        ],
    )
    .default("1"),
    column("size", "每场人数", Value::Integer(1, LARGEST), ["20", "20"], ["每场最多多少", "seats of a session"])
        .default("1"),
    column(
        "min_size",
        "最少人数",
        Value::Integer(0, LARGEST),
        ["5", "5"],
        ["少于这个数不开", "not held for fewer units"],
    )
    .default("0"),
    column(
        "max_sessions",
        "总场次上限",
        Value::Integer(0, LARGEST),
        ["40", "40"],
        ["全期最多几场；空 = 不限", "sessions over the horizon at most; blank = no limit"],
    ),
    column(
        "min_sessions",
        "总场次下限",
        Value::Integer(0, LARGEST),
        ["0", "0"],
        ["要么不办，要办至少几场", "if held at all, at least so many sessions"],
    )
    .default("0"),
    column(
        "max_per_cell",
        "每地每期上限",
        Value::Integer(0, LARGEST),
        ["", ""],
        [
            "同一地点同一时段最多开始几场；空 = 不限",
            "sessions at one place starting in one period at most; blank = no limit",
        ],
    ),
    column(
        "launch_cost",
        "启动费",
        Value::Money,
        ["0", "0"],
        ["项目只要办就付一次，元", "paid once if the project is held, in yuan"],
    )
    .default("0"),
    column("session_cost", "每场费", Value::Money, ["0", "0"], ["每场的费用，元", "paid for each session, in yuan"])
        .default("0"),
    column(
        "unit_cost",
        "每人费",
        Value::Money,
        ["0", "0"],
        ["每服务一个单位的费用，元", "paid for each unit served, in yuan"],
    )
    .default("0"),
    column(
        "goods",
        "物资",
        Value::ProjectGoods,
        ["", ""],
        [
            "每场 物品:数量，每人 物品:数量/人，如 急救箱:1; 练习册:1/人",
            "item:n per session, item:n/人 per unit, such as kit:1; workbook:1/人",
        ],
    ),
    column(
        "staffing",
        "岗位",
        Value::Staffing,
        ["社工:1; 志愿者[急救]:1/10", "social worker:1; volunteer[first aid]:1/10"],
        [
            "每场的岗位：岗位[技能+技能]:人数；每几人一名写 志愿者:1/10",
            "posts of a session: role[skill+skill]:count; volunteer:1/10 is one for each started ten",
        ],
    ),
    column(
        "venue",
        "场地类型",
        Value::Words,
        ["", ""],
        ["需要其中任何一类场地；空 = 不需要", "needs a venue of any one of these kinds; blank = none"],
    ),
    column(
        "clearance",
        "准入",
        Value::Words,
        ["", ""],
        [
            "参与人员都必须具备的技能或证明（背景审查、保险）",
            "skills that every member must hold (background check, insurance)",
        ],
    ),
    column(
        "quality",
        "质量分",
        Value::Integer(-1000, 1000),
        ["0", "0"],
        ["每服务一个单位的得分，−1000 到 1000", "points a unit, −1000 to 1000"],
    )
    .default("0"),
    column(
        "grants",
        "授予技能",
        Value::Reserved,
        ["", ""],
        ["本版本尚不支持，请留空", "not supported in this version; leave it blank"],
    ),
    NOTE,
    SOURCE,
];

pub(super) const RESOURCES: &[Column] = &[
    column(
        "id",
        "编号",
        Value::Id,
        ["R001", "R001"],
        [
            "每行一个，不重复：一个人、一组同类的人、一个场地、一笔资金、一批物资",
            "unique: one person, a team of like people, a room, a fund, a stock",
        ],
    )
    .required(),
    column(
        "title",
        "名称",
        Value::Text,
        ["荷城服务队", "Hecheng team"],
        ["给人看的名称，程序不读", "a name for people; it is never read"],
    ),
    column(
        "kind",
        "类型",
        Value::Choice(KINDS),
        ["人员", "staff"],
        ["人员、场地、资金、物资", "staff, venue, fund or goods"],
    )
    .default("staff"),
    column(
        "roles",
        "岗位",
        Value::Words,
        ["社工；志愿者", "social worker; volunteer"],
        [
            "人员：能担任的岗位；场地：场地类型；物资：物品名；资金：留空",
            "staff: roles; venue: its kinds; goods: its items; fund: blank",
        ],
    ),
    column(
        "skills",
        "技能",
        Value::Skills,
        ["急救@2025-07", "first aid@2025-07"],
        [
            "技能标签；有期限的写 急救@2025-03..2025-09，两段期限写两次",
            "skill tags; first aid@2025-03..2025-09 holds in those periods only; write a tag twice for two ranges",
        ],
    ),
    column("org", "单位", Value::Word, ["阳光社工中心", "Sunshine Centre"], ["所属机构", "its organisation"]),
    column(
        "place",
        "地点",
        Value::Reference(Table::Places),
        ["C001", "C001"],
        [
            "所在地点，场地必填；空 = 任何地方；资金和物资不用填",
            "where it is, required for venues; blank = anywhere; not for funds and goods",
        ],
    ),
    column(
        "reach_minutes",
        "可达分钟",
        Value::Integer(0, LARGEST),
        ["15", "15"],
        [
            "最多走多少分钟；空 = 设置中的可达分钟（15）",
            "how far it travels, in minutes; blank = the setting reach_minutes (15)",
        ],
    ),
    column(
        "count",
        "人数",
        Value::Integer(1, LARGEST),
        ["4", "4"],
        ["同类的人数或间数，下面的上限对每一个都适用", "like members or rooms, each with the limits below"],
    )
    .default("1"),
    column(
        "periods",
        "可用时段",
        Value::Periods,
        ["2025-07", "2025-07"],
        [
            "何时可用；资金和物资：可用于何时开始的场次；空 = 任何时段",
            "when it is available; fund and goods: start periods it may pay for; blank = any",
        ],
    ),
    column(
        "per_period",
        "每期上限",
        Value::Integer(0, LARGEST),
        ["1", "1"],
        ["每个成员每个时段最多的工时（场地：场次）", "load one member carries in a period (venues: sessions)"],
    )
    .default("1"),
    column(
        "total",
        "总上限",
        Value::Integer(0, LARGEST),
        ["", ""],
        [
            "每个成员全期最多的工时（场地：场次）；空 = 不限",
            "load one member carries over the horizon (venues: sessions); blank = no limit",
        ],
    ),
    column(
        "amount",
        "数额",
        Value::Amount,
        ["", ""],
        ["资金：元；物资：件数；人员和场地不用填", "fund: yuan; goods: items; not for staff and venues"],
    ),
    column(
        "projects",
        "指定项目",
        Value::References(Table::Projects),
        ["", ""],
        ["只用于这些项目；空 = 任何项目", "used only for these projects; blank = any"],
    ),
    column(
        "exclude",
        "排除项目",
        Value::References(Table::Projects),
        ["", ""],
        ["不用于这些项目", "never used for these projects"],
    ),
    column(
        "services",
        "用途",
        Value::Words,
        ["", ""],
        [
            "只用于提供其中一类服务的项目；空 = 任何服务",
            "used only for projects that offer one of these services; blank = any",
        ],
    ),
    column(
        "places",
        "服务地点",
        Value::References(Table::Places),
        ["", ""],
        ["只用于这些地点的场次；空 = 任何地点", "used only for sessions at these places; blank = any"],
    ),
    column(
        "seats",
        "座位",
        Value::Integer(0, LARGEST),
        ["", ""],
        [
            "场地的座位数，不少于项目的每场人数；空 = 不限",
            "seats of a venue, at least the project's size; blank = no limit",
        ],
    ),
    column(
        "cost",
        "费用",
        Value::Money,
        ["0", "0"],
        [
            "人员：每单位工时的元；场地：每场每时段的元；资金和物资不用填",
            "staff: yuan a unit of load; venue: yuan a session and period; not for funds and goods",
        ],
    )
    .default("0"),
    column(
        "prefers",
        "偏好",
        Value::WordsOrProjects,
        ["", ""],
        ["愿意做的服务类别或项目编号", "services or project ids it prefers"],
    ),
    NOTE,
    SOURCE,
];
