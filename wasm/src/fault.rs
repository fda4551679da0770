//! Faults that JavaScript sees as errors. A panic cannot be caught here: its message is kept, and `js/index.js` makes
//! an `Error` of it.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

thread_local! {
    static LAST_PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps the message of a panic for [`last_panic`].
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|panic| {
        LAST_PANIC.with(|last| last.replace(Some(panic.to_string())));
    }));
}

/// The message of the last panic, if there was one; it is handed out once.
#[wasm_bindgen(js_name = lastPanic)]
pub fn last_panic() -> Option<String> {
    LAST_PANIC.with(RefCell::take)
}
