//! Builds `wasm/pkg`: compiles `sandan-wasm` for wasm32 and binds it with the wasm-bindgen that Cargo.lock pins, so
//! that the two always fit. Two files, each a feature of the crate: `engine`, and `sheets` for workbooks.
//!
//! ```text
//! cargo run -p sandan-wasm-build
//! ```
//!
//! wasm-opt is not run: after link-time optimisation it takes off 1 % and asks for minutes.

use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";
/// Of the workspace's Cargo.toml.
const PROFILE: &str = "wasm";
/// The files, each a feature of the crate.
const FILES: [&str; 2] = ["engine", "sheets"];

fn main() -> Result<(), Box<dyn Error>> {
    let wasm = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("wasm/build has a parent")?;
    let root = wasm.parent().ok_or("wasm has a parent")?;
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    // Each in a folder of its own: two feature sets of one crate would overwrite each other's file, and be linked again
    // every time. Both are compiled before the package is touched: one that is in use stays whole until then.
    for file in FILES {
        compile(root, &target.join("wasm").join(file), file)?;
    }
    let package = wasm.join("pkg");
    if package.exists() {
        fs::remove_dir_all(&package)?;
    }
    for file in FILES {
        Bindgen::new()
            .input_path(target.join("wasm").join(file).join(TARGET).join(PROFILE).join("sandan_wasm.wasm"))
            .out_name(file)
            .web(true)?
            .omit_default_module_path(true)
            .typescript(true)
            .remove_name_section(true)
            .remove_producers_section(true)
            .generate(&package)?;
        let bound = package.join(format!("{file}_bg.wasm"));
        println!("{:>9} bytes  {}", fs::metadata(&bound)?.len(), bound.display());
    }
    Ok(())
}

fn compile(root: &Path, folder: &Path, feature: &str) -> Result<(), Box<dyn Error>> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .current_dir(root)
        .args(["build", "--package", "sandan-wasm", "--target", TARGET, "--profile", PROFILE])
        .args(["--no-default-features", "--features", feature])
        .arg("--target-dir")
        .arg(folder)
        .status()?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("cargo could not build `{feature}` for {TARGET}: {status}").into())
    }
}
