use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::lists::Lang;

/// 三单对接：需求清单、项目清单、资源清单 → 合规且可核验的方案。
///
/// Matches a needs list, a project list and a resource list into a plan that breaks no rule.
#[derive(Debug, Parser)]
#[command(name = "sandan", version, after_help = EXIT_CODES, subcommand_required = true, arg_required_else_help = true)]
pub(super) struct Command {
    #[command(subcommand)]
    pub(super) task: Task,
    /// 语言 · language [默认 zh，LANG 以 en 开头时 en]
    #[arg(long, global = true, value_enum, value_name = "zh|en")]
    pub(super) lang: Option<LangArg>,
    /// 出错信息写成 JSON，到标准输出 · problems as JSON on standard output
    #[arg(long, global = true)]
    pub(super) json: bool,
    /// 只说错误 · say nothing but errors
    #[arg(long, global = true)]
    pub(super) quiet: bool,
}

const EXIT_CODES: &str = "\
退出码 · exit codes: 0 完成 done · 1 方案不合规 the plan breaks constraints · 2 输入有误 bad input · \
3 没有方案 no plan (unknown) · 70 程序自身的错误 a fault of sandan · 74 写不出文件 a file cannot be written";

#[derive(Debug, Subcommand)]
pub(super) enum Task {
    /// 求方案 · match the lists into a plan
    Match(MatchArgs),
    /// 核验方案 · audit a plan, ours or made by hand
    Check(CheckArgs),
    /// 为什么没有：一项需求、一条规则的缺口，或需求—项目—资源 · why not: a need, a quota, or a triple
    Why(WhyArgs),
    /// 怎样改动清单就能服务一项需求 · the cheapest changes that would serve a need
    Repairs(RepairsArgs),
    /// 缺口清单：补什么、先补什么、各能多做多少 · what to recruit, train or raise, in order
    Gaps(GapsArgs),
    /// 价格：稀缺的人、场地、钱、物再多一个值多少 · what one more of each scarce thing is worth
    Prices(GapsArgs),
    /// 推荐：一项需求的最好场次，或一个资源的最好用处 · the best sessions for a need or a resource
    Recommend(RecommendArgs),
    /// 方案的依据，指定与排除各有多大代价 · what a plan rests on, and what pins cost
    Audit(OfPlan),
    /// 事件或清单变化之后重新对接 · match again after events or changed lists, with few changes
    Rematch(RematchArgs),
    /// 两个方案的比较 · two plans side by side
    Compare(CompareArgs),
    /// 公平报告 · the share each group gets, and what fairness costs
    Fairness(OfPlan),
    /// 转换案例的形式 · write a case in another form
    Convert(ConvertArgs),
    /// 写出空白模板 · write an empty workbook to fill in
    Template(TemplateArgs),
}

/// Where the lists are.
#[derive(Debug, Args)]
pub(super) struct CaseArgs {
    /// 案例：CSV 文件夹、.xlsx 或 .json · a folder of CSV, an .xlsx or a .json
    #[arg(value_name = "CASE")]
    pub(super) case: PathBuf,
    /// 上期方案 .json · the plan before
    #[arg(long, value_name = "PLAN.json")]
    pub(super) previous: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct MatchArgs {
    #[command(flatten)]
    pub(super) input: CaseArgs,
    /// 方案写成 JSON · the plan as JSON
    #[arg(long, value_name = "PLAN.json")]
    pub(super) out: Option<PathBuf>,
    /// 方案写成工作簿 · the plan as a workbook
    #[cfg(feature = "spreadsheets")]
    #[arg(long, value_name = "PLAN.xlsx")]
    pub(super) xlsx: Option<PathBuf>,
    /// 排班表：.html 或 .txt 一个文件，否则是文件夹 · rota pages: one .html or .txt, else a folder
    #[arg(long, value_name = "FILE|FOLDER")]
    pub(super) rota: Option<PathBuf>,
    /// 日历：.ics 一个文件（全部场次），否则是文件夹（另加每人一份）· calendar: one .ics, else a folder with one for each member
    #[arg(long, value_name = "FILE|FOLDER")]
    pub(super) ics: Option<PathBuf>,
    /// 覆盖一级的整数模型（MPS），供 HiGHS、Gurobi、COPT 等求解器 · the integer model of the coverage level, for other solvers
    #[arg(long, value_name = "MODEL.mps")]
    pub(super) mps: Option<PathBuf>,
    /// 容差，如 0.001 · the gap at which a level may stop
    #[arg(long, value_name = "GAP", value_parser = gap_ppm)]
    pub(super) gap: Option<i64>,
    /// 最多几秒 · at most so many seconds
    #[arg(long, value_name = "SECONDS", value_parser = milliseconds)]
    pub(super) time: Option<u64>,
    /// 最多几步 · at most so many steps
    #[arg(long, value_name = "STEPS")]
    pub(super) steps: Option<u64>,
    /// 线程数 · threads
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) threads: Option<u32>,
    /// 逐项查证未满足的需求和配额缺口 · examine every unmet need and missed quota
    #[arg(long, value_enum, value_name = "all")]
    pub(super) explain: Option<Explain>,
    /// 随机种子 · seed
    #[arg(long, value_name = "SEED")]
    pub(super) seed: Option<u64>,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) input: CaseArgs,
    /// 方案：.json，或手改过的 .xlsx（场次、排班、资金）· the plan: .json, or an .xlsx edited by hand
    #[arg(value_name = "PLAN")]
    pub(super) plan: PathBuf,
}

/// A case and a plan of it.
#[derive(Debug, Args)]
pub(super) struct OfPlan {
    #[command(flatten)]
    pub(super) input: CaseArgs,
    /// 方案 .json · the plan
    #[arg(value_name = "PLAN")]
    pub(super) plan: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct WhyArgs {
    #[command(flatten)]
    pub(super) of: OfPlan,
    #[command(flatten)]
    pub(super) asked: Asked,
    /// 规则分别计数的一格，如 place=C9；不给就问这条规则的每个缺口 · one combination of the rule; else every one missed
    #[arg(long, value_name = "KEY=VALUE", requires = "rule")]
    pub(super) per: Vec<String>,
    /// 搜索整个方案来查证，至多这么多步 · search the whole plan for the verdict, for so many steps at most
    #[arg(long, value_name = "N")]
    pub(super) steps: Option<u64>,
    /// 把“照样服务”的方案写成 JSON · the plan that serves it, as JSON
    #[arg(long, value_name = "PLAN.json")]
    pub(super) out: Option<PathBuf>,
}

/// What is asked about.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(super) struct Asked {
    /// 需求 · a need
    #[arg(long, value_name = "ID")]
    pub(super) need: Option<String>,
    /// 规则 · a rule
    #[arg(long, value_name = "ID")]
    pub(super) rule: Option<String>,
    /// 需求、项目、资源 · a need, a project and a resource
    #[arg(long, num_args = 3, value_names = ["NEED", "PROJECT", "RESOURCE"])]
    pub(super) triple: Option<Vec<String>>,
}

/// What changes cost.
#[derive(Debug, Args)]
pub(super) struct PriceArgs {
    /// 改动的价钱，如 recruit=1000（招一人）、train、room、yuan、item、minute、limit、period、lift、offer · points for a change
    #[arg(long, value_name = "KIND=POINTS")]
    pub(super) price: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct RepairsArgs {
    #[command(flatten)]
    pub(super) of: OfPlan,
    /// 需求 · a need
    #[arg(long, value_name = "ID")]
    pub(super) need: String,
    /// 最多列几组 · at most so many
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(super) most: usize,
    #[command(flatten)]
    pub(super) prices: PriceArgs,
}

#[derive(Debug, Args)]
pub(super) struct GapsArgs {
    #[command(flatten)]
    pub(super) of: OfPlan,
    #[command(flatten)]
    pub(super) prices: PriceArgs,
}

#[derive(Debug, Args)]
pub(super) struct RecommendArgs {
    #[command(flatten)]
    pub(super) of: OfPlan,
    #[command(flatten)]
    pub(super) subject: SubjectArgs,
    /// 最多列几场 · at most so many
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(super) most: usize,
}

/// For what.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(super) struct SubjectArgs {
    /// 需求 · a need
    #[arg(long, value_name = "ID")]
    pub(super) need: Option<String>,
    /// 资源 · a resource
    #[arg(long, value_name = "ID")]
    pub(super) resource: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct RematchArgs {
    /// 案例：CSV 文件夹、.xlsx 或 .json · a folder of CSV, an .xlsx or a .json
    #[arg(value_name = "CASE")]
    pub(super) case: PathBuf,
    /// 上期方案 .json · the plan before
    #[arg(long, value_name = "PLAN.json")]
    pub(super) previous: PathBuf,
    /// 事件 .json · events
    #[arg(long, value_name = "EVENTS.json")]
    pub(super) events: Option<PathBuf>,
    /// 这个时段以前的场次不再改动 · sessions that start before this period stay as they are
    #[arg(long, value_name = "PERIOD")]
    pub(super) freeze_before: Option<String>,
    /// 搜索整个方案，至多这么多步 · search the whole plan, for so many steps at most
    #[arg(long, value_name = "N")]
    pub(super) steps: Option<u64>,
    /// 新方案写成 JSON · the new plan as JSON
    #[arg(long, value_name = "PLAN.json")]
    pub(super) out: PathBuf,
    /// 事件之后的清单：.xlsx、.json 或文件夹 · the lists after the events
    #[arg(long, value_name = "X")]
    pub(super) lists: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct CompareArgs {
    #[command(flatten)]
    pub(super) of: OfPlan,
    /// 另一个方案 .json · the other plan
    #[arg(value_name = "OTHER")]
    pub(super) other: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct ConvertArgs {
    #[command(flatten)]
    pub(super) input: CaseArgs,
    /// 写到：.xlsx、.json，否则是 CSV 文件夹 · to: .xlsx, .json, else a folder of CSV
    #[arg(long, value_name = "X")]
    pub(super) out: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct TemplateArgs {
    /// 写到 · to
    #[arg(long, value_name = "X.xlsx")]
    pub(super) out: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Explain {
    All,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LangArg {
    Zh,
    En,
}

impl From<LangArg> for Lang {
    fn from(arg: LangArg) -> Lang {
        match arg {
            LangArg::Zh => Lang::Zh,
            LangArg::En => Lang::En,
        }
    }
}

/// A decimal share between 0 and 1 in parts per million, exactly.
pub(super) fn gap_ppm(text: &str) -> Result<i64, String> {
    decimal(text, 6).filter(|ppm| *ppm <= 1_000_000).ok_or_else(|| "0 – 1".to_owned())
}

/// Seconds with at most three decimals, as milliseconds.
fn milliseconds(text: &str) -> Result<u64, String> {
    let found = decimal(text, 3).and_then(|ms| u64::try_from(ms).ok());
    found.ok_or_else(|| "0, 0.5, 60, …".to_owned())
}

/// An unsigned decimal with at most so many decimals, scaled by them.
fn decimal(text: &str, decimals: usize) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > decimals {
        return None;
    }
    format!("{whole}{part:0<decimals$}").parse().ok()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_is_well_formed() {
        Command::command().debug_assert();
    }

    #[test]
    fn shares_and_seconds_are_read_exactly() {
        assert_eq!(gap_ppm("0.001"), Ok(1000));
        assert_eq!(gap_ppm("1"), Ok(1_000_000));
        assert!(gap_ppm("1.1").is_err() && gap_ppm("-0").is_err() && gap_ppm("0.0000001").is_err());
        assert_eq!(milliseconds("2.5"), Ok(2500));
        assert!(milliseconds("soon").is_err());
    }
}
