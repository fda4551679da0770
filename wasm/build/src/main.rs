//! Builds `wasm/pkg`: compiles `sandan-wasm` for wasm32 and binds it with the wasm-bindgen that Cargo.lock pins, so
//! that the two always fit.
//!
//! ```text
//! cargo run -p sandan-wasm-build
//! ```

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";

fn main() -> Result<(), Box<dyn Error>> {
    let wasm = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("wasm/build has a parent")?;
    let root = wasm.parent().ok_or("wasm has a parent")?;
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .current_dir(root)
        .args(["build", "--release", "--package", "sandan-wasm", "--target", TARGET])
        .status()?;
    if !status.success() {
        return Err(format!("cargo could not build sandan-wasm for {TARGET}: {status}").into());
    }
    let package = wasm.join("pkg");
    if package.exists() {
        fs::remove_dir_all(&package)?;
    }
    Bindgen::new()
        .input_path(target.join(TARGET).join("release/sandan_wasm.wasm"))
        .out_name("sandan")
        .web(true)?
        .typescript(true)
        .remove_name_section(true)
        .generate(&package)?;
    for file in ["sandan_bg.wasm", "sandan.js", "sandan.d.ts"] {
        println!("{:>9} bytes  {}", fs::metadata(package.join(file))?.len(), package.join(file).display());
    }
    Ok(())
}
