/// A word of the case — a service, skill, role, organisation, unit, item, venue kind, tag, person or group.
///
/// Symbols are numbered in code-point order of their text, so comparing symbols compares their texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(pub u32);

/// The words of a case, sorted and distinct.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Symbols {
    texts: Vec<String>,
}

impl Symbols {
    /// Takes the words in any order, with repeats.
    pub fn new(mut texts: Vec<String>) -> Self {
        texts.sort_unstable();
        texts.dedup();
        Symbols { texts }
    }

    /// The text of a symbol of this case.
    pub fn text(&self, symbol: Symbol) -> &str {
        &self.texts[symbol.0 as usize]
    }

    /// The symbol of a text, if the case uses it.
    pub fn find(&self, text: &str) -> Option<Symbol> {
        let position = self.texts.binary_search_by(|t| t.as_str().cmp(text)).ok()?;
        Some(Symbol(u32::try_from(position).expect("fewer words than rows")))
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether the case uses no word at all.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}
