//! The texts that cells share.

use super::package::{Damage, Name, Package, Part, Step};

/// The shared texts, in one piece: a text of no length takes no memory of its own.
#[derive(Default)]
pub(super) struct SharedStrings {
    text: String,
    ends: Vec<u32>,
}

impl SharedStrings {
    /// The text of a number.
    pub(super) fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)? as usize;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        self.text.get(start..end)
    }
}

/// Reads the shared texts; a workbook without any has none.
pub(super) fn read(package: &mut Package, path: &str) -> Result<SharedStrings, Damage> {
    let mut strings = SharedStrings::default();
    if !package.has(path) {
        return Ok(strings);
    }
    // Texts that differ take more than a byte each, however well they are packed.
    let most = package.size().saturating_add(1_000_000);
    let mut part = package.part(path)?;
    let mut one = String::new();
    loop {
        match part.next(None)? {
            Step::Start(element) if element.local_name().as_ref() == "si" => {
                if strings.ends.len() == most {
                    return Err(Damage::Expands);
                }
                one.clear();
                read_rich(&mut part, Name::Si, &mut one)?;
                strings.text.push_str(&unescape(&one));
                strings.ends.push(u32::try_from(strings.text.len()).map_err(|_| Damage::Expands)?);
            }
            Step::Over => return Ok(strings),
            _ => {}
        }
    }
}

/// Reads the text of `<si>` or `<is>` up to its end, formatting dropped; readings written above characters
/// (`<rPh>`) are no part of it.
pub(super) fn read_rich(part: &mut Part, end: Name, into: &mut String) -> Result<(), Damage> {
    let mut in_text = false;
    let mut above = false;
    let mut depth = 0_usize;
    loop {
        let wanted = (in_text && !above).then_some(&mut *into);
        match part.next(wanted)? {
            Step::Start(element) => {
                depth += 1;
                match element.local_name().as_ref() {
                    "t" => in_text = true,
                    "rPh" => above = true,
                    _ => {}
                }
            }
            Step::End(name) => {
                if depth == 0 {
                    return if name == end { Ok(()) } else { Err(super::package::DAMAGED) };
                }
                depth -= 1;
                match name {
                    Name::T => in_text = false,
                    Name::RPh => above = false,
                    _ => {}
                }
            }
            Step::Text => {}
            Step::Over => return Err(super::package::DAMAGED),
        }
    }
}

/// Undoes `_x000D_`, by which workbooks write characters that XML cannot hold.
pub(super) fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let code = rest.get(2..7).and_then(|code| code.strip_suffix('_'));
        let code = code.filter(|c| c.bytes().all(|b| b.is_ascii_hexdigit()));
        match code.and_then(|c| u32::from_str_radix(c, 16).ok()).and_then(char::from_u32) {
            Some(character) => {
                plain.push(character);
                rest = &rest[7..];
            }
            None => {
                plain.push_str("_x");
                rest = &rest[2..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::unescape;

    #[test]
    fn undoes_escapes_only() {
        for (written, expected) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_x000", "_x000"),
            ("_xZZZZ_", "_xZZZZ_"),
            ("_xD800_", "_xD800_"),
            ("_x书包袋", "_x书包袋"),
            ("_x_x0041_", "_xA"),
        ] {
            assert_eq!(unescape(written), expected, "{written}");
        }
    }
}
