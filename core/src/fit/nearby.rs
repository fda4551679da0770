//! Staff by role and by the place that they reach: few of a prefecture's reach any one place.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::Geography;
use crate::lists::{Case, Kind, PlaceId, ResourceId, Symbol};

/// Rows that have a role and reach a place.
type Reaching = BTreeMap<(Symbol, PlaceId), Rc<[ResourceId]>>;

/// The rows of staff of a case, found for a place when first asked for.
pub struct Nearby {
    by_role: BTreeMap<Symbol, Vec<ResourceId>>,
    known: RefCell<Reaching>,
}

impl Nearby {
    /// Sorts the rows of staff by role.
    pub fn new(case: &Case) -> Self {
        let mut by_role: BTreeMap<Symbol, Vec<ResourceId>> = BTreeMap::new();
        for (index, row) in case.resources.iter().enumerate().filter(|(_, row)| row.kind == Kind::Staff) {
            row.roles.iter().for_each(|role| by_role.entry(*role).or_default().push(ResourceId::from(index)));
        }
        Nearby { by_role, known: RefCell::default() }
    }

    /// Rows that have a role, in the order of the list.
    pub fn of_role(&self, role: Symbol) -> &[ResourceId] {
        self.by_role.get(&role).map_or(&[], Vec::as_slice)
    }

    /// Those of them that reach a place (a leaf or `online`).
    pub fn reaching(&self, case: &Case, geography: &Geography, role: Symbol, place: PlaceId) -> Rc<[ResourceId]> {
        let reaches = |row: &&ResourceId| {
            let resource = &case.resources[row.index()];
            geography.reach(resource.place, resource.reach_minutes, place).is_some()
        };
        let mut known = self.known.borrow_mut();
        let find = || self.of_role(role).iter().filter(reaches).copied().collect();
        known.entry((role, place)).or_insert_with(find).clone()
    }
}
