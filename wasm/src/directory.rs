//! Names and places of everything in a case, and what there is to say about a plan in words: what a page needs beside
//! the plan to show it.

use sandan::export::{Names, describe_gap, describe_level, describe_reason, describe_shortfall, funnel_of, plain};
use sandan::intake::{columns, settings_as_written};
use sandan::lists::{Case, Kind, Lang, PinMode, Symbol, Table};
use sandan::plan::Plan;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

use crate::words::lang_of;

/// The names of tables and columns in a language, by their English names, as JSON: problems and limits name them in
/// English, planners know them by their headers.
#[wasm_bindgen]
pub fn headers(lang: &str) -> Result<String, JsError> {
    let lang = lang_of(lang)?;
    let tables = Table::ALL.iter().map(|table| {
        let columns =
            columns::columns(*table).iter().map(|column| (column.name.to_owned(), column.header(lang).into()));
        let name = if lang == Lang::Zh { table.chinese() } else { table.name() };
        (table.name().to_owned(), json!({ "name": name, "columns": columns.collect::<serde_json::Map<_, Value>>() }))
    });
    Ok(Value::Object(tables.collect()).to_string())
}

/// The names of a case.
pub(crate) fn directory(case: &Case, lang: Lang) -> Value {
    let names = Names::new(case, lang);
    let word = |symbol: Symbol| plain(case.text(symbol));
    let words = |symbols: &[Symbol]| symbols.iter().map(|symbol| word(*symbol)).collect::<Vec<_>>();
    let place_id = |id: sandan::lists::PlaceId| &case.places[id.index()].id;
    let places = case.places.iter().map(|place| {
        json!({
            "id": place.id, "name": names.place(&place.id), "title": plain(&place.title),
            "parent": place.parent.map(place_id), "kind": place.kind.map(word),
            "latitude": place.coordinates.map(|at| at.0), "longitude": place.coordinates.map(|at| at.1),
        })
    });
    let periods = case
        .periods
        .iter()
        .map(|period| json!({ "id": period.id, "name": names.period(&period.id), "dates": names.dates(&period.id) }));
    let projects = case.projects.iter().map(|project| {
        json!({
            "id": project.id, "name": names.project(&project.id), "services": words(&project.services),
            "size": project.size, "span": project.span,
        })
    });
    let needs = case.needs.iter().map(|need| {
        json!({
            "id": need.id, "name": names.need(&need.id), "place": place_id(need.place), "group": word(need.group),
            "services": words(&need.services), "unit": word(need.unit), "quantity": need.quantity,
            "priority": need.priority, "must": need.must,
        })
    });
    let resources = case.resources.iter().map(|resource| {
        let kind = match resource.kind {
            Kind::Staff => "staff",
            Kind::Venue => "venue",
            Kind::Fund => "fund",
            Kind::Goods => "goods",
        };
        json!({
            "id": resource.id, "name": names.resource(&resource.id), "kind": kind, "count": resource.count,
            "roles": words(&resource.roles), "place": resource.place.map(place_id),
        })
    });
    let pins = case.pins.iter().map(|pin| {
        json!({
            "row": pin.row, "pin": if pin.mode == PinMode::Fix { "fix" } else { "forbid" },
            "need": pin.need.map(|i| &case.needs[i.index()].id),
            "project": pin.project.map(|i| &case.projects[i.index()].id),
            "place": pin.place.map(place_id),
            "period": pin.period.map(|i| &case.periods[i.index()].id),
            "resource": pin.resource.map(|i| &case.resources[i.index()].id),
            "count": pin.count,
        })
    });
    json!({
        "hash": case.hash,
        "places": places.collect::<Vec<_>>(),
        "periods": periods.collect::<Vec<_>>(),
        "projects": projects.collect::<Vec<_>>(),
        "needs": needs.collect::<Vec<_>>(),
        "resources": resources.collect::<Vec<_>>(),
        "pins": pins.collect::<Vec<_>>(),
        "settings": settings_as_written(&case.settings, &case.periods),
    })
}

/// A plan in words.
pub(crate) fn told(case: &Case, plan: &Plan, lang: Lang) -> Value {
    let names = Names::new(case, lang);
    let levels = plan.levels.iter().map(|level| {
        json!({ "text": describe_level(lang, level), "gap": describe_gap(lang, level), "gap_ppm": level.gap_ppm })
    });
    let unmet = plan
        .unmet
        .iter()
        .map(|row| json!({ "reason": describe_reason(&names, &row.reason), "funnel": funnel_of(&names, &row.reason) }));
    let shortfalls = plan.shortfalls.iter().map(|row| {
        json!({
            "at": describe_shortfall(&names, row),
            "reason": describe_reason(&names, &row.reason), "funnel": funnel_of(&names, &row.reason),
        })
    });
    json!({
        "levels": levels.collect::<Vec<_>>(),
        "unmet": unmet.collect::<Vec<_>>(),
        "shortfalls": shortfalls.collect::<Vec<_>>(),
    })
}
