use super::args::{ConvertArgs, TemplateArgs};
use super::exit::Exit;
use super::source::{refuse, refuse_one, sheets};
use super::voice::Voice;
use crate::export::{case, write_file};
use crate::lists::Lang;

/// `sandan convert`.
pub(super) fn convert(voice: Voice, args: &ConvertArgs) -> Result<(), Exit> {
    let (sheets, warnings) = sheets(voice, &args.input)?;
    voice.warnings(&warnings);
    case::write_path(&args.out, &sheets, voice.lang).map_err(|problems| refuse(voice, &problems))?;
    if voice.json {
        voice.json_list(&warnings.iter().map(|w| w.record(voice.lang)).collect::<Vec<_>>());
    }
    wrote(voice, &args.out);
    Ok(())
}

/// `sandan template`.
pub(super) fn template(voice: Voice, args: &TemplateArgs) -> Result<(), Exit> {
    let bytes = case::template(voice.lang).map_err(|problems| refuse(voice, &problems))?;
    write_file(&args.out, &bytes).map_err(|problem| refuse_one(voice, problem))?;
    if voice.json {
        voice.json_list::<()>(&[]);
    }
    wrote(voice, &args.out);
    Ok(())
}

fn wrote(voice: Voice, path: &std::path::Path) {
    voice.note(&match voice.lang {
        Lang::Zh => format!("已写出 {}", path.display()),
        Lang::En => format!("wrote {}", path.display()),
    });
}
