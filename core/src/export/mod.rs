//! What a plan is handed out as: workbook, rota pages, calendars. (JSON is [`crate::plan::Plan::to_json`].)
