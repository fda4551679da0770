//! The integer program of a case: columns, rows and one objective a level. Everything is integer; nothing here knows
//! what a column stands for.

/// Stands for "no limit" on a row.
pub const FREE: i64 = i64::MAX;

/// A column (variable).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Column(pub u32);

/// A row (constraint).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Row(pub u32);

impl Column {
    /// The position, from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Row {
    /// The position, from 0.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a column is for the search: which to branch on first, and which follow from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// A sum of sessions: what is decided first, since it decides much and breaks the symmetry of like periods.
    Total,
    /// How many sessions of a slot are held.
    Session,
    /// 0 or 1, raised with the columns linked to it.
    Indicator,
    /// Units served.
    Units,
    /// Members of a class in a post.
    Staff,
    /// Rooms of a class.
    Room,
    /// Fen or items between a supply and a group of demands: integral whenever the others are.
    Flow,
    /// Follows from the others (see [`Derived`]).
    Derived,
}

/// How a row is to be kept while a plan is built session by session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// After every session.
    Always,
    /// By each session on its own.
    EachSession,
    /// Only by a finished plan: lower limits and rows of derived columns.
    AtEnd,
}

/// How a derived column follows from the others.
#[derive(Clone, Debug)]
pub enum Derived {
    /// `column` is `Σ of`.
    Sum {
        /// The column.
        column: Column,
        /// What is added up.
        of: Vec<Column>,
    },
    /// `columns`, in order, are filled up to their upper bounds by `constant + Σ of`.
    Fill {
        /// Filled in this order.
        columns: Vec<Column>,
        /// What fills them.
        of: Vec<(Column, i64)>,
        /// Already there.
        constant: i64,
    },
    /// `column` is what `Σ of` lacks to `target`, at least 0.
    Missing {
        /// The column.
        column: Column,
        /// What counts.
        of: Vec<(Column, i64)>,
        /// What is wanted.
        target: i64,
    },
    /// `column` is `units × scale` if any of `with` is positive.
    Together {
        /// The column.
        column: Column,
        /// Units of a need.
        units: Column,
        /// Units a step of that column stands for.
        scale: i64,
        /// Members or rooms that must be there.
        with: Vec<Column>,
    },
}

/// An integer program, maximised level by level.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// Lower bound of each column.
    pub lower: Vec<i64>,
    /// Upper bound of each column.
    pub upper: Vec<i64>,
    /// What each column is.
    pub role: Vec<Role>,
    row_starts: Vec<usize>,
    row_entries: Vec<(Column, i64)>,
    /// Lower limit of each row; `-FREE` is none.
    pub row_lower: Vec<i64>,
    /// Upper limit of each row; `FREE` is none.
    pub row_upper: Vec<i64>,
    /// How each row is kept.
    pub keep: Vec<Keep>,
    column_starts: Vec<usize>,
    column_entries: Vec<(Row, i64)>,
    /// One objective a level.
    pub objectives: Vec<Objective>,
    /// Indicators to raise when a column becomes positive: (column, indicator), sorted.
    pub links: Vec<(Column, Column)>,
    /// Derived columns in an order in which they can be computed.
    pub derived: Vec<Derived>,
}

/// `constant + Σ entries`, to be maximised.
#[derive(Clone, Debug, Default)]
pub struct Objective {
    /// Sorted by column, no zero.
    pub entries: Vec<(Column, i64)>,
    /// What no decision changes.
    pub constant: i64,
}

impl Objective {
    /// The value at a point.
    pub fn value(&self, x: &[i64]) -> i64 {
        self.constant + self.gain(x)
    }

    /// The same without the constant.
    pub fn gain(&self, x: &[i64]) -> i64 {
        self.entries.iter().map(|(c, a)| a * x[c.index()]).sum()
    }

    /// What a step of each of so many columns counts.
    pub fn by_column(&self, columns: usize) -> Vec<i64> {
        let mut worth = vec![0; columns];
        self.entries.iter().for_each(|(column, amount)| worth[column.index()] = *amount);
        worth
    }
}

impl Program {
    /// Adds a column.
    pub fn column(&mut self, role: Role, lower: i64, upper: i64) -> Column {
        self.lower.push(lower);
        self.upper.push(upper.max(lower));
        self.role.push(role);
        Column(u32::try_from(self.lower.len() - 1).expect("fewer columns than u32 holds"))
    }

    /// Adds a row; entries of the same column are summed, zeros dropped. An empty row is not kept.
    pub fn row(&mut self, keep: Keep, lower: i64, mut entries: Vec<(Column, i64)>, upper: i64) -> Option<Row> {
        entries.sort_unstable_by_key(|e| e.0);
        if self.row_starts.is_empty() {
            self.row_starts.push(0);
        }
        let start = self.row_entries.len();
        for (column, value) in entries {
            match self.row_entries[start..].last() {
                Some(last) if last.0 == column => {
                    self.row_entries.last_mut().expect("just seen").1 += value;
                }
                _ => self.row_entries.push((column, value)),
            }
        }
        let mut at = start;
        for i in start..self.row_entries.len() {
            if self.row_entries[i].1 != 0 {
                self.row_entries[at] = self.row_entries[i];
                at += 1;
            }
        }
        self.row_entries.truncate(at);
        if at == start && lower <= 0 && upper >= 0 {
            return None;
        }
        self.row_starts.push(at);
        self.row_lower.push(lower);
        self.row_upper.push(upper);
        self.keep.push(keep);
        Some(Row(u32::try_from(self.row_lower.len() - 1).expect("fewer rows than u32 holds")))
    }

    /// Builds the column-wise copy; to be called once, after the last row.
    pub fn finish(&mut self) {
        if self.row_starts.is_empty() {
            self.row_starts.push(0);
        }
        let columns = self.lower.len();
        let mut starts = vec![0usize; columns + 1];
        for (column, _) in &self.row_entries {
            starts[column.index() + 1] += 1;
        }
        for i in 0..columns {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut entries = vec![(Row(0), 0i64); self.row_entries.len()];
        for row in 0..self.rows() {
            for i in self.row_starts[row]..self.row_starts[row + 1] {
                let (column, value) = self.row_entries[i];
                entries[next[column.index()]] = (Row(row as u32), value);
                next[column.index()] += 1;
            }
        }
        self.column_starts = starts;
        self.column_entries = entries;
        self.links.sort_unstable();
        self.links.dedup();
    }

    /// Closes decisions that a row does not let rise at all, whatever the others do; to be called after `finish`. Other
    /// bounds stay as they are, and so do those of what follows from decisions.
    pub fn close_hopeless(&mut self) {
        for row in 0..self.rows() {
            let least = |program: &Self, (column, value): &(Column, i64)| {
                let at = column.index();
                i128::from(*value) * i128::from(if *value > 0 { program.lower[at] } else { program.upper[at] })
            };
            let most = |program: &Self, (column, value): &(Column, i64)| {
                let at = column.index();
                i128::from(*value) * i128::from(if *value > 0 { program.upper[at] } else { program.lower[at] })
            };
            let range = self.row_starts[row]..self.row_starts[row + 1];
            let sum = |of: &dyn Fn(&Self, &(Column, i64)) -> i128| -> i128 {
                self.row_entries[range.clone()].iter().map(|entry| of(self, entry)).sum()
            };
            let (all_least, all_most) = (sum(&least), sum(&most));
            for index in range.clone() {
                let (column, value) = self.row_entries[index];
                let at = column.index();
                if matches!(self.role[at], Role::Derived | Role::Indicator | Role::Total) {
                    continue;
                }
                let entry = (column, value);
                let room = match value > 0 {
                    true if self.row_upper[row] != FREE => {
                        i128::from(self.row_upper[row]) - (all_least - least(self, &entry))
                    }
                    false if self.row_lower[row] != -FREE => {
                        all_most - most(self, &entry) - i128::from(self.row_lower[row])
                    }
                    _ => continue,
                };
                if room.div_euclid(i128::from(value).abs()) <= i128::from(self.lower[at]) {
                    self.upper[at] = self.lower[at];
                }
            }
        }
    }

    /// Forgets what the rows say, to save memory; how many there are is still known.
    pub fn forget_rows(&mut self) {
        self.row_starts = Vec::new();
        self.row_entries = Vec::new();
        self.column_starts = Vec::new();
        self.column_entries = Vec::new();
    }

    /// How many columns there are.
    pub fn columns(&self) -> usize {
        self.lower.len()
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.row_lower.len()
    }

    /// How many entries the rows have.
    pub fn entries(&self) -> usize {
        self.row_entries.len()
    }

    /// The entries of a row, by column.
    pub fn row_of(&self, row: usize) -> &[(Column, i64)] {
        &self.row_entries[self.row_starts[row]..self.row_starts[row + 1]]
    }

    /// The entries of a column, by row.
    pub fn column_of(&self, column: Column) -> &[(Row, i64)] {
        &self.column_entries[self.column_starts[column.index()]..self.column_starts[column.index() + 1]]
    }

    /// The indicators linked to a column.
    pub fn links_of(&self, column: Column) -> impl Iterator<Item = Column> + '_ {
        let from = self.links.partition_point(|l| l.0 < column);
        self.links[from..].iter().take_while(move |l| l.0 == column).map(|l| l.1)
    }

    /// Sets indicators and derived columns so that they follow from the others.
    pub fn complete(&self, x: &mut [i64]) {
        for (index, role) in self.role.iter().enumerate() {
            if *role == Role::Indicator {
                x[index] = self.lower[index];
            }
        }
        for &(column, indicator) in &self.links {
            if x[column.index()] > 0 {
                x[indicator.index()] = 1;
            }
        }
        let sum = |x: &[i64], of: &[(Column, i64)]| of.iter().map(|(c, a)| a * x[c.index()]).sum::<i64>();
        for derived in &self.derived {
            match derived {
                Derived::Sum { column, of } => x[column.index()] = of.iter().map(|c| x[c.index()]).sum(),
                Derived::Fill { columns, of, constant } => {
                    let mut left = constant + sum(x, of);
                    for column in columns {
                        let take = left.clamp(0, self.upper[column.index()]);
                        x[column.index()] = take;
                        left -= take;
                    }
                }
                Derived::Missing { column, of, target } => {
                    x[column.index()] = (target - sum(x, of)).clamp(0, self.upper[column.index()]);
                }
                Derived::Together { column, units, scale, with } => {
                    let there = with.iter().any(|c| x[c.index()] > 0);
                    x[column.index()] = if there { scale * x[units.index()] } else { 0 };
                }
            }
        }
    }

    /// Columns of what rules lack, each with its position among the derived ones.
    pub fn missing(&self) -> impl Iterator<Item = (usize, Column)> + '_ {
        self.derived.iter().enumerate().filter_map(|(at, derived)| match derived {
            Derived::Missing { column, .. } => Some((at, *column)),
            _ => None,
        })
    }

    /// Whether a point keeps every bound and row, in integers.
    pub fn holds(&self, x: &[i64]) -> bool {
        (0..self.columns()).all(|c| self.lower[c] <= x[c] && x[c] <= self.upper[c])
            && (0..self.rows()).all(|r| self.row_holds(r, x))
    }

    /// Whether a point keeps one row.
    pub fn row_holds(&self, row: usize, x: &[i64]) -> bool {
        let activity: i64 = self.row_of(row).iter().map(|(c, a)| a * x[c.index()]).sum();
        self.row_lower[row] <= activity && activity <= self.row_upper[row]
    }
}
