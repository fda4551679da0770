//! What serde says of an event that it cannot read, in the planner's words.

use super::EventFault;

/// The fault of an event.
pub(super) fn fault(error: &str) -> EventFault {
    // Names that serde quotes: the one found, then those there may be, in both languages.
    let quoted: Vec<&str> = error.split('`').skip(1).step_by(2).collect();
    let first = quoted.first().copied().unwrap_or_default();
    let names = |chinese: bool, between: &str| {
        let others = quoted.iter().skip(1).filter(|name| name.is_ascii() != chinese);
        others.copied().collect::<Vec<_>>().join(between)
    };
    let (zh, en) = (names(true, "、"), names(false, ", "));
    if error.starts_with("unknown variant") {
        return EventFault::new(
            format!("没有“{first}”这种事件；应为：{zh}"),
            format!("there is no kind `{first}`; expected: {en}"),
        );
    }
    if error.starts_with("unknown field") {
        return EventFault::new(
            format!("这种事件没有“{first}”这一项；应为：{zh}"),
            format!("such an event has no `{first}`; expected: {en}"),
        );
    }
    if error.starts_with("missing field") {
        return EventFault::new(format!("缺少“{}”", chinese(first)), format!("`{first}` is missing"));
    }
    let wrong = error.strip_prefix("invalid type: ").or_else(|| error.strip_prefix("invalid value: "));
    if let Some((found, expected)) = wrong.and_then(|rest| rest.split_once(", expected ")) {
        let found = if first.is_empty() { kind(found) } else { first };
        // How an event is read is nothing to a planner.
        let shape = if expected.contains("enum") { "a map" } else { expected };
        return EventFault::new(
            format!("写的是 {found}，应为{}", kind(shape)),
            format!("found `{found}`, expected {shape}"),
        );
    }
    EventFault::new(format!("读不懂：{error}"), error)
}

/// The Chinese name of a field that there must be.
fn chinese(name: &str) -> &str {
    match name {
        "resource" => "资源",
        "need" => "需求",
        "session" => "场次",
        "served" => "实际",
        other => other,
    }
}

/// What a value is, in Chinese where that is known.
fn kind(text: &str) -> &str {
    match text {
        "a string" => "文字",
        "a map" | "map" => "一组“名称: 值”",
        "a sequence" | "sequence" => "一个列表",
        "a boolean" => "true 或 false",
        "i64" | "u64" => "整数",
        "null" => "空",
        other => other,
    }
}
