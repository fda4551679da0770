use super::texts;
use super::{Problem, ProblemText};
use crate::lists::{Lang, Table};

/// Declares the codes once: name in Rust and name in messages.
macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),* $(,)?) => {
        /// The stable codes of problems: E0 files and forms, E1 tables and columns, E2 values, E3 references, E4 rules of the tables,
        /// E5 limits and privacy; W0 files, W1 tables and columns, W2 values and names, W3 what cannot work as it stands.
        ///
        /// A code never changes its meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$doc])* $variant,)*
        }

        impl Code {
            /// Every code, in the order of the docs.
            pub const ALL: &[Code] = &[$(Code::$variant),*];

            /// The code as written in messages: `E` or `W` and a number.
            pub fn name(self) -> &'static str {
                match self {
                    $(Code::$variant => $name,)*
                }
            }
        }
    };
}

codes! {
    /// A file or folder cannot be read.
    FileUnreadable = "E001",
    /// Neither a folder of CSV, nor .xlsx, nor JSON.
    FormUnknown = "E002",
    /// Two files, sheets or keys are the same table.
    FileTwice = "E003",
    /// Text in none of the encodings that are read.
    EncodingUnknown = "E004",
    /// Not a workbook, or a damaged one.
    WorkbookDamaged = "E005",
    /// A workbook with a password, or in the old .xls form.
    WorkbookLocked = "E006",
    /// A file that unpacks to more than a file of its size may.
    FileExpands = "E007",
    /// A quotation mark that is never closed.
    QuoteOpen = "E008",
    /// A value under no header.
    CellOutsideHeader = "E009",
    /// Two columns, known to no table, with the same header.
    HeaderTwice = "E010",
    /// An error value such as `#REF!`.
    CellError = "E011",
    /// A formula whose result was never saved.
    FormulaUnsaved = "E012",
    /// Merged cells among the data.
    CellsMerged = "E013",
    /// Malformed JSON.
    JsonSyntax = "E014",
    /// A JSON value of another shape than a case has there.
    JsonShape = "E015",
    /// A JSON object, or a list in a list, as the value of a cell.
    JsonNested = "E016",
    /// A key twice in one JSON object.
    JsonKeyTwice = "E017",
    /// More columns than a table may have.
    TooManyColumns = "E018",
    /// A cell longer than a cell may be.
    CellTooLong = "E019",
    /// A build that does not read or write workbooks.
    NoSpreadsheets = "E020",
    /// A date of a workbook that is none.
    DateImpossible = "E021",
    /// A file or folder cannot be written.
    FileUnwritable = "E022",
    /// A table that does not fit a sheet of a workbook.
    SheetTooSmall = "E023",
    /// A row that would be read back as a comment.
    ReadsAsComment = "E024",

    /// A required table is missing.
    TableMissing = "E101",
    /// A table is given twice.
    TableTwice = "E102",
    /// A required column is missing.
    ColumnMissing = "E103",
    /// Two headers mean the same column.
    ColumnTwice = "E104",
    /// `previous` is given as a sheet.
    PreviousIsNoSheet = "E105",
    /// A column of training and order, not supported in this version.
    ColumnReserved = "E106",

    /// A required cell is blank.
    CellBlank = "E201",
    /// Not an integer.
    NotAnInteger = "E202",
    /// A number out of its range.
    OutOfRange = "E203",
    /// Not an amount of yuan.
    NotMoney = "E204",
    /// Not yes or no.
    NotABoolean = "E205",
    /// Not one of the words allowed.
    NotAChoice = "E206",
    /// Several values where one is expected.
    NotOne = "E207",
    /// Not an ISO 8601 date or time.
    NotADate = "E208",
    /// Not `skill` or `skill@periods`.
    BadSkill = "E209",
    /// Not `item:n`.
    BadGoods = "E210",
    /// Not `role[skill+skill]:count/per_units`.
    BadStaffing = "E211",
    /// Not `role[skill+skill]`.
    BadAgainst = "E212",
    /// Not `kind:value` or a word.
    BadTag = "E213",
    /// A range of periods that ends before it begins.
    RangeReversed = "E214",
    /// A range of periods that cannot be filled in without the periods table.
    RangeNeedsTable = "E215",
    /// Not a number.
    NotANumber = "E216",
    /// A control or invisible character in an id or a word.
    BadCharacter = "E217",
    /// A list separator or `..` in an id that lists name.
    SeparatorInId = "E218",
    /// The reserved id `online`.
    ReservedId = "E219",
    /// The same thing twice in one cell.
    TwiceInCell = "E220",
    /// A setting with a value it cannot have.
    BadSetting = "E221",
    /// A word in `levels` that is no term.
    NotATerm = "E222",
    /// Fairness steps that do not rise to 1 or whose multipliers increase.
    BadFairness = "E223",

    /// An id stands in two rows.
    IdTwice = "E301",
    /// Two rows say the same pair, way or setting.
    RowTwice = "E302",
    /// No such need.
    UnknownNeed = "E303",
    /// No such project.
    UnknownProject = "E304",
    /// No such resource.
    UnknownResource = "E305",
    /// No such place.
    UnknownPlace = "E306",
    /// No such period or tag of periods.
    UnknownPeriod = "E307",
    /// No such key of a count.
    UnknownPerKey = "E308",

    /// Parents of places go round in a circle.
    ParentCycle = "E401",
    /// A latitude without a longitude, or the other way round.
    HalfCoordinates = "E402",
    /// A period with a start but no end, or the other way round.
    HalfDates = "E403",
    /// A period that does not end after it starts.
    EndBeforeStart = "E404",
    /// Two periods overlap.
    PeriodsOverlap = "E405",
    /// A way from a place to itself that takes time.
    WayToItself = "E406",
    /// `min_size` above `size`.
    MinSizeAboveSize = "E407",
    /// A column that this kind of resource needs is blank.
    NeededForKind = "E408",
    /// A venue at a place that has places below it.
    VenueNotAtLeaf = "E409",
    /// A column that this kind of rule needs is blank.
    RuleNeeds = "E410",
    /// A column that this kind of rule does not take.
    RuleTakesNot = "E411",
    /// A `units` rule that needs of two kinds of unit could pass.
    RuleMixesUnits = "E412",
    /// A rule with more than 10⁶ combinations.
    TooManyCombinations = "E413",
    /// A pin that names a fund or a stock.
    PinOnMoney = "E414",
    /// `previous` is not a plan.
    PreviousMalformed = "E415",
    /// `previous` is a plan of another format.
    PreviousFormat = "E416",
    /// An amount in `previous` out of its range.
    PreviousAmount = "E417",
    /// Facts overdraw a fund or a stock.
    FactsOverdraw = "E418",
    /// Pins that cannot hold together.
    PinsConflict = "E419",

    /// More rows than a table may hold.
    TooManyRows = "E501",
    /// More periods than a case may have.
    TooManyPeriods = "E502",
    /// A level whose worst value could exceed 2⁵³ − 1.
    LevelTooLarge = "E503",
    /// A column holds identity numbers.
    IdentityNumbers = "E504",
    /// A column holds mobile numbers.
    MobileNumbers = "E505",

    /// A file that is no table, left out.
    FileIgnored = "W001",
    /// A sheet or key that is no table, left out.
    SheetIgnored = "W002",
    /// A hidden sheet, read all the same.
    SheetHidden = "W003",

    /// A column that the table does not know.
    ColumnUnknown = "W101",
    /// Cells without a header.
    CellsWithoutHeader = "W102",
    /// A setting that is not known.
    SettingUnknown = "W103",
    /// A column that this kind of resource does not use.
    ColumnIgnored = "W104",
    /// A way to or from `online`.
    WayOnline = "W105",
    /// A column in `allow_columns` that no table has.
    AllowsNothing = "W106",

    /// A place by its title rather than its id.
    PlaceByTitle = "W201",
    /// A rule names a word that nothing in the case uses.
    RuleWordUnused = "W202",
    /// Periods whose dates are not in row order.
    PeriodsOutOfOrder = "W203",

    /// An organisation that no staff row has.
    OrgWithoutStaff = "W301",
    /// A cost that no fund may pay.
    CostWithoutFund = "W302",
    /// Goods that no stock holds.
    GoodsWithoutStock = "W303",
    /// A venue kind that no venue has.
    VenueWithoutRoom = "W304",
    /// A load above every `per_period`.
    LoadTooLarge = "W305",
    /// Staff available in all periods by default.
    AlwaysAvailable = "W306",
    /// `min_sessions` above `max_sessions`.
    NeverHeld = "W307",
}

impl Code {
    /// Whether a problem of this code is an error.
    pub fn is_error(self) -> bool {
        self.name().starts_with('E')
    }

    /// What is said about a problem of this code.
    pub fn text(self, lang: Lang, problem: &Problem) -> ProblemText {
        let [message, expected, hint] = self.template(lang);
        let fill = |template: &str| fill(template, lang, problem);
        ProblemText { message: fill(message), expected: fill(expected), hint: fill(hint) }
    }

    /// The message, the expectation and the hint, with `{value}`, `{table}`, `{0}`, `{1}`, … for the details and
    /// `{near}` for the first detail where it is the nearest known name.
    pub fn template(self, lang: Lang) -> [&'static str; 3] {
        let entry = texts::ALL.iter().flat_map(|part| part.iter()).find(|entry| entry.code == self);
        let entry = entry.expect("a test holds that every code has its texts");
        if lang == Lang::Zh { entry.zh } else { entry.en }
    }
}

/// Fills a template in.
fn fill(template: &str, lang: Lang, problem: &Problem) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        let Some(length) = rest[start..].find('}') else { break };
        out.push_str(&rest[..start]);
        let name = &rest[start + 1..start + length];
        rest = &rest[start + length + 1..];
        match name {
            "table" => out.push_str(problem.table.map_or("", |t| title(t, lang))),
            "value" if problem.value.is_empty() => out.push_str(if lang == Lang::Zh { "该值" } else { "this value" }),
            "value" => quote(&mut out, &problem.value),
            "word" => out.push_str(problem.details.first().map_or("", |word| texts::word(word, lang))),
            "cells" => cells(&mut out, problem.details.get(1..).unwrap_or_default(), lang),
            "near" => {
                if let Some(near) = problem.details.first().filter(|near| !near.is_empty()) {
                    out.push_str(if lang == Lang::Zh { "；最接近的是 " } else { "; the nearest is " });
                    quote(&mut out, near);
                }
            }
            _ => {
                let detail = name.parse::<usize>().ok().and_then(|n| problem.details.get(n));
                out.push_str(detail.map_or("", String::as_str));
            }
        }
    }
    out.push_str(rest);
    out
}

/// Cells, each `table:row:column` (row and column may be blank), the last perhaps `+n` for n more.
fn cells(out: &mut String, cells: &[String], lang: Lang) {
    let zh = lang == Lang::Zh;
    for (position, cell) in cells.iter().enumerate() {
        if let Some(more) = cell.strip_prefix('+') {
            out.push_str(&if zh { format!(" 等，另有 {more} 项") } else { format!(" and {more} more") });
            continue;
        }
        out.push_str(if position == 0 {
            ""
        } else if zh {
            "、"
        } else {
            ", "
        });
        let mut parts = cell.splitn(3, ':');
        let name = parts.next().unwrap_or_default();
        let table = Table::ALL.into_iter().find(|t| t.name() == name);
        out.push_str(table.map_or(name, |t| title(t, lang)));
        let row = parts.next().filter(|row| !row.is_empty());
        row.iter().for_each(|row| out.push_str(&if zh { format!("第 {row} 行") } else { format!(" row {row}") }));
        let column = parts.next().filter(|column| !column.is_empty());
        column.iter().for_each(|column| out.extend([" ", *column]));
    }
}

/// The name of a table in a language.
fn title(table: Table, lang: Lang) -> &'static str {
    if lang == Lang::Zh { table.chinese() } else { table.name() }
}

/// User input in backticks.
fn quote(out: &mut String, text: &str) {
    out.push('`');
    out.push_str(text);
    out.push('`');
}
