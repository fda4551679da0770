/// The language of messages and sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lang {
    /// 中文.
    #[default]
    Zh,
    /// English.
    En,
}

/// A table of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// 需求清单.
    Needs,
    /// 项目清单.
    Projects,
    /// 资源清单.
    Resources,
    /// 地点.
    Places,
    /// 路程.
    Travel,
    /// 时段.
    Periods,
    /// 岗位要求.
    Requirements,
    /// 适配.
    Fit,
    /// 规则.
    Rules,
    /// 指定.
    Pins,
    /// 设置.
    Settings,
    /// 上期方案.
    Previous,
}

impl Table {
    /// Every table, in the order of the workbook.
    pub const ALL: [Table; 12] = [
        Table::Needs,
        Table::Projects,
        Table::Resources,
        Table::Places,
        Table::Travel,
        Table::Periods,
        Table::Requirements,
        Table::Fit,
        Table::Rules,
        Table::Pins,
        Table::Settings,
        Table::Previous,
    ];

    /// The English name: file stem, sheet or JSON key.
    pub fn name(self) -> &'static str {
        match self {
            Table::Needs => "needs",
            Table::Projects => "projects",
            Table::Resources => "resources",
            Table::Places => "places",
            Table::Travel => "travel",
            Table::Periods => "periods",
            Table::Requirements => "requirements",
            Table::Fit => "fit",
            Table::Rules => "rules",
            Table::Pins => "pins",
            Table::Settings => "settings",
            Table::Previous => "previous",
        }
    }

    /// The Chinese name.
    pub fn chinese(self) -> &'static str {
        match self {
            Table::Needs => "需求清单",
            Table::Projects => "项目清单",
            Table::Resources => "资源清单",
            Table::Places => "地点",
            Table::Travel => "路程",
            Table::Periods => "时段",
            Table::Requirements => "岗位要求",
            Table::Fit => "适配",
            Table::Rules => "规则",
            Table::Pins => "指定",
            Table::Settings => "设置",
            Table::Previous => "上期方案",
        }
    }
}
