use crate::lists::Lang;

/// Declares every fault with its sentence in Chinese and in English.
macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident: $zh:literal, $en:literal;)*) => {
        /// What exactly is wrong with a plan. The same fault may break several constraints: a staff row, a venue, a fund
        /// and a stock each have an allow-list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Fault {
            $($(#[$doc])* $name,)*
        }

        impl Fault {
            /// Every fault.
            pub const ALL: &'static [Fault] = &[$(Fault::$name,)*];

            /// The stable name, for programs.
            pub fn name(self) -> &'static str {
                match self { $(Fault::$name => stringify!($name),)* }
            }

            /// The sentence, with places for the subjects (`{0}`, …) and the amounts.
            pub(super) fn template(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Fault::$name, Lang::Zh) => $zh, (Fault::$name, Lang::En) => $en,)*
                }
            }
        }
    };
}

faults! {
    // The form of the plan.
    /// The document is of another format.
    Format: "方案格式 `{0}` 不认识，应为 {1}", "the plan format `{0}` is unknown, expected {1}";
    /// Two sessions have one id.
    SessionTwice: "场次编号 {0} 重复", "the session id {0} is used twice";
    /// The session names a project that the lists do not have.
    UnknownProject: "项目清单里没有 {0}", "there is no project {0}";
    /// … a place.
    UnknownPlace: "没有地点 {0}", "there is no place {0}";
    /// … a period.
    UnknownPeriod: "没有时段 {0}", "there is no period {0}";
    /// … a need.
    UnknownNeed: "需求清单里没有 {0}", "there is no need {0}";
    /// … a resource.
    UnknownResource: "资源清单里没有 {0}", "there is no resource {0}";
    /// … a post that the project does not have.
    UnknownPost: "项目 {0} 没有第 {1} 号岗位", "project {0} has no post {1}";
    /// Units below 1.
    Units: "需求 {0} 的数量为 {found}，至少为 {allowed}", "need {0} is given {found} units, at least {allowed} expected";
    /// The member number is not one of the row.
    MemberNumber: "{0} 没有第 {found} 位成员，共 {allowed} 位", "{0} has no member {found}, only {allowed}";
    /// The room number is not one of the row.
    RoomNumber: "{0} 没有第 {found} 间，共 {allowed} 间", "{0} has no room {found}, only {allowed}";
    /// A venue without the number of the room.
    RoomMissing: "场地 {0} 没有写第几间", "the room of venue {0} is not given";
    /// A room without a venue.
    RoomAlone: "写了第 {found} 间却没有写场地", "room {found} is given without a venue";
    /// The role written is not that of the post.
    SeatRole: "{0} 写作 {1}，第 {2} 号岗位是 {3}", "{0} is entered as {1}, but post {2} is {3}";
    /// A rotating post without the period served.
    SeatPeriodMissing: "{0} 在轮值岗位 {1} 没有写时段", "{0} in rotating post {1} has no period";
    /// A period in a post that does not rotate.
    SeatPeriodGiven: "{0} 在岗位 {1} 写了时段，而该岗位不轮值", "{0} has a period in post {1}, which does not rotate";

    // Facts.
    /// A session of the past is not in the plan as it was.
    FactMissing: "既成场次 {0} {1} {2} 未按原样保留", "the past session {0} {1} {2} is not kept as it was";
    /// A session is marked as a fact and was none.
    FactInvented: "标为既成，但上期方案里没有这样的场次：{0} {1} {2}", "marked as a fact, but previous has no such session: {0} {1} {2}";
    /// A session of the past is not marked as a fact.
    FactUnmarked: "既成场次 {0} {1} {2} 没有标注 fact", "the past session {0} {1} {2} is not marked as a fact";
    /// A new session in the frozen past.
    BeforeFreeze: "新场次在 {0} 开始，早于冻结时段 {1}", "a new session starts in {0}, before the freeze at {1}";
    /// The launch of a held project in previous is not kept as it was.
    LaunchMissing: "项目 {0} 已付的启动费未按原样保留", "the launch already paid for project {0} is not kept as it was";
    /// A launch is marked as a fact and was none.
    LaunchInvented: "项目 {0} 的启动费标为既成，但上期方案里没有", "the launch of project {0} is marked as a fact, but previous has no such launch";

    // H1 cell.
    /// A session at a parent.
    NotLeaf: "场次设在 {0}，它下面还有地点", "a session stands at {0}, which has places below it";
    /// An online project elsewhere.
    NotAtOnline: "线上项目 {0} 设在 {1}", "the online project {0} is held at {1}";
    /// A project that is not online, held there.
    AtOnline: "项目 {0} 不是线上项目，却设在 {1}", "project {0} is not online, yet held at {1}";
    /// The place is beyond the project's reach.
    ProjectReach: "项目 {0} 从 {1} 到 {2} 需 {found} 分钟，可达 {allowed}", "project {0} is {found} minutes from {1} to {2}, its reach is {allowed}";
    /// The way from the project's base is unknown.
    ProjectWayUnknown: "项目 {0} 从 {1} 到 {2} 的路程未知", "project {0}: the way from {1} to {2} is unknown";
    /// The place is not one of the project's.
    ProjectPlaces: "项目 {0} 的服务地点不含 {1}", "project {0} is not held at {1}";
    /// The period is not one of the project's.
    ProjectPeriods: "项目 {0} 不在 {1} 开始", "project {0} does not start in {1}";
    /// The span does not fit in the horizon.
    Horizon: "项目 {0} 从 {1} 起需 {found} 期，只剩 {allowed} 期", "project {0} runs {found} periods from {1}, only {allowed} are left";

    // H2 eligibility.
    /// No service in common.
    NoService: "需求 {0} 与项目 {1} 没有相同的服务类别", "need {0} and project {1} share no service";
    /// Another unit.
    OtherUnit: "需求 {0} 的单位是 {2}，项目 {1} 只服务 {3}", "need {0} is in {2}, project {1} serves {3} only";
    /// No audience in common.
    NoAudience: "需求 {0} 不属于项目 {1} 的对象", "need {0} is not of the audience of project {1}";
    /// The allow-list of the need.
    NeedProjects: "需求 {0} 的指定项目不含 {1}", "need {0} does not name project {1}";
    /// The deny-list of the need.
    NeedExclude: "需求 {0} 排除项目 {1}", "need {0} excludes project {1}";
    /// The fit table excludes the pair.
    FitExcluded: "适配表排除 {0} 与 {1}", "the fit table excludes {0} with {1}";
    /// Beyond the need's reach.
    NeedReach: "需求 {0} 从 {1} 到 {2} 需 {found} 分钟，可达 {allowed}", "need {0} is {found} minutes from {1} to {2}, its reach is {allowed}";
    /// The way is unknown.
    NeedWayUnknown: "需求 {0} 从 {1} 到 {2} 的路程未知", "need {0}: the way from {1} to {2} is unknown";
    /// Not a period of the need.
    NeedPeriods: "需求 {0} 的时段不含 {1}", "need {0} is not to be served in {1}";

    // H3 quantity.
    /// More units than wanted.
    Quantity: "需求 {0} 得到 {found}，只要 {allowed}", "need {0} gets {found} units, only {allowed} wanted";
    /// A whole need served in part, or in several sessions.
    Whole: "整体需求 {0} 一场里得到 {found}，应一次得到 {allowed}", "whole need {0} gets {found} units in a session, {allowed} at once expected";
    /// Units from several projects.
    OneProject: "需求 {0} 应由同一项目服务，现有 {found} 个项目", "need {0} is to be served by one project, now by {found}";
    /// Too many in one period.
    NeedPerPeriod: "需求 {0} 在 {1} 得到 {found}，每期上限 {allowed}", "need {0} gets {found} units in {1}, at most {allowed} a period";

    // H4 seats.
    /// More seats taken than there are.
    Seats: "项目 {0} 一场占位 {found}，每场人数 {allowed}", "a session of project {0} seats {found}, its size is {allowed}";
    /// Too few units.
    MinSize: "项目 {0} 一场只有 {found}，最少 {allowed}", "a session of project {0} serves {found} units, at least {allowed}";
    /// Too many sessions in one cell.
    PerCell: "项目 {0} 在 {1} {2} 有 {found} 场，上限 {allowed}", "project {0} has {found} sessions at {1} in {2}, at most {allowed}";
    /// Too many sessions.
    MaxSessions: "项目 {0} 共 {found} 场，上限 {allowed}", "project {0} has {found} sessions, at most {allowed}";
    /// Too few sessions of a project that is held.
    MinSessions: "项目 {0} 只有 {found} 场，要办至少 {allowed} 场", "project {0} has {found} sessions, at least {allowed} if held";

    // H5 posts.
    /// Not as many members as the post asks for.
    PostMembers: "第 {0} 号岗位 {1} 有 {found} 人，应为 {allowed}", "post {0} {1} has {found} members, exactly {allowed} expected";
    /// … in one period of a rotating post.
    PostMembersIn: "第 {0} 号轮值岗位 {1} 在 {2} 有 {found} 人，应为 {allowed}", "rotating post {0} {1} has {found} members in {2}, exactly {allowed} expected";
    /// One member in two posts.
    TwoPosts: "{0} 第 {1} 位成员在同一场里占第 {2}、{3} 号两个岗位", "member {1} of {0} fills posts {2} and {3} of one session";
    /// One member twice in a post.
    SeatTwice: "{0} 第 {1} 位成员在第 {2} 号岗位重复", "member {1} of {0} stands twice in post {2}";
    /// A period that is not one of the session.
    SeatOutside: "{0} 第 {1} 位成员轮值的 {2} 不在本场时段内", "member {1} of {0} serves in {2}, which is not a period of the session";

    // H6 member.
    /// The row is not staff.
    NotStaff: "{0} 不是人员", "{0} is not staff";
    /// The row lacks the role.
    NoRole: "{0} 没有岗位 {1}", "{0} does not have the role {1}";
    /// A skill of the post is missing or not valid.
    NoSkill: "{0} 在 {2} 没有技能 {1}", "{0} does not hold the skill {1} in {2}";
    /// A clearance of the project is missing or not valid.
    NoClearance: "{0} 在 {2} 没有准入 {1}", "{0} does not hold the clearance {1} in {2}";
    /// The post is for other organisations.
    OtherOrg: "{0} 的单位不在第 {1} 号岗位允许之列", "the organisation of {0} may not fill post {1}";
    /// Beyond the row's reach.
    ResourceReach: "{0} 从 {1} 到 {2} 需 {found} 分钟，可达 {allowed}", "{0} is {found} minutes from {1} to {2}, its reach is {allowed}";
    /// The way is unknown.
    ResourceWayUnknown: "{0} 从 {1} 到 {2} 的路程未知", "{0}: the way from {1} to {2} is unknown";

    // The lists of a resource: H6, H8, H10, H11.
    /// The allow-list of the row.
    ResourceProjects: "{0} 的指定项目不含 {1}", "{0} may not be used for project {1}";
    /// The deny-list of the row.
    ResourceExclude: "{0} 排除项目 {1}", "{0} excludes project {1}";
    /// The services of the row.
    ResourceServices: "{0} 的用途不含项目 {1} 的服务", "{0} may not be used for the services of project {1}";
    /// The places of the row.
    ResourcePlaces: "{0} 的服务地点不含 {1}", "{0} may not be used at {1}";
    /// Not available, or may not pay, in the period.
    ResourcePeriods: "{0} 在 {1} 不可用", "{0} is not available in {1}";

    // H7 load.
    /// Too much load in a period.
    MemberLoad: "{0} 第 {1} 位成员在 {2} 负荷 {found}，上限 {allowed}", "member {1} of {0} carries a load of {found} in {2}, at most {allowed}";
    /// Too much load in all.
    MemberTotal: "{0} 第 {1} 位成员总负荷 {found}，上限 {allowed}", "member {1} of {0} carries a total load of {found}, at most {allowed}";

    // H8 venue.
    /// A venue is needed.
    VenueMissing: "项目 {0} 需要场地", "project {0} needs a venue";
    /// No venue is needed.
    VenueIdle: "项目 {0} 在此不需要场地，却占用 {1}", "project {0} needs no venue here, yet takes {1}";
    /// The row is not a venue.
    NotVenue: "{0} 不是场地", "{0} is not a venue";
    /// No kind that the project takes.
    VenueKind: "{0} 不是项目 {1} 要的场地类型", "{0} is of no kind that project {1} takes";
    /// The venue stands elsewhere.
    VenueElsewhere: "{0} 不在 {1}", "{0} does not stand at {1}";
    /// Too few seats.
    VenueSeats: "{0} 有 {found} 个座位，项目 {1} 要 {allowed}", "{0} has {found} seats, project {1} takes {allowed}";
    /// Too many sessions in a period.
    RoomLoad: "{0} 第 {1} 间在 {2} 有 {found} 场，上限 {allowed}", "room {1} of {0} holds {found} sessions in {2}, at most {allowed}";
    /// Too many sessions in all.
    RoomTotal: "{0} 第 {1} 间共 {found} 场，上限 {allowed}", "room {1} of {0} holds {found} sessions, at most {allowed}";

    // H9 person.
    /// In too many sessions of one period.
    PersonPeriod: "人员 {0} 在 {1} 有 {found} 场，上限 {allowed}", "person {0} is in {found} sessions of {1}, at most {allowed}";
    /// More than one unit in a session.
    PersonUnits: "需求 {0} 属于一个人，一场里得到 {found}，至多 {allowed}", "need {0} is of one person and gets {found} units in a session, at most {allowed}";

    // H10 money.
    /// The row is not a fund.
    NotFund: "{0} 不是资金", "{0} is not a fund";
    /// An amount below one fen.
    Fen: "{0} 付 {found} 分，至少 {allowed} 分", "{0} pays {found} fen, at least {allowed}";
    /// Two lines of one fund.
    FundTwice: "{0} 有两行付款", "{0} pays in two lines";
    /// Not the cost of the session.
    Paid: "项目 {0} 一场付 {found¥}，应付 {allowed¥}", "a session of project {0} is paid {found¥}, it costs {allowed¥}";
    /// Not the cost of the launch.
    LaunchPaid: "项目 {0} 启动费付 {found¥}，应付 {allowed¥}", "the launch of project {0} is paid {found¥}, it costs {allowed¥}";
    /// The fund is bound to places or periods.
    LaunchFund: "{0} 限定地点或时段，不能付项目 {1} 的启动费", "{0} is bound to places or periods and cannot pay the launch of project {1}";
    /// A launch listed twice.
    LaunchTwice: "项目 {0} 的启动费列了两次", "the launch of project {0} is listed twice";
    /// A launch of a project that is not held.
    LaunchIdle: "项目 {0} 没有场次，却列了启动费", "project {0} is not held, yet its launch is listed";
    /// More paid than the fund has.
    Overdrawn: "{0} 支出 {found¥}，只有 {allowed¥}", "{0} pays {found¥}, it has {allowed¥}";

    // H11 goods.
    /// The row is not goods.
    NotGoods: "{0} 不是物资", "{0} is not goods";
    /// An amount below one.
    Items: "{0} 出 {1} {found} 件，至少 {allowed} 件", "{0} gives {found} of {1}, at least {allowed}";
    /// Two lines of one stock and item.
    StockTwice: "{0} 的 {1} 列了两行", "{0} gives {1} in two lines";
    /// Not as many of an item as the session takes.
    ItemCount: "物资 {0} 有 {found} 件，应为 {allowed}", "{found} of item {0} are given, exactly {allowed} expected";
    /// The stock does not hold the item.
    NoItem: "{0} 没有物资 {1}", "{0} does not hold {1}";
    /// More taken than the stock has.
    StockOverdrawn: "{0} 共出 {found} 件，只有 {allowed} 件", "{0} gives {found} items, it has {allowed}";

    // H12 to H15.
    /// A max rule.
    RuleMax: "规则 {0}{1} 计 {found}，上限 {allowed}", "rule {0}{1} counts {found}, at most {allowed}";
    /// A ratio rule.
    Ratio: "规则 {0} 在 {1} 有 {found} 人，对照只容 {allowed} 人", "rule {0} finds {found} members in {1}, those against allow {allowed}";
    /// A window rule.
    Window: "规则 {0}：{1} 第 {2} 位成员自 {3} 至 {4} 负荷 {found}，上限 {allowed}", "rule {0}: member {2} of {1} carries {found} from {3} to {4}, at most {allowed}";
    /// A fix pin.
    PinFix: "指定表第 {0} 行要求至少 {allowed}，只有 {found}", "row {0} of pins asks for at least {allowed}, found {found}";
    /// A forbid pin.
    PinForbid: "指定表第 {0} 行禁止，却有 {found}", "row {0} of pins forbids this, found {found}";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sentences_of_a_fault_name_the_same_things() {
        let names = |text: &str| {
            let mut names: Vec<String> =
                text.split('{').skip(1).filter_map(|part| part.split('}').next()).map(str::to_owned).collect();
            names.sort();
            names
        };
        for fault in Fault::ALL {
            let (zh, en) = (fault.template(Lang::Zh), fault.template(Lang::En));
            assert_eq!(names(zh), names(en), "{}", fault.name());
            assert!(!zh.is_ascii() && en.len() > 5, "{}", fault.name());
        }
    }
}
