use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::voice::Voice;
use crate::lists::Lang;
use crate::{Phase, Progress};

/// One moving line on a terminal; nothing at all where standard error is no terminal.
pub(super) struct Display {
    voice: Voice,
    bar: Option<ProgressBar>,
}

impl Display {
    pub(super) fn new(voice: Voice) -> Self {
        let bar = voice.shows_progress().then(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            let style = ProgressStyle::with_template("{spinner} {elapsed} {wide_msg}");
            bar.set_style(style.expect("the template is well-formed"));
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        Display { voice, bar }
    }

    pub(super) fn show(&mut self, progress: &Progress) {
        if let Some(bar) = &self.bar {
            bar.set_message(line(self.voice, progress));
        }
    }
}

impl Display {
    /// So many of so many questions are answered.
    pub(super) fn count(&self, done: usize, all: usize) {
        if let Some(bar) = &self.bar {
            bar.set_message(format!("{} {done} / {all}", self.voice.either("查证", "examining")));
        }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn line(voice: Voice, progress: &Progress) -> String {
    let phase = match progress.phase {
        Phase::Compile => voice.either("整理清单", "laying out"),
        Phase::Construct => voice.either("搭起初步方案", "building a first plan"),
        Phase::Search => voice.either("改进并求界", "improving and bounding"),
        Phase::Done => voice.either("完成", "done"),
    };
    let mut parts = vec![phase.to_owned()];
    if progress.levels > 0 {
        parts.push(match voice.lang {
            Lang::Zh => format!("第 {}/{} 级", progress.level + 1, progress.levels),
            Lang::En => format!("level {} of {}", progress.level + 1, progress.levels),
        });
    }
    let named = [(progress.value, voice.either("值", "value")), (progress.bound, voice.either("上界", "bound"))];
    parts.extend(named.iter().filter_map(|(n, name)| n.map(|n| format!("{name} {n}"))));
    if let Some(ppm) = progress.gap_ppm {
        parts.push(format!("{} {}.{:04}%", voice.either("差距", "gap"), ppm / 10_000, ppm % 10_000));
    }
    parts.push(match voice.lang {
        Lang::Zh => format!("{} 步", progress.steps),
        Lang::En => format!("{} steps", progress.steps),
    });
    parts.join("  ")
}
