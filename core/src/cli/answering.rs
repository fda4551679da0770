use std::collections::BTreeMap;
use std::path::Path;

use super::args::{
    CaseArgs, CompareArgs, GapsArgs, OfPlan, PriceArgs, RecommendArgs, RematchArgs, RepairsArgs, WhyArgs,
};
use super::checking::{plan_document, plan_of};
use super::exit::Exit;
use super::matching::search;
use super::source;
use super::voice::Voice;
use crate::answers::events::{self, EventFault};
use crate::answers::{self, Ground, NotPrepared, Prices, Question, Refusal, Subject, document};
use crate::export::{Names, write_file};
use crate::intake::Intake;
use crate::lists::{Lang, Table};
use crate::plan::{Plan, Verdict};

/// `sandan why`.
pub(super) fn why(voice: Voice, args: &WhyArgs) -> Result<(), Exit> {
    let (mut intake, plan) = read(voice, &args.of)?;
    intake.case.settings.max_steps = args.steps.or(intake.case.settings.max_steps);
    let case = &intake.case;
    let ground = Ground::new(case, &plan).map_err(|refusal| refuse(voice, &refusal))?;
    let mut answers = Vec::new();
    for question in questions(voice, args, &ground)? {
        answers.push(answers::why(&ground, &question).map_err(|refusal| refuse(voice, &refusal))?);
    }
    let names = Names::new(case, voice.lang);
    if answers.is_empty() {
        voice.result(voice.either("没有缺口\n", "nothing is missing\n"));
    }
    for answer in &answers {
        voice.result(&answer.text(&names));
    }
    if answers.len() > 1 {
        let open = answers.iter().filter(|a| a.verdict == Verdict::NotProven).count();
        voice.result(&match voice.lang {
            Lang::Zh => {
                format!("共 {} 处，其中没有证出的 {open} 处（{}）\n", answers.len(), share(open, answers.len()))
            }
            Lang::En => format!("{} in all, not proven: {open} ({})\n", answers.len(), share(open, answers.len())),
        });
    }
    if voice.json {
        match &answers[..] {
            [one] => voice.json_document(&document("why", one)),
            list => voice.json_document(&document("why", &list)),
        }
    }
    if let (Some(path), Some(other)) = (&args.out, answers.iter().find_map(|answer| answer.plan.as_ref())) {
        write(voice, path, other.to_json().as_bytes())?;
    }
    Ok(())
}

/// A share of all as a percentage with one decimal, rounded up: `5.1%`.
pub(super) fn share(part: usize, all: usize) -> String {
    let thousandths = (part * 1_000).div_ceil(all.max(1));
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

fn questions(voice: Voice, args: &WhyArgs, ground: &Ground) -> Result<Vec<Question>, Exit> {
    if let Some(need) = &args.asked.need {
        return Ok(vec![Question::Need { need: need.clone() }]);
    }
    if let Some([need, project, resource]) = args.asked.triple.as_deref() {
        let (need, project, resource) = (need.clone(), project.clone(), resource.clone());
        return Ok(vec![Question::Triple { need, project, resource }]);
    }
    let rule = args.asked.rule.clone().unwrap_or_default();
    if !args.per.is_empty() {
        let mut per = BTreeMap::new();
        for part in &args.per {
            let Some((key, value)) = part.split_once('=') else {
                voice.error(voice.either("--per 要写成 key=value", "--per is written key=value"));
                return Err(Exit::BadInput);
            };
            per.insert(key.trim().to_owned(), value.trim().to_owned());
        }
        return Ok(vec![Question::Rule { rule, per }]);
    }
    match ground.case.rules.iter().find(|known| known.id == rule) {
        None => return Err(refuse(voice, &Refusal::Unknown(Table::Rules, rule))),
        Some(known) if known.min.is_none() => return Err(refuse(voice, &Refusal::NoQuota(rule))),
        Some(_) => {}
    }
    let missed = ground.shortfalls.iter().filter(|missed| missed.rule == rule);
    Ok(missed.map(|missed| Question::Rule { rule: rule.clone(), per: missed.per.clone() }).collect())
}

/// `sandan repairs`.
pub(super) fn repairs(voice: Voice, args: &RepairsArgs) -> Result<(), Exit> {
    let prices = prices_of(voice, &args.prices)?;
    let (intake, plan) = read(voice, &args.of)?;
    let ground = Ground::new(&intake.case, &plan).map_err(|refusal| refuse(voice, &refusal))?;
    let found = answers::repairs(&ground, &args.need, &prices, args.most).map_err(|refusal| refuse(voice, &refusal))?;
    voice.result(&found.text(&Names::new(&intake.case, voice.lang)));
    if voice.json {
        voice.json_document(&document("repairs", &found));
    }
    Ok(())
}

/// `sandan gaps` and `sandan prices`.
pub(super) fn gaps(voice: Voice, args: &GapsArgs, marginal: bool) -> Result<(), Exit> {
    let prices = prices_of(voice, &args.prices)?;
    let (intake, plan) = read(voice, &args.of)?;
    let ground = Ground::new(&intake.case, &plan).map_err(|refusal| refuse(voice, &refusal))?;
    let found = if marginal { answers::marginal_prices(&ground, &prices) } else { answers::gaps(&ground, &prices) };
    let found = found.map_err(|refusal| refuse(voice, &refusal))?;
    voice.result(&found.text(&Names::new(&intake.case, voice.lang)));
    if voice.json {
        voice.json_document(&document(if marginal { "prices" } else { "gaps" }, &found));
    }
    Ok(())
}

/// `sandan recommend`.
pub(super) fn recommend(voice: Voice, args: &RecommendArgs) -> Result<(), Exit> {
    let (intake, plan) = read(voice, &args.of)?;
    let ground = Ground::new(&intake.case, &plan).map_err(|refusal| refuse(voice, &refusal))?;
    let subject = match (&args.subject.need, &args.subject.resource) {
        (Some(need), _) => Subject::Need { need: need.clone() },
        (None, resource) => Subject::Resource { resource: resource.clone().unwrap_or_default() },
    };
    let found = answers::recommend(&ground, &subject, args.most).map_err(|refusal| refuse(voice, &refusal))?;
    voice.result(&found.text(&Names::new(&intake.case, voice.lang), &ground.levels));
    if voice.json {
        voice.json_document(&document("recommend", &found));
    }
    Ok(())
}

/// `sandan audit`.
pub(super) fn audit(voice: Voice, args: &OfPlan) -> Result<(), Exit> {
    let (intake, plan) = read(voice, args)?;
    let ground = Ground::new(&intake.case, &plan).map_err(|refusal| refuse(voice, &refusal))?;
    let report = answers::audit(&ground).map_err(|refusal| refuse(voice, &refusal))?;
    voice.result(&report.text(&Names::new(&intake.case, voice.lang), &ground.levels));
    if voice.json {
        voice.json_document(&document("audit", &report));
    }
    Ok(())
}

fn prices_of(voice: Voice, args: &PriceArgs) -> Result<Prices, Exit> {
    let mut prices = Prices::default();
    for part in &args.price {
        let set = part.split_once('=').and_then(|(kind, points)| Some((kind.trim(), points.trim().parse().ok()?)));
        if !set.is_some_and(|(kind, points)| prices.set(kind, points)) {
            let known: Vec<&str> = prices.list().map(|(kind, _)| kind).collect();
            let known = known.join(voice.either("、", ", "));
            voice.error(&match voice.lang {
                Lang::Zh => format!("--price 要写成 类别=分数（0 到 1000000000），类别有：{known}"),
                Lang::En => format!("--price is written KIND=POINTS (0 to 1000000000), with KIND one of: {known}"),
            });
            return Err(Exit::BadInput);
        }
    }
    Ok(prices)
}

/// `sandan rematch`.
pub(super) fn rematch(voice: Voice, args: &RematchArgs) -> Result<(), Exit> {
    let (sheets, warnings) = source::sheets(voice, &CaseArgs { case: args.case.clone(), previous: None })?;
    let previous = plan_document(voice, &args.previous)?;
    let events = match &args.events {
        None => Vec::new(),
        Some(path) => {
            let bytes = source::bytes_of(voice, path)?;
            events::read(&String::from_utf8_lossy(&bytes)).map_err(|faults| refuse_events(voice, &faults))?
        }
    };
    let prepared = answers::prepare(sheets, previous, &events, args.freeze_before.as_deref());
    let prepared = prepared.map_err(|not| match not {
        NotPrepared::Problems(problems) => source::refuse(voice, &problems),
        NotPrepared::Events(faults) => refuse_events(voice, &faults),
    })?;
    // Of lists that events alone have changed, only what is new.
    if events.is_empty() {
        voice.warnings(&warnings);
        voice.warnings(&prepared.intake.warnings);
    } else {
        voice.warnings(&prepared.new_warnings);
    }
    let mended = answers::mended(&prepared);
    let plan = match mended {
        Some(mended) if mended.enough && args.steps.is_none() => {
            voice.note(voice.either(
                "只把上期方案中受影响的部分重排；要搜索整个方案，加 --steps N",
                "only what is touched was planned again; to search the whole plan, add --steps N",
            ));
            mended.plan
        }
        mended => {
            let mut case = prepared.intake.case.clone();
            case.settings.max_steps = args.steps.or(case.settings.max_steps);
            answers::better(&prepared, mended, search(voice, &case)?)
        }
    };
    write(voice, &args.out, plan.to_json().as_bytes())?;
    if let Some(path) = &args.lists {
        let written = crate::export::case::write_path(path, &prepared.sheets, voice.lang);
        written.map_err(|problems| source::refuse(voice, &problems))?;
    }
    let rematch = answers::rematched(&prepared, &plan);
    voice.result(&rematch.text(&Names::new(&prepared.intake.case, voice.lang)));
    if voice.json {
        voice.json_document(&document("rematch", &rematch));
    }
    Ok(())
}

fn refuse_events(voice: Voice, faults: &[EventFault]) -> Exit {
    faults.iter().for_each(|fault| voice.error(&fault.message(voice.lang)));
    Exit::BadInput
}

/// `sandan compare`.
pub(super) fn compare(voice: Voice, args: &CompareArgs) -> Result<(), Exit> {
    let (intake, plan) = read(voice, &args.of)?;
    let other = plan_of(voice, &args.other, &intake.case)?;
    let comparison = answers::compare(&intake.case, &plan, &other);
    voice.result(&comparison.text(&Names::new(&intake.case, voice.lang)));
    if voice.json {
        voice.json_document(&document("compare", &comparison));
    }
    Ok(())
}

/// `sandan fairness`.
pub(super) fn fairness(voice: Voice, args: &OfPlan) -> Result<(), Exit> {
    let (intake, plan) = read(voice, args)?;
    let ground = Ground::new(&intake.case, &plan).map_err(|refusal| refuse(voice, &refusal))?;
    let report = answers::fairness(&ground).map_err(|refusal| refuse(voice, &refusal))?;
    voice.result(&report.text(&Names::new(&intake.case, voice.lang)));
    if voice.json {
        voice.json_document(&document("fairness", &report));
    }
    Ok(())
}

/// The case and a plan of it.
fn read(voice: Voice, args: &OfPlan) -> Result<(Intake, Plan), Exit> {
    let intake = source::known_case(voice, &args.input)?;
    let plan = plan_of(voice, &args.plan, &intake.case)?;
    Ok((intake, plan))
}

/// Says why there is no answer.
pub(super) fn refuse(voice: Voice, refusal: &Refusal) -> Exit {
    voice.error(&refusal.message(voice.lang));
    match refusal {
        Refusal::Unsound(_) => Exit::Violations,
        Refusal::Fault(_) => Exit::Internal,
        Refusal::NoPlan => Exit::NoPlan,
        _ => Exit::BadInput,
    }
}

fn write(voice: Voice, path: &Path, bytes: &[u8]) -> Result<(), Exit> {
    write_file(path, bytes).map_err(|problem| source::refuse_one(voice, problem))?;
    voice.note(&match voice.lang {
        Lang::Zh => format!("已写出 {}", path.display()),
        Lang::En => format!("wrote {}", path.display()),
    });
    Ok(())
}
