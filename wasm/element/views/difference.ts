/** The difference from the plan before, with reasons where it was re-matched. */
import { html, nothing, type TemplateResult } from "lit";
import type { Answer } from "../../js/sandan.js";
import { define, View } from "../view.js";
import { grouped } from "../words/index.js";

/** So many lines are laid out at once; the rest is said in a number. */
const LINES = 200;

export class DifferenceView extends View {
  render(): TemplateResult {
    const answer = this.desk.now?.difference;
    if (!answer) return html``;
    const { words } = this;
    const { gone, new: added } = answer.difference as { gone: number; new: number };
    // What people read is written once, by the library; its first lines are the sums.
    const lines = answer.text.trimEnd().split("\n");
    return html`<section aria-live="polite">
      <h2>${words.difference}</h2>
      <p id="difference"><strong>${gone + added === 0 ? words.same : `${words.gone(grouped(gone))}，${words.new(grouped(added))}`}</strong></p>
      <details ?open=${lines.length <= 30}>
        <summary>${words.whatChanged}</summary>
        <pre>${lines.slice(0, LINES).join("\n")}${lines.length > LINES ? html`\n… +${lines.length - LINES}` : nothing}</pre>
      </details>
    </section>`;
  }
}

define("sandan-difference", DifferenceView);

export type { Answer };
