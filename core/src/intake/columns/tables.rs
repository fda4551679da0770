//! The columns of the tables beside the three lists.

use super::{Choice, Column, LARGEST, NOTE, SOURCE, Value, column};
use crate::lists::Table;

/// What a rule counts or limits.
pub(super) const RULE_KINDS: &[Choice] = &[
    Choice { name: "sessions", chinese: "场次" },
    Choice { name: "units", chinese: "数量" },
    Choice { name: "projects", chinese: "项目数" },
    Choice { name: "orgs", chinese: "机构数" },
    Choice { name: "ratio", chinese: "比例" },
    Choice { name: "window", chinese: "连续" },
];

/// Whether a pin asks or forbids.
pub(super) const PIN_MODES: &[Choice] =
    &[Choice { name: "fix", chinese: "指定" }, Choice { name: "forbid", chinese: "禁止" }];

pub(super) const PLACES: &[Column] = &[
    column("id", "编号", Value::Id, ["C001", "C001"], ["每行一个，不重复", "unique"]).required(),
    column(
        "title",
        "名称",
        Value::Text,
        ["荷城社区", "Hecheng"],
        ["给人看的名称，程序不读", "a name for people; it is never read"],
    ),
    column("kind", "类型", Value::Word, ["社区", "community"], ["市、县、社区……", "city, county, community …"]),
    column(
        "parent",
        "上级",
        Value::Reference(Table::Places),
        ["D01", "D01"],
        ["上级地点；空 = 没有", "the place above it; blank = none"],
    ),
    column(
        "lat",
        "纬度",
        Value::Degrees(-90, 90),
        ["23.1116", "23.1116"],
        ["纬度，与经度一起填", "latitude in degrees; fill both or neither"],
    ),
    column(
        "lon",
        "经度",
        Value::Degrees(-180, 180),
        ["109.5989", "109.5989"],
        ["经度，与纬度一起填", "longitude in degrees; fill both or neither"],
    ),
    NOTE,
    SOURCE,
];

/// Rows that the worked example needs beside the first.
pub(super) const FURTHER_PLACES: &[&[(&str, [&str; 2])]] = &[
    &[
        ("id", ["C002", "C002"]),
        ("title", ["建设社区", "Jianshe"]),
        ("kind", ["社区", "community"]),
        ("parent", ["D01", "D01"]),
    ],
    &[("id", ["D01", "D01"]), ("title", ["港北区", "Gangbei"]), ("kind", ["县区", "county"])],
];

pub(super) const TRAVEL: &[Column] = &[
    column("from", "起点", Value::Reference(Table::Places), ["C001", "C001"], ["起点", "from where"]).required(),
    column("to", "终点", Value::Reference(Table::Places), ["C002", "C002"], ["终点", "to where"]).required(),
    column(
        "minutes",
        "分钟",
        Value::Integer(0, LARGEST),
        ["12", "12"],
        [
            "路上的分钟数；反方向没有另写一行时也适用",
            "minutes on the way; it holds for the way back too unless that has a row of its own",
        ],
    )
    .required(),
    NOTE,
    SOURCE,
];

pub(super) const PERIODS: &[Column] = &[
    column(
        "id",
        "编号",
        Value::Id,
        ["2025-07", "2025-07"],
        ["每行一个，不重复；行的顺序就是时间顺序", "unique; the order of the rows is the order of time"],
    )
    .required(),
    column(
        "title",
        "名称",
        Value::Text,
        ["七月", "July"],
        ["给人看的名称，程序不读", "a name for people; it is never read"],
    ),
    column(
        "start",
        "开始",
        Value::Date,
        ["2025-07-01", "2025-07-01"],
        [
            "开始日期或时刻，如 2025-07-01 或 2025-07-01T09:30",
            "first day or time, such as 2025-07-01 or 2025-07-01T09:30",
        ],
    ),
    column(
        "end",
        "结束",
        Value::Date,
        ["2025-08-01", "2025-08-01"],
        ["结束日期或时刻，不含这一刻", "the day or time at which it has ended (not included)"],
    ),
    column(
        "theme",
        "主题",
        Value::Words,
        ["课业辅导", "tutoring"],
        ["这个时段的主题服务", "services that are the theme of the period"],
    ),
    column(
        "tags",
        "标签",
        Value::Tags,
        ["quarter:Q3; 暑期", "quarter:Q3; summer"],
        ["标签，写成 种类:值 或一个词", "tags, as kind:value or a word"],
    ),
    NOTE,
    SOURCE,
];

pub(super) const REQUIREMENTS: &[Column] = &[
    column("project", "项目", Value::Reference(Table::Projects), ["P01", "P01"], ["哪个项目", "which project"])
        .required(),
    column("role", "岗位", Value::Word, ["志愿者", "volunteer"], ["岗位", "the role"]).required(),
    column("skills", "技能", Value::Words, ["", ""], ["必须全部具备的技能", "skills, all of them"]),
    column("count", "人数", Value::Integer(0, LARGEST), ["1", "1"], ["每场人数", "members a session"]).default("1"),
    column(
        "per_units",
        "每几人",
        Value::Integer(1, LARGEST),
        ["", ""],
        [
            "填了就表示：每场人数每满或不满这么多，就要这些人",
            "then: count members for each started so many of the project's size",
        ],
    ),
    column(
        "reserve",
        "候补",
        Value::Integer(0, LARGEST),
        ["0", "0"],
        ["另外预备的人数", "stand-bys booked on top of count"],
    )
    .default("0"),
    column(
        "load",
        "工时",
        Value::Integer(0, LARGEST),
        ["1", "1"],
        ["每人每个时段占用的工时", "load one member carries in each period"],
    )
    .default("1"),
    column(
        "rotate",
        "轮值",
        Value::Boolean,
        ["否", "no"],
        ["跨期时各时段可以换人", "may change from period to period of a span"],
    )
    .default("no"),
    column(
        "orgs",
        "单位",
        Value::Words,
        ["", ""],
        [
            "只用这些机构的人；own 或 本单位 = 项目的领办和联办；空 = 不限",
            "staff of these organisations only; own = the project's lead and partners; blank = any",
        ],
    ),
    NOTE,
    SOURCE,
];

pub(super) const FIT: &[Column] = &[
    column("need", "需求", Value::Reference(Table::Needs), ["N001", "N001"], ["哪条需求", "which need"]).required(),
    column("project", "项目", Value::Reference(Table::Projects), ["P01", "P01"], ["哪个项目", "which project"])
        .required(),
    column(
        "points",
        "分数",
        Value::Points(-LARGEST, LARGEST),
        ["5", "5"],
        ["每单位的适配分，写 x 表示不可搭配", "points a unit; x excludes the pair"],
    )
    .default("0"),
    column("load", "占位", Value::Integer(1, LARGEST), ["1", "1"], ["一个单位占几个位置", "seats that one unit takes"])
        .default("1"),
    NOTE,
    SOURCE,
];

pub(super) const RULES: &[Column] = &[
    column("id", "编号", Value::Id, ["G01", "G01"], ["每行一个，不重复", "unique"]).required(),
    column(
        "rule",
        "规则",
        Value::Choice(RULE_KINDS),
        ["场次", "sessions"],
        ["场次、数量、项目数、机构数、比例、连续", "sessions, units, projects, orgs, ratio or window"],
    )
    .required(),
    column("projects", "项目", Value::References(Table::Projects), ["", ""], ["只看这些项目", "only these projects"]),
    column(
        "services",
        "服务类别",
        Value::Words,
        ["主题", "theme"],
        ["只看这些服务;theme 或 主题 = 该时段的主题", "only these services; theme = the theme of the start period"],
    ),
    column("orgs", "机构", Value::Words, ["", ""], ["只看这些领办机构", "only these lead organisations"]),
    column("places", "地点", Value::References(Table::Places), ["", ""], ["只看这些地点", "only these places"]),
    column("periods", "时段", Value::Periods, ["", ""], ["只看这些开始时段", "only these start periods"]),
    column("roles", "岗位", Value::Words, ["", ""], ["只看这些岗位", "only these roles"]),
    column(
        "skills",
        "技能",
        Value::Words,
        ["", ""],
        ["只看有其中一项技能的人（比例、连续）", "only members with one of these skills (ratio, window)"],
    ),
    column(
        "resources",
        "资源",
        Value::References(Table::Resources),
        ["", ""],
        ["只看这些人员（比例、连续）", "only these staff rows (ratio, window)"],
    ),
    column("unit", "单位", Value::Words, ["", ""], ["只看这些单位的需求", "only needs of these units"]),
    column("audience", "对象", Value::Words, ["", ""], ["只看这些对象的需求", "only needs of these audiences"]),
    column(
        "per",
        "每",
        Value::PerKeys,
        ["地点；时段", "place; period"],
        [
            "分别计数：地点、时段、项目、机构、服务、标签种类（如 quarter）",
            "count each apart: place, period, project, org, service, or a tag kind such as quarter",
        ],
    ),
    column(
        "min",
        "下限",
        Value::Integer(0, LARGEST),
        ["1", "1"],
        ["至少多少（配额，不足的列出）", "at least so many (a quota; what is missing is listed)"],
    ),
    column(
        "max",
        "上限",
        Value::Integer(0, LARGEST),
        ["", ""],
        ["至多多少（硬约束）", "at most so many (never broken)"],
    ),
    column(
        "against",
        "对照",
        Value::Against,
        ["", ""],
        [
            "比例的另一边，如 社工[骨干] 或 [骨干]",
            "the other side of a ratio, such as social worker[mentor] or [mentor]",
        ],
    ),
    column("window", "窗口", Value::Integer(1, LARGEST), ["", ""], ["连续多少个时段", "so many consecutive periods"]),
    column("weight", "权重", Value::Integer(0, LARGEST), ["1", "1"], ["缺一个的权重", "weight of one missing"])
        .default("1"),
    NOTE,
    SOURCE,
];

pub(super) const PINS: &[Column] = &[
    column("pin", "方式", Value::Choice(PIN_MODES), ["指定", "fix"], ["指定或禁止", "fix or forbid"]).required(),
    column("need", "需求", Value::Reference(Table::Needs), ["", ""], ["空 = 任何需求", "blank = any"]),
    column("project", "项目", Value::Reference(Table::Projects), ["P01", "P01"], ["空 = 任何项目", "blank = any"]),
    column("place", "地点", Value::Reference(Table::Places), ["C001", "C001"], ["空 = 任何地点", "blank = any"]),
    column(
        "period",
        "时段",
        Value::Reference(Table::Periods),
        ["2025-07", "2025-07"],
        ["开始时段；空 = 任何时段", "the start period; blank = any"],
    ),
    column(
        "resource",
        "资源",
        Value::Reference(Table::Resources),
        ["", ""],
        ["人员或场地；空 = 任何资源", "staff or a venue; blank = any"],
    ),
    column(
        "count",
        "数量",
        Value::Integer(1, LARGEST),
        ["1", "1"],
        [
            "至少多少：填了需求按单位数，否则填了资源按人次，否则按场次",
            "at least so many: units if need is filled, else member-sessions if resource is, else sessions",
        ],
    )
    .default("1"),
    NOTE,
    SOURCE,
];

pub(super) const SETTING_COLUMNS: &[Column] = &[
    column("key", "键", Value::SettingKey, ["speed_kmh", "speed_kmh"], ["设置的名称", "the name of the setting"])
        .required(),
    column("value", "值", Value::SettingValue, ["15", "15"], ["设置的值；空 = 默认", "its value; blank = default"]),
    NOTE,
    SOURCE,
];
