//! The native half of the Python package `sandan`: it wraps the Rust library, converts values and maps errors. What a
//! planner calls stands in `sandan/`, in Python.

mod answers;
mod case;
mod error;
mod files;
mod kept;
mod lists;
mod plan;
mod run;

use pyo3::prelude::*;

/// The native half of `sandan`; use the package, not this module.
#[pymodule]
mod _native {
    #[pymodule_export]
    use crate::answers::Prepared;
    #[pymodule_export]
    use crate::case::Case;
    #[pymodule_export]
    use crate::files::{command, convert, template};
    #[pymodule_export]
    use crate::plan::Plan;
    #[pymodule_export]
    use crate::run::Progress;

    /// The version of the library.
    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "the name that Python packages give their version")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
