//! The linear program as the caller states it.

/// A sparse matrix held column by column.
///
/// Column `j` holds the entries `starts[j]..starts[j + 1]` of `rows` and
/// `values`. Entries of the same row in one column add up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    /// Where each column begins; one more than there are columns (or empty).
    pub starts: Vec<usize>,
    /// Row of each entry.
    pub rows: Vec<usize>,
    /// Value of each entry.
    pub values: Vec<f64>,
}

impl Columns {
    /// Number of columns.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there is no column.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Appends one column.
    pub fn push(&mut self, entries: &[(usize, f64)]) {
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        for &(row, value) in entries {
            self.rows.push(row);
            self.values.push(value);
        }
        self.starts.push(self.rows.len());
    }

    /// The entries (row, value) of one column.
    pub fn column(&self, column: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let range = self.starts[column]..self.starts[column + 1];
        self.rows[range.clone()].iter().copied().zip(self.values[range].iter().copied())
    }
}

/// Maximise `objective · x` subject to `row_lower ≤ A x ≤ row_upper` and
/// `lower ≤ x ≤ upper`.
///
/// Bounds of columns are finite; bounds of rows may be infinite.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LinearProgram {
    /// The matrix A.
    pub columns: Columns,
    /// What one unit of each column is worth.
    pub objective: Vec<f64>,
    /// Least value of each column.
    pub lower: Vec<f64>,
    /// Greatest value of each column.
    pub upper: Vec<f64>,
    /// Least activity of each row; `-∞` if there is none.
    pub row_lower: Vec<f64>,
    /// Greatest activity of each row; `+∞` if there is none.
    pub row_upper: Vec<f64>,
}

impl LinearProgram {
    /// Appends a row without entries and returns its index.
    pub fn add_row(&mut self, lower: f64, upper: f64) -> usize {
        self.row_lower.push(lower);
        self.row_upper.push(upper);
        self.row_lower.len() - 1
    }

    /// Appends a column and returns its index.
    pub fn add_column(&mut self, objective: f64, lower: f64, upper: f64, entries: &[(usize, f64)]) -> usize {
        self.columns.push(entries);
        self.objective.push(objective);
        self.lower.push(lower);
        self.upper.push(upper);
        self.objective.len() - 1
    }

    /// Whether all lengths agree, all entries name a row and no number is NaN.
    pub fn is_sound(&self) -> bool {
        let columns = self.columns.len();
        let rows = self.row_lower.len();
        let starts = &self.columns.starts;
        self.objective.len() == columns
            && self.lower.len() == columns
            && self.upper.len() == columns
            && self.row_upper.len() == rows
            && self.columns.rows.len() == self.columns.values.len()
            && starts.first().is_none_or(|&start| start == 0)
            && starts.last().is_none_or(|&end| end == self.columns.rows.len())
            && starts.windows(2).all(|pair| pair[0] <= pair[1])
            && self.columns.rows.iter().all(|&row| row < rows)
            && self.columns.values.iter().all(|value| value.is_finite())
            && self.objective.iter().all(|value| value.is_finite())
            && (self.lower.iter().zip(&self.upper)).all(|(&lower, &upper)| sound(lower, upper))
            && (self.row_lower.iter().zip(&self.row_upper)).all(|(&lower, &upper)| sound(lower, upper))
    }
}

/// Whether the pair can be a pair of bounds (it may still be empty).
pub(super) fn sound(lower: f64, upper: f64) -> bool {
    !lower.is_nan() && !upper.is_nan() && lower < f64::INFINITY && upper > f64::NEG_INFINITY
}
