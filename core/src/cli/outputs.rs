use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::args::MatchArgs;
use super::exit::Exit;
use super::source::{of_file, refuse, refuse_one};
use super::voice::Voice;
use crate::export::{calendar, mps, rota, write_file, write_folder};
use crate::lists::{Case, Lang};
use crate::plan::Plan;
use crate::problem::{Code, Problem, Problems};

/// One thing to be written.
struct Output {
    form: Form,
    path: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Json,
    #[cfg(feature = "spreadsheets")]
    Workbook,
    RotaHtml,
    RotaText,
    RotaFolder,
    Calendar,
    CalendarFolder,
    Model,
}

/// What is to be written, known to be writable as far as that can be known beforehand.
pub(super) struct Outputs(Vec<Output>);

/// What was rendered for one output.
enum Rendered {
    File(Vec<u8>),
    Folder(Vec<(String, Vec<u8>)>),
}

impl Outputs {
    /// Looks at where the outputs are to go before any work is done for them.
    pub(super) fn of(voice: Voice, args: &MatchArgs) -> Result<Outputs, Exit> {
        let mut outputs = Vec::new();
        let mut add = |path: &Option<PathBuf>, form: Form| {
            outputs.extend(path.iter().map(|path| Output { form, path: path.clone() }));
        };
        add(&args.out, Form::Json);
        #[cfg(feature = "spreadsheets")]
        add(&args.xlsx, Form::Workbook);
        let ending = |path: &Option<PathBuf>| {
            let ending = path.as_ref().and_then(|p| p.extension()).map(|e| e.to_string_lossy().to_lowercase());
            ending.unwrap_or_default()
        };
        add(
            &args.rota,
            match ending(&args.rota).as_str() {
                "html" | "htm" => Form::RotaHtml,
                "txt" => Form::RotaText,
                _ => Form::RotaFolder,
            },
        );
        add(&args.ics, if ending(&args.ics) == "ics" { Form::Calendar } else { Form::CalendarFolder });
        add(&args.mps, Form::Model);
        let list: Vec<Problem> = outputs.iter().filter_map(Output::obstacle).collect();
        if !list.is_empty() {
            return Err(refuse(voice, &Problems { list, more: 0 }));
        }
        let paths: BTreeSet<&Path> = outputs.iter().map(|o| o.path.as_path()).collect();
        if paths.len() < outputs.len() || paths.contains(args.input.case.as_path()) {
            voice.error(voice.either(
                "同一个文件不能写两次，也不能写在案例上",
                "the same file cannot be written twice, nor over the case",
            ));
            return Err(Exit::BadInput);
        }
        Ok(Outputs(outputs))
    }

    /// Gives up before any time is spent on a plan if something asked for could not be written for the case.
    pub(super) fn foresee(&self, voice: Voice, case: &Case) -> Result<(), Exit> {
        if !self.0.iter().any(|output| output.form == Form::Model) {
            return Ok(());
        }
        mps::writable(case).map_err(|none| {
            voice.error(&none.message(voice.lang));
            Exit::Unwritable
        })
    }

    /// Renders everything, then writes everything: a plan that cannot be rendered leaves no file behind.
    pub(super) fn write(&self, voice: Voice, case: &Case, plan: &Plan) -> Result<(), Exit> {
        let mut rendered = Vec::new();
        for output in &self.0 {
            match output.render(case, plan, voice) {
                Ok(Some(parts)) => rendered.push((output, parts)),
                Ok(None) => {}
                Err(message) => {
                    voice.error(&message);
                    return Err(Exit::Unwritable);
                }
            }
        }
        for (output, parts) in rendered {
            let written = match parts {
                Rendered::File(bytes) => write_file(&output.path, &bytes),
                Rendered::Folder(files) => write_folder(&output.path, &files),
            };
            written.map_err(|problem| refuse_one(voice, problem))?;
            let path = output.path.display();
            voice.note(&match voice.lang {
                Lang::Zh => format!("已写出 {path}"),
                Lang::En => format!("wrote {path}"),
            });
        }
        Ok(())
    }
}

impl Output {
    fn is_folder(&self) -> bool {
        matches!(self.form, Form::RotaFolder | Form::CalendarFolder)
    }

    /// What can be seen to be in the way.
    fn obstacle(&self) -> Option<Problem> {
        let folder = self.path.parent().filter(|parent| !parent.as_os_str().is_empty());
        if !folder.unwrap_or(Path::new(".")).is_dir() {
            return Some(of_file(Code::FileUnwritable, &self.path, &["absent"]));
        }
        let occupied = if self.is_folder() {
            self.path.exists() && std::fs::read_dir(&self.path).map_or(true, |mut entries| entries.next().is_some())
        } else {
            self.path.is_dir()
        };
        occupied.then(|| of_file(Code::FileUnwritable, &self.path, &["occupied"]))
    }

    fn render(&self, case: &Case, plan: &Plan, voice: Voice) -> Result<Option<Rendered>, String> {
        let lang = voice.lang;
        Ok(Some(match self.form {
            Form::Json => Rendered::File(plan.to_json().into_bytes()),
            #[cfg(feature = "spreadsheets")]
            Form::Workbook => {
                let bytes = crate::export::workbook::workbook(case, plan, lang).map_err(|e| e.message(lang))?;
                Rendered::File(bytes)
            }
            Form::Model => Rendered::File(mps::mps(case, plan).map_err(|none| none.message(lang))?.into_bytes()),
            Form::RotaHtml => Rendered::File(rota::html(case, plan, lang).into_bytes()),
            Form::RotaText => Rendered::File(rota::text(case, plan, lang).into_bytes()),
            Form::RotaFolder => Rendered::Folder(rota_folder(case, plan, lang)),
            Form::Calendar | Form::CalendarFolder => {
                let all = calendar::sessions(case, plan, lang);
                if all.undated > 0 || all.events == 0 {
                    voice.note(&undated(lang, &all));
                }
                match self.form {
                    _ if all.events == 0 => return Ok(None),
                    Form::Calendar => Rendered::File(all.text.into_bytes()),
                    _ => Rendered::Folder(calendar_folder(case, plan, lang, all)),
                }
            }
        }))
    }
}

fn undated(lang: Lang, calendar: &calendar::Calendar) -> String {
    match (lang, calendar.events) {
        (Lang::Zh, 0) => "时段表没有开始时间，没有可写的日历".to_owned(),
        (Lang::En, 0) => "no session has a period with a start, so there is no calendar to write".to_owned(),
        (Lang::Zh, _) => format!("{} 场所在时段没有开始时间，不在日历里", calendar.undated),
        (Lang::En, _) => format!("{} left out of the calendar: their periods have no start", calendar.undated),
    }
}

fn rota_folder(case: &Case, plan: &Plan, lang: Lang) -> Vec<(String, Vec<u8>)> {
    let mut names = Names::default();
    let mut files = vec![
        (names.take("rota", "html"), rota::html(case, plan, lang).into_bytes()),
        (names.take("rota", "txt"), rota::text(case, plan, lang).into_bytes()),
    ];
    for page in rota::pages(case, plan, lang) {
        let name = names.take(&format!("{}-{}", page.resource, page.member), "html");
        files.push((name, page.html.into_bytes()));
    }
    files
}

fn calendar_folder(case: &Case, plan: &Plan, lang: Lang, all: calendar::Calendar) -> Vec<(String, Vec<u8>)> {
    let mut names = Names::default();
    let mut files = vec![(names.take("sessions", "ics"), all.text.into_bytes())];
    for member in calendar::members(case, plan, lang) {
        if member.calendar.events > 0 {
            let name = names.take(&format!("{}-{}", member.resource, member.member), "ics");
            files.push((name, member.calendar.text.into_bytes()));
        }
    }
    files
}

/// File names that every system takes, each once.
#[derive(Default)]
struct Names(BTreeSet<String>);

impl Names {
    fn take(&mut self, wanted: &str, ending: &str) -> String {
        let safe = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '_' };
        let stem: String = wanted.chars().take(50).map(safe).collect();
        let mut name = format!("{stem}.{ending}");
        let mut n = 1;
        // Systems that take capitals for small letters must not lose a file.
        while !self.0.insert(name.to_lowercase()) {
            n += 1;
            name = format!("{stem}_{n}.{ending}");
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn file_names_are_safe_and_distinct() {
        let mut names = Names::default();
        assert_eq!(names.take("../社工 1/a", "html"), "___社工_1_a.html");
        assert_eq!(names.take("v1", "ics"), "v1.ics");
        assert_eq!(names.take("V1", "ics"), "V1_2.ics");
    }
}
