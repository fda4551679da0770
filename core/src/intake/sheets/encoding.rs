//! Text from bytes: UTF-8 with or without a byte order mark, UTF-16 with one, else GB18030.

use std::borrow::Cow;

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

/// The bytes are in none of the encodings; the first line that does not decode, from 1, where it is known.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Undecodable {
    pub(super) line: Option<u32>,
}

impl Undecodable {
    /// The line, or `?`.
    pub(super) fn line_text(&self) -> String {
        self.line.map_or_else(|| "?".to_owned(), |line| line.to_string())
    }
}

/// Decodes text. A byte order mark binds: what follows it must be in its encoding.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Undecodable> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return std::str::from_utf8(rest).map(Cow::Borrowed).map_err(|e| {
            let good = &rest[..e.valid_up_to()];
            Undecodable { line: Some(line_after(good)) }
        });
    }
    for (mark, encoding) in [(b"\xFF\xFE", UTF_16LE), (b"\xFE\xFF", UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(mark) {
            return encoding
                .decode_without_bom_handling_and_without_replacement(rest)
                .ok_or(Undecodable { line: None });
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    GB18030.decode_without_bom_handling_and_without_replacement(bytes).ok_or_else(|| {
        // No byte inside a character of GB18030 is a line feed, so lines decode one by one.
        let line = bytes
            .split(|b| *b == b'\n')
            .position(|line| GB18030.decode_without_bom_handling_and_without_replacement(line).is_none());
        Undecodable { line: line.and_then(|l| u32::try_from(l + 1).ok()) }
    })
}

fn line_after(good: &[u8]) -> u32 {
    let breaks = good.iter().filter(|b| **b == b'\n').count();
    u32::try_from(breaks).unwrap_or(u32::MAX - 1) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_four_encodings_alike() {
        let text = "编号,名称\nN1,书包😀\n";
        let gb = GB18030.encode(text).0.into_owned();
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            gb,
            [b"\xFF\xFE", &wide[..]].concat(),
        ] {
            assert_eq!(decode(&bytes).expect("decodes"), text);
        }
    }

    #[test]
    fn says_the_line_that_does_not_decode() {
        assert_eq!(decode(b"a\nb\n\x81\x20\xFF\n"), Err(Undecodable { line: Some(3) }));
        assert_eq!(decode(b"\xEF\xBB\xBFa\n\xC4\xE3\n"), Err(Undecodable { line: Some(2) }));
    }
}
