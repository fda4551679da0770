//! E5: limits and privacy.

use super::Entry;
use crate::problem::Code;

pub(super) const TEXTS: &[Entry] = &[
    Entry {
        code: Code::TooManyRows,
        zh: ["《{table}》有 {0} 行", "最多 {1} 行", "拆成几个方案分别求解"],
        en: ["`{table}` has {0} rows", "at most {1} rows", "split the case"],
    },
    Entry {
        code: Code::TooManyPeriods,
        zh: ["共有 {0} 个时段", "最多 {1} 个", "用长一些的时段，或缩短范围"],
        en: ["there are {0} periods", "at most {1}", "take longer periods or a shorter range"],
    },
    Entry {
        code: Code::LevelTooLarge,
        zh: ["第 {0} 层的值可能达到 {1}，太大了", "不超过 9007199254740991", "减小权重、优先级或数量"],
        en: [
            "level {0} could reach {1}, which is too large",
            "at most 9007199254740991",
            "lower weights, priorities or quantities",
        ],
    },
    Entry {
        code: Code::IdentityNumbers,
        zh: [
            "这一列有 {0} 格含身份证号",
            "不含身份证号的列",
            "删去或换成编号；确需保留，在设置 allow_columns（允许列）中写上列名",
        ],
        en: [
            "{0} cells of this column hold identity numbers",
            "a column without identity numbers",
            "remove them or use pseudonyms; to keep them, name the column in the setting allow_columns",
        ],
    },
    Entry {
        code: Code::MobileNumbers,
        zh: [
            "这一列有 {0} 格含手机号",
            "不含手机号的列",
            "删去或换成编号；确需保留，在设置 allow_columns（允许列）中写上列名",
        ],
        en: [
            "{0} cells of this column hold mobile numbers",
            "a column without mobile numbers",
            "remove them or use pseudonyms; to keep them, name the column in the setting allow_columns",
        ],
    },
];
