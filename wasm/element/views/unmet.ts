/** What the plan leaves out, each with its reason, and what would serve it. */
import { css, html, nothing, type TemplateResult } from "lit";
import type { Column } from "../parts/rows.js";
import { shared } from "../style.js";
import { define, View } from "../view.js";
import { grouped } from "../words/index.js";

export class UnmetView extends View {
  #text = "";
  #source: any;
  #shortfalls?: { total: number; rows: any[] };
  #answer?: { of: string; text: string };

  static styles = [
    shared,
    css`
      sandan-rows { --rows-height: 55vh; }
      .answer { border-left: 4px solid var(--accent); padding-left: 0.8em; }
    `,
  ];

  turned(): void {
    this.#answer = undefined;
    this.#shortfalls = undefined;
    if (!this.desk.now?.plan) return;
    this.#ask();
    this.fetch<any>("shortfalls", {}, (found) => (this.#shortfalls = found));
  }

  render(): TemplateResult {
    const { words, desk } = this;
    if (!desk.now?.plan) return html`<p class="empty">${words.planFirst}</p>`;
    return html`
      <div class="bar">
        <label>${words.filter}<input type="search" .value=${this.#text} @input=${(event: any) => ((this.#text = event.target.value), this.#ask(), this.requestUpdate())} /></label>
      </div>
      ${this.#answer
        ? html`<section class="answer" aria-live="polite"><h2 class="minor">${words.answer}${words.colon}${this.#answer.of}</h2><pre id="answer" class="answered" tabindex="0">${this.#answer.text}</pre></section>`
        : nothing}
      <sandan-rows id="unmet" .label=${words.unmet} .columns=${this.#columns()} .source=${this.#source}>
        <p slot="empty" class="empty">${this.#text ? words.nothing : words.unmetNone}</p>
      </sandan-rows>
      ${this.#missed()}
    `;
  }

  #columns(): Column<any>[] {
    const { words, desk } = this;
    return [
      { key: "need", title: words.need, width: "minmax(9em, 1.5fr)", show: (row) => html`${row.name}${row.must ? html` <span class="tag bad">${words.must}</span>` : nothing}` },
      { key: "place", title: words.place, width: "minmax(7em, 1fr)", show: (row) => row.place },
      { key: "missing", title: words.missing, width: "9.5em", number: true, show: (row) => `${grouped(row.missing)} / ${grouped(row.wanted)} ${row.unit}` },
      { key: "reason", title: words.reason, width: "minmax(14em, 2.5fr)", show: (row) => html`${row.reason}${row.funnel ? html`<br /><span class="soft">${row.funnel}</span>` : nothing}` },
      {
        key: "do", title: words.answer, width: "13em",
        show: (row) => html`
          <button ?disabled=${!!desk.busy} aria-label="${words.why} ${row.name}" @click=${() => this.#find("why", { need: row.need }, row.name)}>${words.why}</button>
          <button ?disabled=${!!desk.busy} aria-label="${words.repairs} ${row.name}" @click=${() => this.#find("repairs", { need: row.need }, row.name)}>${words.repairs}</button>`,
      },
    ];
  }

  #missed(): TemplateResult | typeof nothing {
    const { words, desk } = this;
    const missed = this.#shortfalls;
    if (!missed || missed.total === 0) return nothing;
    return html`<h2>${words.shortfalls}</h2>
      <div class="scroll" tabindex="0" role="region" aria-label=${words.shortfalls}>
        <table>
          <thead><tr><th>${words.rule}</th><th></th><th class="number">${words.missing}</th><th>${words.reason}</th><th>${words.answer}</th></tr></thead>
          <tbody>
            ${missed.rows.map(
              (row: any) => html`<tr>
                <td>${row.rule}</td><td>${row.at}</td><td class="number">${grouped(row.missing)}</td><td>${row.reason}</td>
                <td><button ?disabled=${!!desk.busy} @click=${() => this.#find("why", { rule: row.rule, per: row.per }, `${row.rule} ${row.at}`)}>${words.why}</button></td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  }

  async #find(kind: string, asked: object, of: string): Promise<void> {
    const now = this.desk.now;
    const answer = await this.desk.ask(kind, asked);
    if (!answer || this.desk.now !== now) return;
    this.#answer = { of, text: answer.text };
    this.requestUpdate();
    await this.updateComplete;
    // It stands above the table, which may be scrolled out of sight on a phone.
    this.renderRoot.querySelector(".answer")?.scrollIntoView({ block: "nearest" });
  }

  #ask(): void {
    const text = this.#text;
    this.#source = (page: object) => this.desk.view("unmet", { text, ...page });
  }
}

define("sandan-unmet", UnmetView);
