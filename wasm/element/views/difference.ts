/** The difference from the plan before, line by line, with reasons where it was re-matched. */
import { css, html, nothing, type TemplateResult } from "lit";
import type { Answer } from "../../js/sandan.js";
import type { Column } from "../parts/rows.js";
import { shared } from "../style.js";
import { define, View } from "../view.js";
import { grouped } from "../words/index.js";

interface Line {
  what: "need" | "session" | "member";
  before: number;
  after: number;
  reason?: string;
  event?: number;
}

export class DifferenceView extends View {
  #of?: Answer;
  #source: any;

  static styles = [
    shared,
    css`
      section { margin-bottom: 1.2em; }
      sandan-rows { --rows-height: 45vh; }
    `,
  ];

  render(): TemplateResult {
    const answer = this.desk.now?.difference;
    if (!answer) return html``;
    const { words } = this;
    const { gone, new: added } = answer.difference as { gone: number; new: number };
    const lines = linesOf(answer);
    if (this.#of !== answer) {
      this.#of = answer;
      this.#source = async ({ from, count }: { from: number; count: number }) => {
        const rows = await this.desk.view("changes", { rows: lines.slice(from, from + count) });
        return { total: lines.length, from, rows };
      };
    }
    return html`<section>
      <h2>${words.difference}</h2>
      <p id="difference" role="status"><strong>${gone + added === 0 ? words.same : `${words.gone(grouped(gone))}${words.comma}${words.new(grouped(added))}`}</strong></p>
      ${this.desk.now?.spoken === this.desk.lang ? html`<pre class="answered" tabindex="0">${said(answer)}</pre>` : nothing}
      ${lines.length > 0
        ? html`<sandan-rows id="changes" .label=${words.difference} .columns=${this.#columns(lines, answer.applied?.length > 0)} .source=${this.#source}></sandan-rows>`
        : nothing}
    </section>`;
  }

  #columns(lines: Line[], happened: boolean): Column<any>[] {
    const { words } = this;
    // Where nothing happened but edits of the lists, nothing makes room for anything else.
    const because = (row: any) => words.changedBy[row.reason === "knock_on" && !happened ? "lists" : row.reason];
    const reason = (row: any) => (row.event ? `${because(row)} ${row.event}` : because(row));
    return [
      { key: "what", title: words.whatChanged, width: "5em", show: (row) => words.kinds[row.what] },
      { key: "name", title: words.which, width: "minmax(9em, 1.5fr)", show: (row) => row.name },
      { key: "where", title: words.where, width: "minmax(11em, 2fr)", show: (row) => row.where },
      { key: "before", title: words.before, width: "5.5em", number: true, show: (row) => grouped(row.before) },
      { key: "after", title: words.after, width: "5.5em", number: true, show: (row) => grouped(row.after) },
      ...(lines[0]?.reason ? [{ key: "reason", title: words.reason, width: "minmax(6em, 1fr)", show: reason }] : []),
    ];
  }
}

/** The lines of either answer: a rematch has them with reasons, a comparison by kind. */
function linesOf(answer: Answer): Line[] {
  if (answer.changed) return answer.changed;
  const { needs, sessions, members } = answer.difference;
  return [
    ...needs.map((row: any) => ({ ...row, what: "need", id: row.need })),
    ...sessions.map((row: any) => ({ ...row, what: "session" })),
    ...members.map((row: any) => ({ ...row, what: "member", id: row.resource })),
  ];
}

/** What the library says of the whole; of a rematch without the lines, which stand in the table. */
function said(answer: Answer): string {
  const lines = answer.text.trimEnd().split("\n");
  return (answer.changed ? lines.slice(0, answer.applied.length + (answer.fewest === null ? 1 : 2)) : lines).join("\n");
}

define("sandan-difference", DifferenceView);
