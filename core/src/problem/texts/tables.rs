//! E1: tables and columns.

use super::Entry;
use crate::problem::Code;

pub(super) const TEXTS: &[Entry] = &[
    Entry {
        code: Code::TableMissing,
        zh: ["缺少《{table}》", "需求清单、项目清单、资源清单三张表", "补上这张表，或用 sandan template 生成空白模板"],
        en: [
            "the table `{table}` is missing",
            "the three lists: needs, projects, resources",
            "add the table, or write an empty workbook with `sandan template`",
        ],
    },
    Entry {
        code: Code::TableTwice,
        zh: ["《{table}》出现了两次", "每张表只有一份", "把两份合成一份，或删去一份"],
        en: ["the table `{table}` is given twice", "each table once", "merge the two or remove one"],
    },
    Entry {
        code: Code::ColumnMissing,
        zh: ["《{table}》缺少列 {0}", "列 {0}", "在表头加上这一列并填好"],
        en: ["`{table}` has no column {0}", "a column {0}", "add the column to the header and fill it in"],
    },
    Entry {
        code: Code::ColumnTwice,
        zh: ["列名 {value} 与列 {0} 重复", "每列只出现一次", "把两列合成一列，或改去其中一个列名"],
        en: ["the header {value} repeats the column {0}", "each column once", "merge the two columns or rename one"],
    },
    Entry {
        code: Code::PreviousIsNoSheet,
        zh: ["《上期方案》不能是表格", "一个 JSON 文件 previous.json", "去掉这张表，把上期方案的 plan.json 放在旁边"],
        en: [
            "`previous` cannot be a sheet",
            "a JSON document `previous.json`",
            "remove the sheet and give the earlier plan.json beside the case",
        ],
    },
    Entry {
        code: Code::ColumnReserved,
        zh: ["本版本尚不支持这一列", "空白", "清空这个单元格；培训和先后顺序请手工安排"],
        en: [
            "this column is not supported in this version",
            "a blank cell",
            "clear the cell and arrange training and order by hand",
        ],
    },
];
