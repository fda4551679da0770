use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::args::MatchArgs;
use super::exit::Exit;
use super::outputs::Outputs;
use super::progress::Display;
use super::source;
use super::voice::Voice;
use crate::answers::explain_all;
use crate::export::summary::summary;
use crate::lists::{Case, Lang};
use crate::plan::{Plan, Verdict};
use crate::{Flow, NoPlan, solve};

/// `sandan match`.
pub(super) fn run(voice: Voice, args: &MatchArgs) -> Result<(), Exit> {
    let outputs = Outputs::of(voice, args)?;
    let mut intake = source::case(voice, &args.input)?;
    override_settings(&mut intake.case, args);
    let case = &intake.case;
    outputs.foresee(voice, case)?;
    let mut plan = search(voice, case)?;
    if args.explain.is_some() {
        explain(voice, case, &mut plan)?;
    }
    outputs.write(voice, case, &plan)?;
    if voice.json {
        voice.json_list(&intake.warnings.iter().map(|w| w.record(voice.lang)).collect::<Vec<_>>());
    }
    voice.result(&summary(case, &plan, voice.lang));
    Ok(())
}

/// Examines every unmet need and missed quota, and says how many were not proven.
fn explain(voice: Voice, case: &Case, plan: &mut Plan) -> Result<(), Exit> {
    let bar = Display::new(voice);
    explain_all(case, plan, &mut |done, all| {
        bar.count(done, all);
        Flow::Continue
    })
    .map_err(|refusal| super::answering::refuse(voice, &refusal))?;
    drop(bar);
    let reasons = || plan.unmet.iter().map(|u| &u.reason).chain(plan.shortfalls.iter().map(|s| &s.reason));
    let open = reasons().filter(|reason| reason.verdict == Verdict::NotProven).count();
    let all = reasons().count();
    let share = super::answering::share(open, all);
    voice.note(&match voice.lang {
        Lang::Zh => format!("已查证 {all} 处未满足，其中没有证出的 {open} 处（{share}）"),
        Lang::En => format!("unmet needs and quotas examined: {all}, not proven: {open} ({share})"),
    });
    Ok(())
}

fn override_settings(case: &mut Case, args: &MatchArgs) {
    let settings = &mut case.settings;
    settings.gap_ppm = args.gap.unwrap_or(settings.gap_ppm);
    settings.time_limit_ms = args.time.or(settings.time_limit_ms);
    settings.max_steps = args.steps.or(settings.max_steps);
    settings.threads = args.threads.or(settings.threads);
    settings.seed = args.seed.unwrap_or(settings.seed);
}

/// Solves until done, until the time is over or until the user has had enough.
pub(super) fn search(voice: Voice, case: &Case) -> Result<Plan, Exit> {
    let wanted = listen_for_stop(voice);
    let deadline = case.settings.time_limit_ms.and_then(|ms| Instant::now().checked_add(Duration::from_millis(ms)));
    let mut display = Display::new(voice);
    let mut cut = None;
    let solved = solve(case, &mut |progress| {
        display.show(progress);
        if wanted.load(Ordering::Relaxed) {
            cut = Some(
                voice.either("已按要求停下，给出目前最好的方案", "stopped as asked: this is the best plan so far"),
            );
        } else if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            cut = Some(voice.either("时间用完，给出目前最好的方案", "time is up: this is the best plan so far"));
        }
        if cut.is_some() { Flow::Stop } else { Flow::Continue }
    });
    drop(display);
    match solved {
        Ok(plan) => {
            cut.into_iter().for_each(|text| voice.note(text));
            Ok(plan)
        }
        Err(NoPlan::Problems(problems)) => Err(source::refuse(voice, &problems)),
        // Every plan that `solve` hands out has passed the check; one that has not is never written.
        Err(NoPlan::Fault(what)) => {
            voice.error(&match voice.lang {
                Lang::Zh => format!("求出的方案没有通过自身核验，没有写出。这是 sandan 的错误，请连同案例报告给我们：{what}"),
                Lang::En => format!(
                    "the plan found fails its own check and was not written. This is a fault of sandan; please report it with the case: {what}"
                ),
            });
            Err(Exit::Internal)
        }
        Err(NoPlan::Unknown) => {
            voice.error(voice.either(
                "没有方案：停下时，指定（fix）既没有满足，也没有证明不可能。请给更多时间或步数。",
                "no plan: stopped before the pins were either met or refuted; allow more time or steps",
            ));
            Err(Exit::NoPlan)
        }
    }
}

/// The first Ctrl-C asks for the best plan so far; the second ends the program at once.
fn listen_for_stop(voice: Voice) -> Arc<AtomicBool> {
    let wanted = Arc::new(AtomicBool::new(false));
    let heard = Arc::clone(&wanted);
    let listening = ctrlc::set_handler(move || {
        if heard.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        voice.note(voice.either("正在停下……再按一次立即退出", "stopping… once more to quit at once"));
    });
    if listening.is_err() {
        // Without a handler Ctrl-C ends the program as usual, and nothing half-written is left.
        voice.note(voice.either("此处不能用 Ctrl-C 提前收尾", "Ctrl-C cannot ask for the best plan here"));
    }
    wanted
}
