//! The answer in Chinese and English.

use super::{Question, Why};
use crate::answers::worth;
use crate::export::{Names, combination, either, funnel, limit_lines, plain, stopped_by};
use crate::lists::Lang;
use crate::plan::Verdict;
use crate::problem::sentence;

impl Why {
    /// The answer for people.
    pub fn text(&self, names: &Names) -> String {
        let lang = names.lang;
        let mut out = vec![self.title(names)];
        if !self.funnel.is_empty() {
            let reason = self.reason();
            let stop = stopped_by(names, &reason).map(|stop| format!("{}{stop}", either(lang, "：", ": ")));
            out.push(format!("  {}{}", funnel(lang, &reason), stop.unwrap_or_default()));
        }
        match self.verdict {
            Verdict::NotExamined => out.push(self.already(lang)),
            Verdict::Impossible => self.impossible(names, &mut out),
            Verdict::Outbid => self.outbid(names, &mut out),
            Verdict::Tie => self.tie(names, &mut out),
            Verdict::NotProven => self.not_proven(names, &mut out),
        }
        out.join("\n") + "\n"
    }

    fn title(&self, names: &Names) -> String {
        let (held, asked) = (self.held, self.asked);
        match (&self.question, names.lang) {
            (Question::Need { need }, Lang::Zh) => {
                format!("需求 {}：已服务 {held}，问的是能否到 {asked}", names.need(need))
            }
            (Question::Need { need }, Lang::En) => {
                format!("need {}: served {held}; asked: why not {asked}", names.need(need))
            }
            (Question::Rule { rule, per }, lang) => {
                let cell = [plain(rule), combination(names, per)].join(" ");
                let rule = cell.trim_end();
                match lang {
                    Lang::Zh => format!("规则 {rule}：现有 {held}，问的是能否到 {asked}"),
                    Lang::En => format!("rule {rule}: has {held}; asked: why not {asked}"),
                }
            }
            (Question::Triple { need, project, resource }, lang) => {
                let (need, project) = (names.need(need), names.project(project));
                let resource = names.resource(resource);
                match lang {
                    Lang::Zh => {
                        format!("需求 {need} 由项目 {project} 用 {resource} 服务：现有 {held}，问的是能否到 {asked}")
                    }
                    Lang::En => {
                        format!("need {need} by project {project} with {resource}: has {held}; asked: why not {asked}")
                    }
                }
            }
        }
    }

    fn already(&self, lang: Lang) -> String {
        let named = self.sessions.iter().take(SESSIONS).cloned().collect::<Vec<_>>();
        let mut sessions = named.join(either(lang, "、", ", "));
        let n = self.sessions.len();
        if n > SESSIONS {
            sessions.push_str(&match lang {
                Lang::Zh => format!(" 等 {n} 场"),
                Lang::En => format!(", … ({n} sessions)"),
            });
        }
        let mut text = either(lang, "  方案里已经做到", "  the plan does it already").to_owned();
        if !sessions.is_empty() {
            text.push_str(either(lang, "：", ": "));
            text.push_str(&sessions);
        }
        text
    }

    fn impossible(&self, names: &Names, out: &mut Vec<String>) {
        let lang = names.lang;
        if let Some(fact) = &self.fact {
            let fact = sentence(fact, lang);
            out.push(match lang {
                Lang::Zh => format!("  裁决：不可能。不是哪一格限制了它，而是本来就没有：{fact}"),
                Lang::En => format!("  verdict: impossible. No cell stands in the way; it is not there: {fact}"),
            });
            return;
        }
        out.push(match (self.irreducible, lang) {
            (true, Lang::Zh) => "  裁决：不可能。下列各格合在一起不能成立；放开其中任何一格（都已验证）就可能：".to_owned(),
            (true, Lang::En) => {
                "  verdict: impossible. These cells cannot hold together; lift any one of them (each was tried) and it becomes possible:"
                    .to_owned()
            }
            (false, Lang::Zh) => "  裁决：不可能（已证）。下列各格合在一起不能成立（没有证到最少）：".to_owned(),
            (false, Lang::En) => {
                "  verdict: impossible (proven). These cells cannot hold together (not shown to be the fewest):".to_owned()
            }
        });
        // All of it is the answer, but nobody reads thousands.
        let most = if self.irreducible { MOST_NAMED } else { 0 };
        out.extend(limit_lines(&self.limits, most, lang).into_iter().map(|line| format!("    {line}")));
    }

    fn outbid(&self, names: &Names, out: &mut Vec<String>) {
        let lang = names.lang;
        out.push(match (self.exact, lang) {
            (true, Lang::Zh) => "  裁决：有更要紧的。一定要做，最好的方案会变成（已证，分毫不差）：".to_owned(),
            (true, Lang::En) => {
                "  verdict: outbid. Served all the same, the best plan would change by exactly (proven):".to_owned()
            }
            (false, Lang::Zh) => "  裁决：有更要紧的（已证会变差）。一定要做，找到的最好方案会变成：".to_owned(),
            (false, Lang::En) => {
                "  verdict: outbid (a loss is proven). Served all the same, the best plan found would change by:"
                    .to_owned()
            }
        });
        self.exchanged(names, out);
    }

    fn tie(&self, names: &Names, out: &mut Vec<String>) {
        let lang = names.lang;
        let gain = self.levels.iter().any(|level| level.change != 0);
        out.push(match (gain, lang) {
            (false, Lang::Zh) => "  裁决：不分高下。换成下面的安排就能做到，各级都不变（已核验）：".to_owned(),
            (false, Lang::En) => "  verdict: tie. This exchange does it, and no level changes (checked):".to_owned(),
            (true, Lang::Zh) => "  裁决：能做到，而且更好（原方案没有证到最优；新安排已核验）：".to_owned(),
            (true, Lang::En) => {
                "  verdict: it can be done, and better (the plan was not proven best; this one was checked):".to_owned()
            }
        });
        self.exchanged(names, out);
    }

    fn not_proven(&self, names: &Names, out: &mut Vec<String>) {
        let lang = names.lang;
        out.push(match (&self.plan, lang) {
            (None, Lang::Zh) => "  裁决：没有证出。做得到做不到都没有查明：".to_owned(),
            (None, Lang::En) => "  verdict: not proven. Whether it can be done is open:".to_owned(),
            (Some(_), Lang::Zh) => {
                "  裁决：没有证出。目前找到的最好安排（已核验）做得到，代价如下；有没有代价更小的，没有证明：".to_owned()
            }
            (Some(_), Lang::En) => {
                "  verdict: not proven. The best plan found (checked) does it at the cost below; that none costs less was not shown:"
                    .to_owned()
            }
        });
        self.exchanged(names, out);
        let why = self.open.as_ref().map(|open| open.line(lang)).unwrap_or_default();
        out.push(match lang {
            Lang::Zh => format!("  为什么没有证出：{why}。要接着查，加 --steps N 或设置 max_steps"),
            Lang::En => format!("  why it is not proven: {why}. To go on, ask with --steps N or set max_steps"),
        });
    }

    fn exchanged(&self, names: &Names, out: &mut Vec<String>) {
        if let Some(plan) = &self.plan {
            let changed = self.levels.iter().any(|level| level.change != 0);
            if changed {
                out.extend(
                    worth::lines(&self.before, &plan.levels, names.lang).into_iter().map(|l| format!("    {l}")),
                );
            }
        }
        if let Some(exchange) = &self.exchange {
            out.extend(exchange.lines(names).into_iter().map(|line| format!("    {line}")));
        }
    }
}

/// Sessions that are named where the plan does it already.
const SESSIONS: usize = 10;
/// Cells of one column that are named row by row where each was shown to matter.
const MOST_NAMED: usize = 30;
