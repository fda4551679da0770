//! Every fault of the table is answered by the right code at the right place.

mod faults;

use sandan::intake::understand;

#[test]
fn the_sound_case_has_no_problem() {
    let intake = understand(&faults::base()).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!(intake.warnings, []);
}

#[test]
fn every_fault_is_found_at_its_place() {
    let faults = faults::faults();
    let failures: Vec<String> =
        faults.iter().filter_map(|fault| fault.judge(&understand(&fault.sheets)).err()).collect();
    assert!(failures.is_empty(), "{} of {} faults\n{}", failures.len(), faults.len(), failures.join("\n"));
    assert!(faults.len() >= 300, "{} faults", faults.len());
}
