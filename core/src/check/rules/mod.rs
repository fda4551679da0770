//! The rules: **H12** `max`, **H13** `ratio`, **H14** `window`, and the shortfalls of `min`.

mod count;
mod ratio;
mod sieve;
mod window;

pub(super) use count::count;
pub(super) use ratio::judge as judge_ratio;
pub(super) use window::judge as judge_window;
