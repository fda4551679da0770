//! The hash of a case: SHA-256 of a normalised text that any program can write.
//!
//! The text is UTF-8. Each table is a line with its English name and the number of its rows, then one line a row; rows
//! stand in the order of the case (by id; periods in time order; posts with their project; travel, fit and pins by
//! content). The fields of a row are separated by tabs in the order of the column catalogue, without `title`, `note`,
//! `source`, row numbers and the columns that must be blank. Defaults are filled in. A list is its items in code-point
//! order, joined with `;`; what is not limited is `*`; what is not given is blank. Numbers are decimal integers (money
//! in fen, shares as fractions, degrees as the shortest decimal), yes and no are `1` and `0`. Tab, line feed, `;` and
//! `\` in ids and words are escaped with a `\` before them.
//!
//! `online` and inferred places and periods count like written ones. The settings `threads`, `time_limit` and
//! `allow_columns` change no plan and are left out, and so is the previous plan.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::lists::{
    Case, FitWorth, Kind, PerKey, PeriodSet, PinMode, PlaceId, ProjectId, RuleKind, Settings, Symbol, Table, Term,
};

/// The SHA-256 of the normalised text, as lower-case hex.
pub(super) fn fingerprint(case: &Case) -> String {
    let mut text = Text { case, hash: Sha256::new(), line: String::with_capacity(1 << 16) };
    text.needs();
    text.projects();
    text.resources();
    text.places();
    text.periods();
    text.fit_rules_pins();
    text.settings();
    text.finish()
}

struct Text<'c> {
    case: &'c Case,
    hash: Sha256,
    line: String,
}

impl<'c> Text<'c> {
    fn table(&mut self, table: Table, rows: usize) {
        let _ = writeln!(self.line, "{} {rows}", table.name());
    }

    fn word(&mut self, word: &str) {
        if word.bytes().any(|b| matches!(b, b'\t' | b'\n' | b';' | b'\\')) {
            for c in word.chars() {
                if matches!(c, '\t' | '\n' | ';' | '\\') {
                    self.line.push('\\');
                }
                self.line.push(c);
            }
        } else {
            self.line.push_str(word);
        }
    }

    fn text(&mut self, word: &str) {
        self.word(word);
        self.line.push('\t');
    }

    fn number(&mut self, number: i64) {
        // Most numbers are small: writing digits by hand is several times faster than formatting them.
        if (0..10).contains(&number) {
            self.line.push(char::from(b'0' + u8::try_from(number).expect("one digit")));
            self.line.push('\t');
        } else {
            let _ = write!(self.line, "{number}\t");
        }
    }

    fn limit(&mut self, limit: Option<i64>) {
        match limit {
            Some(number) => self.number(number),
            None => self.line.push_str("*\t"),
        }
    }

    fn flag(&mut self, flag: bool) {
        self.number(i64::from(flag));
    }

    fn symbol(&mut self, symbol: Option<Symbol>) {
        let case: &'c Case = self.case;
        self.text(symbol.map_or("", |symbol| case.text(symbol)));
    }

    fn joined<'w>(&mut self, words: impl IntoIterator<Item = &'w str>) {
        for (position, word) in words.into_iter().enumerate() {
            if position > 0 {
                self.line.push(';');
            }
            self.word(word);
        }
    }

    fn symbols(&mut self, symbols: &[Symbol]) {
        let case: &'c Case = self.case;
        self.joined(symbols.iter().map(|symbol| case.text(*symbol)));
        self.line.push('\t');
    }

    fn any_symbols(&mut self, symbols: Option<&[Symbol]>) {
        match symbols {
            Some(symbols) => self.symbols(symbols),
            None => self.line.push_str("*\t"),
        }
    }

    fn place(&mut self, place: Option<PlaceId>) {
        let case: &'c Case = self.case;
        self.text(place.map_or("", |place| &case.places[place.index()].id));
    }

    fn any_places(&mut self, places: Option<&[PlaceId]>) {
        let case: &'c Case = self.case;
        match places {
            Some(places) => self.joined(places.iter().map(|place| case.places[place.index()].id.as_str())),
            None => self.line.push('*'),
        }
        self.line.push('\t');
    }

    fn projects_of(&mut self, projects: Option<&[ProjectId]>) {
        let case: &'c Case = self.case;
        match projects {
            Some(projects) => self.joined(projects.iter().map(|project| case.projects[project.index()].id.as_str())),
            None => self.line.push('*'),
        }
        self.line.push('\t');
    }

    fn set(&mut self, periods: &PeriodSet) {
        let case: &'c Case = self.case;
        if periods.is_all() {
            self.line.push('*');
        } else {
            self.joined(periods.iter(case.periods.len()).map(|period| case.periods[period.index()].id.as_str()));
        }
    }

    fn periods_of(&mut self, periods: &PeriodSet) {
        self.set(periods);
        self.line.push('\t');
    }

    fn end_row(&mut self) {
        self.line.push('\n');
        if self.line.len() > 1 << 15 {
            self.hash.update(self.line.as_bytes());
            self.line.clear();
        }
    }

    fn finish(mut self) -> String {
        self.hash.update(self.line.as_bytes());
        let digest = self.hash.finalize();
        digest.iter().fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }

    fn needs(&mut self) {
        let case: &'c Case = self.case;
        self.table(Table::Needs, case.needs.len());
        for need in &case.needs {
            self.text(&need.id);
            self.place(Some(need.place));
            self.symbols(&need.services);
            self.number(need.quantity);
            self.symbol(Some(need.unit));
            self.number(need.priority);
            self.flag(need.must);
            self.flag(need.whole);
            self.flag(need.one_project);
            self.periods_of(&need.periods);
            self.limit(need.per_period);
            self.number(need.reach_minutes);
            self.symbols(&need.audience);
            self.projects_of(need.projects.as_deref());
            self.projects_of(Some(&need.exclude));
            self.symbol(need.person);
            self.symbol(Some(need.group));
            for goods in need.goods.iter() {
                self.word(case.text(goods.item));
                let _ = write!(self.line, ":{};", goods.n);
            }
            self.end_row();
        }
    }

    fn projects(&mut self) {
        let case: &'c Case = self.case;
        self.table(Table::Projects, case.projects.len());
        for project in &case.projects {
            self.text(&project.id);
            self.symbols(&project.services);
            self.symbols(&project.audience);
            match project.unit {
                Some(unit) => self.symbol(Some(unit)),
                None => self.line.push_str("*\t"),
            }
            self.symbol(project.lead);
            self.symbols(&project.partners);
            self.place(project.place);
            self.number(project.reach_minutes);
            self.any_places(project.places.as_deref());
            self.flag(project.online);
            self.periods_of(&project.periods);
            self.number(project.span);
            self.number(project.size);
            self.number(project.min_size);
            self.limit(project.max_sessions);
            self.number(project.min_sessions);
            self.limit(project.max_per_cell);
            self.number(project.launch_cost_fen);
            self.number(project.session_cost_fen);
            self.number(project.unit_cost_fen);
            for goods in project.goods.iter() {
                self.word(case.text(goods.item));
                let _ = write!(self.line, ":{}{};", goods.n, if goods.per_unit { "/人" } else { "" });
            }
            self.line.push('\t');
            self.symbols(&project.venue);
            self.symbols(&project.clearance);
            self.number(project.quality);
            self.number(i64::try_from(project.posts.len()).expect("at most ten million rows"));
            self.end_row();
            for post in &project.posts {
                self.symbol(Some(post.role));
                self.symbols(&post.skills);
                self.number(post.count);
                self.limit(post.per_units);
                self.number(post.reserve);
                self.number(post.load);
                self.flag(post.rotate);
                match &post.orgs {
                    None => self.line.push_str("*\t"),
                    Some(orgs) => {
                        self.flag(orgs.own);
                        self.symbols(&orgs.named);
                    }
                }
                self.end_row();
            }
        }
    }

    fn resources(&mut self) {
        let case: &'c Case = self.case;
        self.table(Table::Resources, case.resources.len());
        for row in &case.resources {
            self.text(&row.id);
            self.text(match row.kind {
                Kind::Staff => "staff",
                Kind::Venue => "venue",
                Kind::Fund => "fund",
                Kind::Goods => "goods",
            });
            self.symbols(&row.roles);
            for (position, skill) in row.skills.iter().enumerate() {
                if position > 0 {
                    self.line.push(';');
                }
                self.word(case.text(skill.tag));
                self.line.push('@');
                self.set(&skill.periods);
            }
            self.line.push('\t');
            self.symbol(row.org);
            self.place(row.place);
            self.number(row.reach_minutes);
            self.number(row.count);
            self.periods_of(&row.periods);
            self.number(row.per_period);
            self.limit(row.total);
            self.number(row.amount);
            self.projects_of(row.projects.as_deref());
            self.projects_of(Some(&row.exclude));
            self.any_symbols(row.services.as_deref());
            self.any_places(row.places.as_deref());
            self.limit(row.seats);
            self.number(row.cost_fen);
            self.symbols(&row.prefers_services);
            self.projects_of(Some(&row.prefers_projects));
            self.end_row();
        }
    }

    fn places(&mut self) {
        let case: &'c Case = self.case;
        self.table(Table::Places, case.places.len());
        for place in &case.places {
            self.text(&place.id);
            self.symbol(place.kind);
            self.place(place.parent);
            if let Some((lat, lon)) = place.coordinates {
                let _ = write!(self.line, "{lat}\t{lon}");
            }
            self.end_row();
        }
        self.table(Table::Travel, case.travel.len());
        for way in &case.travel {
            self.place(Some(way.from));
            self.place(Some(way.to));
            self.number(way.minutes);
            self.end_row();
        }
    }

    fn periods(&mut self) {
        let case: &'c Case = self.case;
        self.table(Table::Periods, case.periods.len());
        for period in &case.periods {
            self.text(&period.id);
            self.text(&period.start);
            self.text(&period.end);
            self.symbols(&period.theme);
            for (kind, value) in period.tags.iter() {
                self.word(kind.map_or("", |kind| case.text(kind)));
                self.line.push(':');
                self.word(case.text(*value));
                self.line.push(';');
            }
            self.end_row();
        }
    }

    fn fit_rules_pins(&mut self) {
        let case: &'c Case = self.case;
        self.table(Table::Fit, case.fits.len());
        for fit in &case.fits {
            self.text(&case.needs[fit.need.index()].id);
            self.text(&case.projects[fit.project.index()].id);
            match fit.worth {
                FitWorth::Points(points) => self.number(points),
                FitWorth::Excluded => self.text("x"),
            }
            self.number(fit.load);
            self.end_row();
        }
        self.table(Table::Rules, case.rules.len());
        for rule in &case.rules {
            self.rule(rule);
        }
        self.table(Table::Pins, case.pins.len());
        for pin in &case.pins {
            self.text(if pin.mode == PinMode::Fix { "fix" } else { "forbid" });
            self.text(pin.need.map_or("*", |need| &case.needs[need.index()].id));
            self.text(pin.project.map_or("*", |project| &case.projects[project.index()].id));
            self.text(pin.place.map_or("*", |place| &case.places[place.index()].id));
            self.text(pin.period.map_or("*", |period| &case.periods[period.index()].id));
            self.text(pin.resource.map_or("*", |resource| &case.resources[resource.index()].id));
            self.number(pin.count);
            self.end_row();
        }
    }

    fn rule(&mut self, rule: &'c crate::lists::Rule) {
        let case: &'c Case = self.case;
        self.text(&rule.id);
        self.text(match rule.kind {
            RuleKind::Sessions => "sessions",
            RuleKind::Units => "units",
            RuleKind::Projects => "projects",
            RuleKind::Orgs => "orgs",
            RuleKind::Ratio => "ratio",
            RuleKind::Window => "window",
        });
        self.projects_of(rule.projects.as_deref());
        self.any_symbols(rule.services.as_deref());
        self.flag(rule.theme);
        self.any_symbols(rule.orgs.as_deref());
        self.any_places(rule.places.as_deref());
        self.periods_of(&rule.periods);
        self.any_symbols(rule.roles.as_deref());
        self.any_symbols(rule.skills.as_deref());
        match &rule.resources {
            Some(list) => self.joined(list.iter().map(|r| case.resources[r.index()].id.as_str())),
            None => self.line.push('*'),
        }
        self.line.push('\t');
        self.any_symbols(rule.units.as_deref());
        self.any_symbols(rule.audience.as_deref());
        for key in &rule.per {
            self.word(match key {
                PerKey::Place => "place",
                PerKey::Period => "period",
                PerKey::Project => "project",
                PerKey::Org => "org",
                PerKey::Service => "service",
                PerKey::Tag(kind) => case.text(*kind),
            });
            self.line.push(';');
        }
        self.line.push('\t');
        self.limit(rule.min);
        self.limit(rule.max);
        if let Some(against) = &rule.against {
            self.symbol(against.role);
            self.symbols(&against.skills);
        }
        self.limit(rule.window);
        self.number(rule.weight);
        self.end_row();
    }

    fn settings(&mut self) {
        let case: &'c Case = self.case;
        let settings: &Settings = &case.settings;
        self.line.push_str("settings\n");
        for (position, level) in settings.levels.iter().enumerate() {
            if position > 0 {
                self.line.push('|');
            }
            self.joined(level.iter().map(|term| term.name()));
        }
        self.line.push('\t');
        for step in &settings.fairness {
            let _ = write!(self.line, "{}/{}:{};", step.share_numerator, step.share_denominator, step.multiplier);
        }
        self.line.push('\t');
        self.number(settings.gap_ppm);
        let steps = settings.max_steps.map(|steps| i64::try_from(steps).unwrap_or(i64::MAX));
        self.limit(steps);
        self.number(i64::try_from(settings.seed).unwrap_or(i64::MAX));
        self.number(settings.speed_milli_kmh);
        self.number(settings.reach_minutes);
        self.number(settings.person_per_period);
        self.text(settings.freeze_before.map_or("", |period| &case.periods[period.index()].id));
        for term in Term::ALL {
            self.number(settings.weights.of(term));
        }
        self.end_row();
    }
}
