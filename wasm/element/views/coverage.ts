/** Who gets how much of what they want, the worst off first; and what fairness costs. */
import { css, html, nothing, type TemplateResult } from "lit";
import { countColumns, shareBars, type Share } from "../parts/bars.js";
import { Fold } from "../parts/fold.js";
import { Width } from "../parts/width.js";
import { shared } from "../style.js";
import { define, View } from "../view.js";
import { grouped, percent } from "../words/index.js";

type By = "group" | "place" | "service";

const FEW = 20;

export class CoverageView extends View {
  #by: By = "group";
  #found?: { rows: Share[]; bins: number[]; total: { wanted: number; served: number } };
  #all = false;
  #fold = new Fold(this);
  #width = new Width(this, 800);
  #fairness?: string;

  static styles = [
    shared,
    css`
      .chart { max-width: 100%; display: block; }
      .chart .grid { stroke: var(--line); stroke-width: 1; }
      .chart .track { fill: var(--wash); }
      .chart text { fill: var(--ink); font-size: 13px; }
      .chart .tick { fill: var(--soft); font-size: 11px; }
    `,
  ];

  turned(): void {
    this.#found = undefined;
    this.#fairness = undefined;
    if (this.desk.now?.plan) this.#ask();
  }

  render(): TemplateResult {
    const { words, desk } = this;
    if (!desk.now?.plan) return html`<p class="empty">${words.planFirst}</p>`;
    const found = this.#found;
    if (!found) return html`<p class="empty">${words.reading}…</p>`;
    const { rows, bins, total } = found;
    const shown = this.#all ? rows : rows.slice(0, FEW);
    const share = total.wanted > 0 ? percent(Math.floor((total.served * 1000) / total.wanted)) : "–";
    return html`
      <div class="bar">
        <label>${words.by}
          <select @change=${(event: any) => ((this.#by = event.target.value), this.#ask())}>
            ${(["group", "place", "service"] as By[]).map((by) => html`<option value=${by} ?selected=${by === this.#by}>${words[by]}</option>`)}
          </select>
        </label>
        <strong>${words.overall(share)}</strong><span class="soft">${words.coverageHint}</span>
      </div>
      ${shareBars(shown, this.#width.now, words.coverage)}
      ${rows.length > FEW
        ? html`<div class="bar">
            <span class="soft">${this.#all ? nothing : words.worst(FEW, rows.length)}</span>
            <button @click=${() => ((this.#all = !this.#all), this.requestUpdate())}>${this.#all ? words.showFew : words.showAll}</button>
          </div>`
        : nothing}
      ${rows.length > 3
        ? html`<h2 class="minor">${words.spread}</h2>${countColumns(bins, bins.map((_, at) => (this.#width.now < 500 ? `${at * 10}` : `${at * 10}–${at === 9 ? 100 : at * 10 + 9}%`)), this.#width.now, words.spread)}`
        : nothing}
      ${this.#fold.show(
        words.asTable,
        () => html`<table>
          <thead><tr><th>${words[this.#by]}</th><th class="number">${words.share}</th><th class="number">${words.got}</th><th class="number">${words.wanted}</th></tr></thead>
          <tbody>${rows.map((row) => html`<tr><td>${row.name}</td><td class="number">${percent(row.share)}</td><td class="number">${grouped(row.served)}</td><td class="number">${grouped(row.wanted)}</td></tr>`)}</tbody>
        </table>`,
      )}
      <h2 class="minor">${words.fairness}</h2>
      <button ?disabled=${!!desk.busy} @click=${this.#price}>${words.fairnessAsk}</button>
      ${this.#fairness ? html`<pre class="answered" role="status" tabindex="0">${this.#fairness}</pre>` : nothing}
    `;
  }

  #price = async () => {
    const now = this.desk.now;
    const answer = await this.desk.ask("fairness");
    if (answer && this.desk.now === now) this.#fairness = answer.text;
    this.requestUpdate();
  };

  #ask(): void {
    this.fetch<any>("coverage", { by: this.#by }, (found) => (this.#found = found));
  }
}

define("sandan-coverage", CoverageView);
