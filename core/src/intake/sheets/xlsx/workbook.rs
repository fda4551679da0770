//! The parts that say which sheets a workbook has and where they are.

use std::collections::BTreeMap;

use super::package::{Damage, Package, Step, attribute};

/// A sheet by name.
pub(super) struct SheetEntry {
    pub(super) name: String,
    pub(super) hidden: bool,
    pub(super) is_worksheet: bool,
    pub(super) path: String,
}

/// What a workbook is made of.
pub(super) struct Workbook {
    pub(super) sheets: Vec<SheetEntry>,
    /// Days count from 1904 rather than 1900.
    pub(super) epoch_1904: bool,
    pub(super) strings_path: String,
    pub(super) styles_path: String,
}

/// One relationship of a part.
struct Relationship {
    kind: String,
    target: String,
}

/// Reads the list of sheets.
pub(super) fn read(package: &mut Package) -> Result<Workbook, Damage> {
    let path = match relationships(package, "_rels/.rels", "")? {
        Some(found) => found.into_values().find(|r| r.kind == "officeDocument").map(|r| r.target),
        None => None,
    };
    let path = path.filter(|p| package.has(p)).unwrap_or_else(|| "xl/workbook.xml".to_owned());
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", &path));
    let relations =
        relationships(package, &format!("{folder}/_rels/{file}.rels"), folder)?.ok_or(Damage::Part("missing"))?;
    let part_of = |kind: &str, usual: &str| {
        let found = relations.values().find(|r| r.kind == kind).map(|r| r.target.clone());
        found.unwrap_or_else(|| format!("{folder}/{usual}"))
    };
    let mut workbook = Workbook {
        sheets: Vec::new(),
        epoch_1904: false,
        strings_path: part_of("sharedStrings", "sharedStrings.xml"),
        styles_path: part_of("styles", "styles.xml"),
    };
    let mut part = package.part(&path)?;
    loop {
        match part.next(None)? {
            Step::Start(element) => match element.local_name().as_ref() {
                "sheet" => {
                    let id = attribute(&element, "id")?.unwrap_or_default();
                    let relation = relations.get(&id).ok_or(Damage::Part("missing"))?;
                    workbook.sheets.push(SheetEntry {
                        name: attribute(&element, "name")?.unwrap_or_default(),
                        hidden: attribute(&element, "state")?.is_some_and(|s| s != "visible"),
                        is_worksheet: relation.kind == "worksheet",
                        path: relation.target.clone(),
                    });
                }
                "workbookPr" => {
                    // An extension of the same name carries no such attribute.
                    if let Some(value) = attribute(&element, "date1904")? {
                        workbook.epoch_1904 = matches!(value.as_str(), "1" | "true" | "on");
                    }
                }
                _ => {}
            },
            Step::Over => return Ok(workbook),
            Step::End(_) | Step::Text => {}
        }
    }
}

/// The relationships of a part by id, with targets as paths in the archive; `None` where the part has none.
fn relationships(
    package: &mut Package,
    path: &str,
    folder: &str,
) -> Result<Option<BTreeMap<String, Relationship>>, Damage> {
    if !package.has(path) {
        return Ok(None);
    }
    let mut relations = BTreeMap::new();
    let mut part = package.part(path)?;
    loop {
        match part.next(None)? {
            Step::Start(element) if element.local_name().as_ref() == "Relationship" => {
                let target = attribute(&element, "Target")?.unwrap_or_default();
                let target = if target.starts_with('/') { target } else { format!("{folder}/{target}") };
                let kind = attribute(&element, "Type")?.unwrap_or_default();
                let kind = kind.rsplit('/').next().unwrap_or("").to_owned();
                relations.insert(attribute(&element, "Id")?.unwrap_or_default(), Relationship { kind, target });
            }
            Step::Over => return Ok(Some(relations)),
            _ => {}
        }
    }
}
