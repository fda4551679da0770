//! Which cells show their number as a date.

use std::collections::BTreeMap;

use super::dates::DateForm;
use super::package::{Damage, Name, Package, Step, attribute};

/// How each style shows numbers.
#[derive(Default)]
pub(super) struct Styles {
    forms: Vec<DateForm>,
}

impl Styles {
    /// How the style of a number shows dates.
    pub(super) fn form(&self, style: usize) -> DateForm {
        self.forms.get(style).copied().unwrap_or_default()
    }
}

/// Reads the styles; a workbook without any shows plain numbers.
pub(super) fn read(package: &mut Package, path: &str) -> Result<Styles, Damage> {
    let mut styles = Styles::default();
    if !package.has(path) {
        return Ok(styles);
    }
    let mut own: BTreeMap<u32, DateForm> = BTreeMap::new();
    let mut in_cells = false;
    let mut part = package.part(path)?;
    loop {
        match part.next(None)? {
            Step::Start(element) => match element.local_name().as_ref() {
                "numFmt" => {
                    let id = attribute(&element, "numFmtId")?.and_then(|id| id.parse().ok());
                    let code = attribute(&element, "formatCode")?;
                    if let (Some(id), Some(code)) = (id, code) {
                        own.insert(id, DateForm::of_code(&code));
                    }
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells => {
                    let id: u32 = attribute(&element, "numFmtId")?.and_then(|id| id.parse().ok()).unwrap_or(0);
                    let form = own.get(&id).copied().unwrap_or_else(|| DateForm::built_in(id));
                    styles.forms.push(form);
                }
                _ => {}
            },
            Step::End(Name::CellXfs) => in_cells = false,
            Step::Over => return Ok(styles),
            Step::End(_) | Step::Text => {}
        }
    }
}
