use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::exit::Exit;
use super::voice::Voice;
use crate::export::plain;
use crate::lists::Lang;

/// Says what is wrong with the arguments; help and version are no fault.
pub(super) fn answer(voice: Voice, error: &clap::Error) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            Voice { quiet: false, json: false, ..voice }.result(&error.render().to_string());
            return Exit::Done;
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            voice.error(&error.render().to_string());
        }
        _ if voice.lang == Lang::En => voice.error(error.render().to_string().trim_end()),
        kind => voice.error(&chinese(kind, error)),
    }
    Exit::BadInput
}

fn chinese(kind: ErrorKind, error: &clap::Error) -> String {
    let named = |wanted: ContextKind| -> String {
        let Some(value) = error.get(wanted) else { return String::new() };
        match value {
            ContextValue::String(text) => plain(text),
            ContextValue::Strings(list) => list.iter().map(|text| plain(text)).collect::<Vec<_>>().join("、"),
            _ => String::new(),
        }
    };
    let (argument, value) = (named(ContextKind::InvalidArg), named(ContextKind::InvalidValue));
    let what = match kind {
        ErrorKind::UnknownArgument => format!("没有“{argument}”这个选项"),
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令", named(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("还缺少：{argument}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}”后面要有一个值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("“{argument}”不能是“{value}”"),
        ErrorKind::ArgumentConflict => format!("“{argument}”重复，或与别的选项冲突"),
        _ => format!("参数有误：{}", plain(&error.to_string())),
    };
    format!("{what}。用法见 sandan --help")
}
