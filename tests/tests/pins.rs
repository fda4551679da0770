//! Pins of lists that are too large to be searched branch by branch: the first plan that is built keeps them.

use sandan::intake::sheets::from_json;
use sandan::{Flow, solve};
use serde_json::json;

#[test]
fn all_units_of_a_whole_need_are_pinned() {
    // Money for one session: any of sixty needs could have it, and the pinned one is worth least.
    let needs: Vec<_> = (0..60)
        .map(|n| {
            let (quantity, priority) = if n == 0 { (3, 1) } else { (8, 5) };
            json!({ "id": format!("N{n:02}"), "place": format!("C{n:02}"), "services": "帮扶", "quantity": quantity,
                "priority": priority, "whole": "yes" })
        })
        .collect();
    let periods: Vec<_> = (1..=24).map(|n| json!({ "id": format!("M{n:02}") })).collect();
    let case = json!({
        "needs": needs,
        "projects": [{ "id": "P1", "services": "帮扶", "size": 8, "session_cost": 100, "staffing": "社工:1" }],
        "resources": [
            { "id": "S1", "roles": "社工", "count": 60 },
            { "id": "F1", "kind": "fund", "amount": 100 },
        ],
        "periods": periods,
        "pins": [{ "pin": "fix", "need": "N00", "count": 3 }],
        "settings": [{ "key": "max_steps", "value": 1 }],
    });
    let case = from_json(&case.to_string()).understand().expect("a sound case").case;
    let plan = solve(&case, &mut |_| Flow::Continue).expect("a plan that keeps the pin");
    let served: Vec<_> = plan.sessions.iter().flat_map(|session| &session.needs).collect();
    assert_eq!(served.len(), 1);
    assert_eq!((served[0].need.as_str(), served[0].units), ("N00", 3));
}
