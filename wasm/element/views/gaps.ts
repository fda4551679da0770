/** What to recruit, train or raise, in order; and what one more of each scarce thing is worth. */
import { html, nothing, type TemplateResult } from "lit";
import type { Answer } from "../../js/sandan.js";
import { define, View } from "../view.js";
import { grouped } from "../words/index.js";

export class GapsView extends View {
  #answers: { gaps?: Answer; prices?: Answer } = {};

  turned(): void {
    this.#answers = {};
  }

  render(): TemplateResult {
    const { words, desk } = this;
    if (!desk.now?.plan) return html`<p class="empty">${words.planFirst}</p>`;
    return html`${this.#part("gaps", words.gapsAsk, words.gapsHint)} ${this.#part("prices", words.pricesAsk, words.pricesHint)}`;
  }

  #part(kind: "gaps" | "prices", ask: string, hint: string): TemplateResult {
    const answer = this.#answers[kind];
    return html`<section>
      <div class="bar">
        <button class="main" id=${kind} ?disabled=${!!this.desk.busy} @click=${() => this.#find(kind)}>${ask}</button>
        <span class="soft">${hint}</span>
      </div>
      ${answer ? this.#answered(kind, answer) : nothing}
    </section>`;
  }

  #answered(kind: string, answer: Answer): TemplateResult {
    const { words } = this;
    const gaps = answer.gaps as any[];
    // The last line of the text says what was left out.
    const rest = answer.left_out > 0 ? answer.text.trimEnd().split("\n").at(-1) : "";
    if (gaps.length === 0) return html`<p role="status">${words.gapsNone} ${rest}</p>`;
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${kind === "gaps" ? words.gapsAsk : words.pricesAsk}>
      <table data-answer=${kind}>
        <thead><tr><th class="number">#</th><th>${words.whatToChange}</th><th>${words.brings}</th><th class="number">${words.cost}</th></tr></thead>
        <tbody>
          ${gaps.map(
            (gap, at) => html`<tr>
              <td class="number">${at + 1}</td><td>${answer.said[at]}</td>
              <td>${gap.exact ? "" : "≥ "}${Object.entries(gap.units as Record<string, number>).map(([unit, n]) => `${n > 0 ? "+" : ""}${grouped(n)} ${unit}`).join(words.and) || "0"}</td>
              <td class="number">${grouped(gap.cost)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${rest ? html`<p class="soft">${rest}</p>` : nothing}`;
  }

  async #find(kind: "gaps" | "prices"): Promise<void> {
    const now = this.desk.now;
    const answer = await this.desk.ask(kind);
    if (answer && this.desk.now === now) this.#answers = { ...this.#answers, [kind]: answer };
    this.requestUpdate();
  }
}

define("sandan-gaps", GapsView);
