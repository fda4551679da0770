//! The transportation case is what it says, in rows of people alike and person by person.

use sandan::intake::understand;
use sandan_benches::transport::{generate, network};

#[test]
fn the_network_has_the_size_it_claims() {
    let case = understand(&generate(1, false)).expect("no problems").case;
    let network = network(&case);
    assert_eq!((network.people.len(), network.seats.len()), (9_300, 8_064));
    assert_eq!(network.people.iter().map(|p| i64::from(*p)).sum::<i64>(), 200_000);
    assert!((1_100_000..1_300_000).contains(&network.arcs.len()), "{}", network.arcs.len());
    // Serving is always worth more than leaving out.
    assert!(network.arcs.iter().all(|a| a.2 > 0));
}

#[test]
fn person_by_person_there_is_a_row_each() {
    let sheets = generate(1, true);
    assert_eq!(sheets.sheets[0].rows.len(), 200_000);
}
