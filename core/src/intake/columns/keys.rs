//! The settings: names, defaults and explanations.

use super::fold;
use crate::lists::Term;

/// One key of the table `settings 设置`.
#[derive(Clone, Copy, Debug)]
pub struct SettingKey {
    /// The English name.
    pub name: &'static str,
    /// The Chinese name.
    pub chinese: &'static str,
    /// The default, as it would be written; blank where the default is none.
    pub default: &'static str,
    /// Explanations in Chinese and English.
    pub explanation: [&'static str; 2],
    /// A term whose weight the key sets.
    pub weight: Option<Term>,
}

/// Every setting, in the order of the docs.
pub const SETTINGS: &[SettingKey] = &[
    key(
        "levels",
        "层级",
        "must | quota | coverage | cost travel turns changes prefers quality",
        ["先后顺序：层级之间用 |，同一层内用空格", "what is best, in order: | between levels, blanks within"],
    ),
    key(
        "fairness",
        "公平",
        "1.0:1",
        [
            "公平分段，如 0.3:3; 0.6:2; 1.0:1，即每组前 30% 的需求算三倍",
            "steps such as 0.3:3; 0.6:2; 1.0:1: the first 30 % of each group's demand counts three times",
        ],
    ),
    key("gap", "差距", "0.001", ["离最优还差多少就可以停，0 到 1", "how far from best a level may stop, 0 to 1"]),
    key("max_steps", "最多步数", "", ["最多计算多少步", "work limit in steps"]),
    key("time_limit", "时限", "", ["最多计算多少秒", "limit in seconds"]),
    key("threads", "线程", "", ["线程数，不影响结果", "threads; they do not change the plan"]),
    key("seed", "种子", "0", ["随机种子", "seed"]),
    key("speed_kmh", "时速", "15", ["由经纬度推算路程的时速（公里）", "speed for travel from coordinates, in km/h"]),
    key(
        "reach_minutes",
        "可达分钟",
        "15",
        ["项目和资源没有填可达分钟时的默认值", "default reach of projects and resources, in minutes"],
    ),
    key(
        "person_per_period",
        "每人每期场次",
        "1",
        ["同一个人一个时段最多参加几场", "sessions of one person in one period at most"],
    ),
    key(
        "freeze_before",
        "冻结至",
        "",
        [
            "上期方案中早于这个时段的场次保持不变",
            "sessions of the previous plan that start before this period stay as they are",
        ],
    ),
    key(
        "allow_columns",
        "允许列",
        "",
        [
            "允许含身份证号或手机号的列名，多个用 ; 分开",
            "columns that may hold identity or mobile numbers, by name; separate several with ;",
        ],
    ),
    weight("weight.must", "权重.必须", "1", Term::Must),
    weight("weight.quota", "权重.配额", "1", Term::Quota),
    weight("weight.coverage", "权重.覆盖", "1", Term::Coverage),
    weight("weight.cost", "权重.费用", "1", Term::Cost),
    weight("weight.travel", "权重.路程", "50", Term::Travel),
    weight("weight.turns", "权重.工时", "100", Term::Turns),
    weight("weight.changes", "权重.变动", "10000", Term::Changes),
    weight("weight.prefers", "权重.偏好", "1000", Term::Prefers),
    weight("weight.quality", "权重.质量", "100", Term::Quality),
];

/// The setting of a key in either language, as tolerant as column names.
pub fn setting(name: &str) -> Option<&'static SettingKey> {
    let wanted = fold(name);
    SETTINGS.iter().find(|s| fold(s.name) == wanted || fold(s.chinese) == wanted)
}

/// The Chinese name of a term, accepted in the setting `levels`.
pub(crate) fn term_chinese(term: Term) -> &'static str {
    match term {
        Term::Must => "必须",
        Term::Quota => "配额",
        Term::Coverage => "覆盖",
        Term::Cost => "费用",
        Term::Travel => "路程",
        Term::Turns => "工时",
        Term::Changes => "变动",
        Term::Prefers => "偏好",
        Term::Quality => "质量",
    }
}

const fn key(
    name: &'static str,
    chinese: &'static str,
    default: &'static str,
    explanation: [&'static str; 2],
) -> SettingKey {
    SettingKey { name, chinese, default, explanation, weight: None }
}

const fn weight(name: &'static str, chinese: &'static str, default: &'static str, term: Term) -> SettingKey {
    SettingKey {
        name,
        chinese,
        default,
        explanation: ["这一项的系数，整数，不小于 0", "the factor of this term, an integer of 0 or more"],
        weight: Some(term),
    }
}
