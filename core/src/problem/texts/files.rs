//! E0 and W0: files and forms.

use super::Entry;
use crate::problem::Code;

/// The words that a first detail may be, with what they say in Chinese and English: why a file cannot be read or
/// written, what of a workbook is damaged, what a JSON value should be.
pub(super) const WORDS: &[[&str; 3]] = &[
    ["absent", "不存在", "it does not exist"],
    ["forbidden", "没有权限", "permission denied"],
    ["large", "文件过大", "the file is too large"],
    ["occupied", "那里已有别的文件", "something else stands there"],
    ["failed", "读写出错", "input or output failed"],
    ["zip", "压缩包损坏", "the archive is damaged"],
    ["doctype", "含有不允许的 DTD 或实体", "it holds a DTD or entities, which are not allowed"],
    ["missing", "缺少部件", "a part is missing"],
    ["string", "引用了不存在的文字", "it refers to a text that does not exist"],
    ["order", "行或单元格重复，或次序颠倒", "rows or cells stand twice or out of order"],
    ["contents", "内部内容损坏", "its contents are damaged"],
    ["document", "一个对象 { … }", "an object { … }"],
    ["table", "行的列表 [ … ]", "a list of rows [ … ]"],
    ["row", "行对象 { … }", "a row object { … }"],
    ["plan", "方案对象 { … }", "a plan object { … }"],
    ["format", "格式版本 sandan-case/1", "the format version sandan-case/1"],
];

pub(super) const TEXTS: &[Entry] = &[
    Entry {
        code: Code::FileUnreadable,
        zh: ["无法读取 {value}：{word}", "可读取的文件或文件夹", "检查路径和权限，并关闭占用它的程序"],
        en: [
            "{value} cannot be read: {word}",
            "a readable file or folder",
            "check the path and its permissions and close programs that hold it",
        ],
    },
    Entry {
        code: Code::FormUnknown,
        zh: [
            "{value} 不是可识别的格式",
            "CSV 文件夹、.xlsx 工作簿或 .json 文档",
            "在 Excel 或 WPS 中另存为 .xlsx，或把各表的 .csv 放进一个文件夹",
        ],
        en: [
            "{value} is in no known form",
            "a folder of CSV files, an .xlsx workbook or a .json document",
            "save it as .xlsx, or put the .csv files of the tables into one folder",
        ],
    },
    Entry {
        code: Code::FileTwice,
        zh: ["“{0}”和“{1}”都是《{table}》", "每张表只有一份", "删去或改名其中一份"],
        en: ["`{0}` and `{1}` are both the table `{table}`", "each table once", "remove or rename one of them"],
    },
    Entry {
        code: Code::EncodingUnknown,
        zh: ["{value} 的文字编码无法识别（第 {0} 行）", "UTF-8 或 GB18030", "在 Excel 中另存为“CSV UTF-8”"],
        en: [
            "the text of {value} is in no known encoding (line {0})",
            "text in UTF-8 or GB18030",
            "save it as \"CSV UTF-8\"",
        ],
    },
    Entry {
        code: Code::WorkbookDamaged,
        zh: [
            "{value} 不是完好的 .xlsx 工作簿：{word}",
            "未损坏的 .xlsx 工作簿",
            "用 Excel 或 WPS 打开，重新另存为 .xlsx",
        ],
        en: [
            "{value} is not a sound .xlsx workbook: {word}",
            "an undamaged .xlsx workbook",
            "open it in a spreadsheet program and save it as .xlsx again",
        ],
    },
    Entry {
        code: Code::WorkbookLocked,
        zh: ["{value} 设有密码，或是旧的 .xls 格式", "没有密码的 .xlsx 工作簿", "打开后去掉密码，另存为 .xlsx"],
        en: [
            "{value} has a password or is an old .xls file",
            "an .xlsx workbook without a password",
            "open it, remove the password and save it as .xlsx",
        ],
    },
    Entry {
        code: Code::FileExpands,
        zh: [
            "{value} 展开后远大于文件本身",
            "与文件大小相称的内容",
            "删去空白而带格式的行列，重新另存；不要使用来历不明的文件",
        ],
        en: [
            "{value} unpacks to far more than its size warrants",
            "contents in proportion to the size of the file",
            "delete formatted blank rows and columns and save it again; do not use files of unknown origin",
        ],
    },
    Entry {
        code: Code::QuoteOpen,
        zh: ["双引号没有闭合，其后各行都并入了这一格", "成对的双引号", "补上或删去这一行的双引号"],
        en: [
            "a quotation mark is never closed, and all later rows fell into its cell",
            "quotation marks in pairs",
            "add or remove the quotation mark in this row",
        ],
    },
    Entry {
        code: Code::CellOutsideHeader,
        zh: ["第 {0} 列有内容，却没有表头", "表头之下的内容", "给这一列加上表头，或清空单元格"],
        en: [
            "column {0} has a value but no header",
            "values under a header",
            "give the column a header or clear the cell",
        ],
    },
    Entry {
        code: Code::HeaderTwice,
        zh: ["有两列的表头都是 {value}", "表头不重复", "删去或改名其中一列"],
        en: ["two columns have the header {value}", "each header once", "remove or rename one of them"],
    },
    Entry {
        code: Code::CellError,
        zh: ["单元格是错误值 {value}", "数字或文字", "改正公式"],
        en: ["the cell is the error value {value}", "a number or text", "correct the formula"],
    },
    Entry {
        code: Code::FormulaUnsaved,
        zh: ["公式没有保存过计算结果", "已算出的数字或文字", "用 Excel 或 WPS 打开并保存一次"],
        en: [
            "the result of the formula was never saved",
            "a calculated number or text",
            "open the workbook in a spreadsheet program and save it once",
        ],
    },
    Entry {
        code: Code::CellsMerged,
        zh: ["数据中有合并单元格 {0}", "每个单元格各自填写", "取消合并，把内容填入每一行"],
        en: ["the cells {0} are merged", "each cell filled by itself", "unmerge them and fill every row"],
    },
    Entry {
        code: Code::JsonSyntax,
        zh: ["JSON 第 {0} 行第 {1} 个字符处有错", "正确的 JSON 文本", "检查此处的引号、逗号和括号"],
        en: [
            "the JSON is malformed at line {0}, character {1}",
            "well-formed JSON",
            "check quotation marks, commas and brackets there",
        ],
    },
    Entry {
        code: Code::JsonShape,
        zh: ["此处的值形状不对", "{word}", "参照 schemas/case.schema.json"],
        en: ["the value has another shape than a case has here", "{word}", "see schemas/case.schema.json"],
    },
    Entry {
        code: Code::JsonNested,
        zh: ["单元格的值是对象或嵌套列表", "文字、数字、true、false、null，或它们的列表", "写成文字，多个值用 ; 分开"],
        en: [
            "the value of the cell is an object or a nested list",
            "text, a number, true, false, null or a list of these",
            "write it as text, several values separated by ;",
        ],
    },
    Entry {
        code: Code::JsonKeyTwice,
        zh: ["同一对象中键 {value} 出现两次", "键不重复", "删去其中一个"],
        en: ["the key {value} stands twice in one object", "each key once", "remove one of them"],
    },
    Entry {
        code: Code::TooManyColumns,
        zh: ["《{table}》超过 {0} 列", "最多 {0} 列", "删去多余的列"],
        en: ["`{table}` has more than {0} columns", "at most {0} columns", "remove columns"],
    },
    Entry {
        code: Code::CellTooLong,
        zh: ["内容超过 {0} 字节", "更短的内容", "缩短这一格"],
        en: ["the value is longer than {0} bytes", "a shorter value", "shorten the cell"],
    },
    Entry {
        code: Code::NoSpreadsheets,
        zh: ["此版本不能读写 .xlsx", "CSV 文件夹或 JSON 文档", "使用带 spreadsheets 功能的版本，或另存为 CSV"],
        en: [
            "this build neither reads nor writes .xlsx",
            "a folder of CSV files or a JSON document",
            "use a build with the feature `spreadsheets`, or save as CSV",
        ],
    },
    Entry {
        code: Code::DateImpossible,
        zh: ["{value} 不是可能的日期", "1900-01-01 至 9999-12-31 之间的日期", "改正日期，或把单元格设为文本"],
        en: [
            "{value} is no possible date",
            "a date from 1900-01-01 to 9999-12-31",
            "correct it, or format the cell as text",
        ],
    },
    Entry {
        code: Code::FileUnwritable,
        zh: ["无法写入 {value}：{word}", "可写入的位置", "检查权限和磁盘空间，并关闭占用它的程序"],
        en: [
            "{value} cannot be written: {word}",
            "a place that can be written to",
            "check permissions and free space and close programs that hold it",
        ],
    },
    Entry {
        code: Code::SheetTooSmall,
        zh: ["《{table}》放不进工作表", "最多 1048576 行，每格最多 32767 个字符", "改存为 CSV 或 JSON"],
        en: [
            "`{table}` does not fit a sheet of a workbook",
            "at most 1048576 rows and 32767 characters a cell",
            "save it as CSV or JSON",
        ],
    },
    Entry {
        code: Code::ReadsAsComment,
        zh: ["这一行以 # 开头，在 CSV 和 .xlsx 中会被当作说明", "首格不以“# ”开头", "改写首格，例如去掉 # 后的空格"],
        en: [
            "the row begins with #, which CSV and .xlsx read as a comment",
            "a first cell that does not begin with # and a blank",
            "rewrite the first cell, for instance without the blank after #",
        ],
    },
    Entry {
        code: Code::FileIgnored,
        zh: ["文件 {value} 不是已知的表，没有读取", "以表名命名的 .csv 文件", "若它是一张表，请按表名改名"],
        en: [
            "the file {value} is no known table and was not read",
            ".csv files named after tables",
            "rename it if it is a table",
        ],
    },
    Entry {
        code: Code::SheetIgnored,
        zh: ["{value} 不是已知的表，没有读取", "以表名命名的工作表或键", "若它是一张表，请按表名改名"],
        en: [
            "{value} is no known table and was not read",
            "sheets or keys named after tables",
            "rename it if it is a table",
        ],
    },
    Entry {
        code: Code::SheetHidden,
        zh: ["工作表 {value} 是隐藏的，仍然读取了", "可见的工作表", "取消隐藏以便核对，或删去它"],
        en: [
            "the sheet {value} is hidden and was read all the same",
            "visible sheets",
            "unhide it to check it, or delete it",
        ],
    },
];
