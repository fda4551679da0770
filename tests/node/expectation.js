/** What a case file expects, compared with what the package answers; runs in Node and in pages alike. */

/**
 * @param {typeof import("../../wasm/js/sandan.js")} sandan the package
 * @param {any} file a case file, with `files` (contents by name) where it names a folder
 * @returns {Promise<{ text: string, found: string[] }>} the text that must be the same in every language, and where
 * the answer differs from what is expected
 */
export async function answer(sandan, file) {
  const { expect } = file;
  const reading = sandan.read(file.files ?? file.case, { lang: "en" });
  if (!reading.ok) return refused(expect, reading.problems);
  if (file.plan) {
    const report = sandan.check(reading.case, file.plan);
    const broken = [...new Set(report.violations.map((violation) => violation.constraint))].sort(byNumber);
    return {
      text: report.violations
        .map((v) => [v.constraint, v.sessions.join(","), v.subjects.join(","), v.found ?? "", v.allowed ?? ""].join("|"))
        .join("\n"),
      found: compare({ violations: expect.violations }, { violations: broken }),
    };
  }
  const outcome = await sandan.solve(reading.case);
  if (!outcome.ok) return outcome.reason === "problems" ? refused(expect, outcome.problems) : { text: "unknown", found: ["no plan"] };
  const report = sandan.check(reading.case, outcome.json);
  return {
    text: outcome.json,
    found: [
      ...report.violations.map((violation) => `the check found ${violation.message}`),
      ...absent(expect.warnings ?? [], reading.warnings),
      ...comparePlan(expect, outcome.plan),
    ],
  };
}

function refused(expect, problems) {
  return {
    text: problems.map((p) => [p.code, p.table ?? "", p.row ?? "", p.column ?? "", p.value].join("|")).join("\n"),
    found: expect.problems ? absent(expect.problems, problems) : [`refused: ${JSON.stringify(problems)}`],
  };
}

function comparePlan(expect, plan) {
  const terms = Object.assign({}, ...plan.levels.map((level) => level.terms));
  const unmet = Object.fromEntries(plan.unmet.map((row) => [row.need, row.units]));
  const served = {};
  const used = {};
  for (const session of plan.sessions) {
    for (const { need, units } of session.needs) served[need] = (served[need] ?? 0) + units;
    const members = new Set(session.staff.map((seat) => JSON.stringify([seat.resource, seat.member])));
    for (const member of members) used[JSON.parse(member)[0]] = (used[JSON.parse(member)[0]] ?? 0) + 1;
    if (session.venue) used[session.venue] = (used[session.venue] ?? 0) + 1;
  }
  const shown = { status: plan.status, levels: plan.levels.map((level) => level.value), sessions: plan.sessions.length };
  const wanted = Object.fromEntries(Object.keys(shown).filter((key) => key in expect).map((key) => [key, expect[key]]));
  for (const [what, byId] of Object.entries({ terms, served, unmet, used })) {
    for (const [id, amount] of Object.entries(expect[what] ?? {})) {
      wanted[`${what} ${id}`] = amount;
      shown[`${what} ${id}`] = byId[id] ?? 0;
    }
  }
  if (expect.unmet && Object.keys(expect.unmet).length === 0) [wanted.unmet, shown.unmet] = [{}, unmet];
  if (expect.shortfalls) [wanted.shortfalls, shown.shortfalls] = [expect.shortfalls, plan.shortfalls].map(shortfalls);
  const found = compare(wanted, shown);
  if (plan.sessions.length < (expect.min_sessions ?? 0)) found.push(`fewer than ${expect.min_sessions} sessions`);
  for (const [need, project] of expect.absent_pairs ?? []) {
    const together = plan.sessions.some((s) => s.project === project && s.needs.some((row) => row.need === need));
    if (together) found.push(`need ${need} lies in a session of project ${project}`);
  }
  return found;
}

function shortfalls(rows) {
  return rows.map((row) => JSON.stringify([row.rule, Object.entries(row.per ?? {}).sort(), row.missing])).sort();
}

function absent(wanted, problems) {
  const matches = (want, problem) => Object.entries(want).every(([key, value]) => problem[key] === value);
  return wanted
    .filter((want) => !problems.some((problem) => matches(want, problem)))
    .map((want) => `not found: ${JSON.stringify(want)} among ${JSON.stringify(problems)}`);
}

function compare(wanted, shown) {
  return Object.keys(wanted)
    .filter((key) => JSON.stringify(wanted[key]) !== JSON.stringify(shown[key]))
    .map((key) => `${key}: expected ${JSON.stringify(wanted[key])}, found ${JSON.stringify(shown[key])}`);
}

function byNumber(a, b) {
  const number = (constraint) => (/^H\d+$/.test(constraint) ? Number(constraint.slice(1)) : 99);
  return number(a) - number(b) || (a < b ? -1 : 1);
}
