//! Reads the public sets in `benches/gap`.

use std::path::Path;

use super::Instance;

/// What is known about a public instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Path below `benches/gap`, such as `chu1997/d05100`.
    pub path: String,
    /// No assignment costs less.
    pub bound: i64,
    /// The optimum, where it is proven.
    pub optimum: Option<i64>,
    /// The cheapest assignment known.
    pub best: i64,
}

impl Known {
    /// The name without its folder.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

/// The table `data.csv` of a folder of sets, in its order.
///
/// # Errors
/// What cannot be read.
pub fn known(folder: &Path) -> Result<Vec<Known>, String> {
    let file = folder.join("data.csv");
    let text = std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    text.lines().skip(1).filter(|line| !line.trim().is_empty()).map(row).collect()
}

fn row(line: &str) -> Result<Known, String> {
    let cells: Vec<&str> = line.trim().split(',').collect();
    let [path, _, _, _, _, bound, optimum, best] = cells[..] else {
        return Err(format!("`{line}` has not eight cells"));
    };
    let number = |text: &str| text.parse::<i64>().map_err(|_| format!("`{text}` is not a number"));
    let optimum = if optimum.is_empty() { None } else { Some(number(optimum)?) };
    Ok(Known { path: path.to_owned(), bound: number(bound)?, optimum, best: number(best)? })
}

/// An instance in the format of the OR-Library: m, n, m × n costs, m × n weights, m capacities.
///
/// # Errors
/// What is missing or no number.
pub fn read(file: &Path) -> Result<Instance, String> {
    let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let mut numbers = text.split_whitespace().map(|t| t.parse::<i64>().map_err(|_| format!("`{t}` is not a number")));
    let mut next = || numbers.next().unwrap_or_else(|| Err(format!("{} ends too early", file.display())));
    let size = |number: i64| usize::try_from(number).map_err(|_| format!("{number} is no size"));
    let (agents, jobs) = (size(next()?)?, size(next()?)?);
    let mut block = |rows: usize, columns: usize| -> Result<Vec<Vec<i64>>, String> {
        (0..rows).map(|_| (0..columns).map(|_| next()).collect()).collect()
    };
    let (cost, weight) = (block(agents, jobs)?, block(agents, jobs)?);
    let capacity = block(1, agents)?.concat();
    Ok(Instance { cost, weight, capacity })
}
