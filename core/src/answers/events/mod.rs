//! What happened since a plan was made, as events that change the lists.
//!
//! Events are applied to the raw tables, so that the lists that come out can be read, checked and kept like any others.

mod apply;
pub(super) mod edit;
mod schema;
mod unread;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::export::plain;
use crate::lists::Lang;

pub(super) use apply::touched;
pub use apply::{Applied, apply};
pub use schema::schema;

/// The value of `format` in a file of events.
pub const FORMAT: &str = "sandan-events/1";

/// One thing that happened. Kinds and fields are accepted in English and in Chinese.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    /// 退出: members of a staff row are no longer there.
    #[serde(alias = "退出")]
    DroppedOut {
        /// The staff row.
        #[serde(alias = "资源")]
        resource: String,
        /// How many of its members; all when there are no more.
        #[serde(default = "one", alias = "人数")]
        members: i64,
        /// The first period in which they are missing; all periods without it.
        #[serde(default, alias = "自", skip_serializing_if = "Option::is_none")]
        from: Option<String>,
        /// When it became known, ISO 8601; for the record.
        #[serde(default, alias = "日期", skip_serializing_if = "Option::is_none")]
        date: Option<String>,
        /// For the record.
        #[serde(default, alias = "备注", skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// 新增需求: a row for the list of needs.
    #[serde(alias = "新增需求")]
    NeedAdded {
        /// The cells by column, as in the table `needs`, in either language.
        #[serde(alias = "需求")]
        need: Map<String, Value>,
        /// When it became known.
        #[serde(default, alias = "日期", skip_serializing_if = "Option::is_none")]
        date: Option<String>,
        /// For the record.
        #[serde(default, alias = "备注", skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// 撤回需求: a need, or some of its units, is no longer wanted.
    #[serde(alias = "撤回需求")]
    NeedWithdrawn {
        /// The need.
        #[serde(alias = "需求")]
        need: String,
        /// How many units; all without it.
        #[serde(default, alias = "数量", skip_serializing_if = "Option::is_none")]
        units: Option<i64>,
        /// When it became known.
        #[serde(default, alias = "日期", skip_serializing_if = "Option::is_none")]
        date: Option<String>,
        /// For the record.
        #[serde(default, alias = "备注", skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// 经费削减: a fund (or a stock) is smaller.
    #[serde(alias = "经费削减")]
    FundCut {
        /// The fund or stock.
        #[serde(alias = "资源", alias = "资金")]
        resource: String,
        /// What it comes to now, in yuan (items): one of `to` and `by`.
        #[serde(default, alias = "为", skip_serializing_if = "Option::is_none")]
        to: Option<Value>,
        /// By how much it is smaller.
        #[serde(default, alias = "减", skip_serializing_if = "Option::is_none")]
        by: Option<Value>,
        /// When it became known.
        #[serde(default, alias = "日期", skip_serializing_if = "Option::is_none")]
        date: Option<String>,
        /// For the record.
        #[serde(default, alias = "备注", skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// 场地关闭: a venue row cannot be used.
    #[serde(alias = "场地关闭")]
    VenueClosed {
        /// The venue row.
        #[serde(alias = "资源", alias = "场地")]
        resource: String,
        /// The first period in which it is closed; the first of all without it.
        #[serde(default, alias = "自", skip_serializing_if = "Option::is_none")]
        from: Option<String>,
        /// The last period in which it is closed; the last of all without it.
        #[serde(default, alias = "至", skip_serializing_if = "Option::is_none")]
        to: Option<String>,
        /// When it became known.
        #[serde(default, alias = "日期", skip_serializing_if = "Option::is_none")]
        date: Option<String>,
        /// For the record.
        #[serde(default, alias = "备注", skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// 场次取消: a session of the plan before does not take place.
    #[serde(alias = "场次取消")]
    SessionCancelled {
        /// Its id in that plan.
        #[serde(alias = "场次")]
        session: String,
        /// When it became known.
        #[serde(default, alias = "日期", skip_serializing_if = "Option::is_none")]
        date: Option<String>,
        /// For the record.
        #[serde(default, alias = "备注", skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// 结果上报: how many units a frozen session has really served.
    #[serde(alias = "结果上报")]
    ResultReported {
        /// Its id in the plan before.
        #[serde(alias = "场次")]
        session: String,
        /// Units by need; needs left out stay as planned, 0 takes a need out.
        #[serde(alias = "实际")]
        served: std::collections::BTreeMap<String, i64>,
        /// When it became known.
        #[serde(default, alias = "日期", skip_serializing_if = "Option::is_none")]
        date: Option<String>,
        /// For the record.
        #[serde(default, alias = "备注", skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
    /// 拒绝: a resource refuses a session, a project or a period.
    #[serde(alias = "拒绝")]
    Declined {
        /// The staff or venue row.
        #[serde(alias = "资源")]
        resource: String,
        /// A session of the plan before: never there again.
        #[serde(default, alias = "场次", skip_serializing_if = "Option::is_none")]
        session: Option<String>,
        /// A project: never, or with `cool_off` only for so long from `period` on.
        #[serde(default, alias = "项目", skip_serializing_if = "Option::is_none")]
        project: Option<String>,
        /// A period alone: not available in it.
        #[serde(default, alias = "时段", skip_serializing_if = "Option::is_none")]
        period: Option<String>,
        /// For so many periods it is not asked for sessions of that project again.
        #[serde(default, alias = "冷静期", skip_serializing_if = "Option::is_none")]
        cool_off: Option<i64>,
        /// When it became known.
        #[serde(default, alias = "日期", skip_serializing_if = "Option::is_none")]
        date: Option<String>,
        /// For the record.
        #[serde(default, alias = "备注", skip_serializing_if = "Option::is_none")]
        note: Option<String>,
    },
}

fn one() -> i64 {
    1
}

/// What is wrong with an event, or with the file of events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventFault {
    /// The position of the event, from 1; `None` for the file.
    pub event: Option<usize>,
    /// What is wrong, in Chinese and in English.
    text: [String; 2],
}

impl EventFault {
    pub(super) fn new(chinese: impl Into<String>, english: impl Into<String>) -> Self {
        EventFault { event: None, text: [chinese.into(), english.into()] }
    }

    /// One line for a planner.
    pub fn message(&self, lang: Lang) -> String {
        let text = plain(&self.text[lang as usize]);
        match (self.event, lang) {
            (None, _) => text,
            (Some(n), Lang::Zh) => format!("第 {n} 个事件：{text}"),
            (Some(n), Lang::En) => format!("event {n}: {text}"),
        }
    }
}

/// Reads a file of events: `{"format": "sandan-events/1", "events": […]}`, or the list alone.
///
/// # Errors
/// Every faulty event at once.
pub fn read(text: &str) -> Result<Vec<Event>, Vec<EventFault>> {
    let whole: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        let place = format!("{}:{}", error.line(), error.column());
        vec![EventFault::new(format!("不是 JSON（{place}）"), format!("not JSON ({place})"))]
    })?;
    let list = match whole {
        Value::Array(list) => list,
        Value::Object(mut fields) => {
            let known = fields.get("format").is_none_or(|format| format == FORMAT);
            match (fields.remove("events").or_else(|| fields.remove("事件")), known) {
                (Some(Value::Array(list)), true) => list,
                _ => return Err(vec![wrong_shape()]),
            }
        }
        _ => return Err(vec![wrong_shape()]),
    };
    let mut events = Vec::new();
    let mut faults = Vec::new();
    for (position, item) in list.into_iter().enumerate() {
        match serde_json::from_value::<Event>(item) {
            Ok(event) => events.push(event),
            Err(error) => {
                let mut fault = unread::fault(&error.to_string());
                fault.event = Some(position + 1);
                faults.push(fault);
            }
        }
    }
    if faults.is_empty() { Ok(events) } else { Err(faults) }
}

fn wrong_shape() -> EventFault {
    EventFault::new(
        format!("应为 {{\"format\": \"{FORMAT}\", \"events\": […]}}"),
        format!("expected {{\"format\": \"{FORMAT}\", \"events\": […]}}"),
    )
}
