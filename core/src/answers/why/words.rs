//! The answer in Chinese and English.

use super::{Question, Why};
use crate::answers::difference::cut;
use crate::answers::worth;
use crate::export::{Names, either, limit_cell, plain, reason_funnel};
use crate::lists::Lang;
use crate::plan::Verdict;
use crate::problem::sentence;

impl Why {
    /// The answer for people.
    pub fn text(&self, names: &Names) -> String {
        let lang = names.lang;
        let mut out = vec![self.title(names)];
        if !self.funnel.is_empty() {
            out.push(format!("  {}", reason_funnel(names, &self.reason())));
        }
        match self.verdict {
            Verdict::NotExamined => out.push(self.already(lang)),
            Verdict::Impossible => self.impossible(names, &mut out),
            Verdict::Outbid => self.outbid(names, &mut out),
            Verdict::Tie => self.tie(names, &mut out),
            Verdict::NotProven => out.push(
                either(
                    lang,
                    "  裁决：没有证出。步数用完时，既没有找到同样好的安排，也没有证明会有损失；可加大 max_steps 再问。",
                    "  verdict: not proven. The work ran out before an equal plan was found or a loss proven; ask again with a larger max_steps.",
                )
                .to_owned(),
            ),
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
                let cell: Vec<String> =
                    per.iter().map(|(key, value)| format!("{}={}", plain(key), plain(value))).collect();
                let cell = cell.join(either(lang, "、", ", "));
                match lang {
                    Lang::Zh => format!("规则 {} {cell}：现有 {held}，问的是能否到 {asked}", plain(rule)),
                    Lang::En => format!("rule {} {cell}: has {held}; asked: why not {asked}", plain(rule)),
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
        let sessions = self.sessions.join(either(lang, "、", ", "));
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
        let cells = self.limits.iter().map(|cell| format!("    {}", limit_cell(cell, lang)));
        // An irreducible set is short, and all of it is the answer.
        if self.irreducible { out.extend(cells) } else { cut(out, cells, lang) }
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
