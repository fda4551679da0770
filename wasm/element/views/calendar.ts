/** Sessions by period, and by place, project or staff. */
import { css, html, nothing, type TemplateResult } from "lit";
import type { Column } from "../parts/rows.js";
import { step } from "../parts/shade.js";
import { shared } from "../style.js";
import { define, View } from "../view.js";

type By = "place" | "project" | "staff";

interface Head {
  most: number;
  periods: { id: string; name: string; dates: string }[];
}

export class CalendarView extends View {
  #by: By = "place";
  #text = "";
  #head?: Head;
  #source: any;

  static styles = [
    shared,
    css`
      sandan-rows { --rows-height: 65vh; }
      label { min-width: 5em; }
    `,
  ];

  turned(): void {
    this.#head = undefined;
    if (this.desk.now?.plan) this.#ask();
  }

  render(): TemplateResult {
    const { words, desk } = this;
    if (!desk.now?.plan) return html`<p class="empty">${words.planFirst}</p>`;
    return html`
      <div class="bar">
        <label>${words.by}
          <select id="by" @change=${(event: any) => ((this.#by = event.target.value), this.#ask())}>
            ${(["place", "project", "staff"] as By[]).map((by) => html`<option value=${by} ?selected=${by === this.#by}>${words[by]}</option>`)}
          </select>
        </label>
        <label>${words.filter}<input type="search" .value=${this.#text} @input=${(event: any) => ((this.#text = event.target.value), this.#ask())} /></label>
        <span class="soft">${words.calendarHint}</span>
      </div>
      ${this.#head
        ? html`<sandan-rows wide .label=${words.calendar} .columns=${this.#columns(this.#head)} .source=${this.#source}><p slot="empty" class="empty">${words.nothing}</p></sandan-rows>`
        : nothing}
    `;
  }

  #columns({ periods, most }: Head): Column<any>[] {
    const { words } = this;
    const first: Column<any> = { key: "name", title: words[this.#by], width: "minmax(9em, 2fr)", least: 9, show: (row) => row.name };
    const cell = (at: number) => (row: any) => {
      const count = row.counts[at];
      if (count === 0) return nothing;
      const said = `${row.name}, ${periods[at].name}: ${count}`;
      return html`<button class="cell" part="cell" data-step=${step(count, most)} aria-label=${said} title=${said} @click=${() => this.#see(row.id, periods[at].id)}>${count}</button>`;
    };
    return [first, ...periods.map((period, at) => ({ key: period.id, title: period.name, width: "minmax(4.8em, 1fr)", least: 4.8, number: true, show: cell(at) }))];
  }

  #see(id: string, period: string): void {
    const key = this.#by === "staff" ? "text" : this.#by;
    this.desk.filter = { [key]: id, ...(this.#by === "staff" ? {} : { period }) };
    this.desk.changed();
    this.dispatchEvent(new CustomEvent("see", { detail: "sessions", bubbles: true, composed: true }));
  }

  #ask(): void {
    const asked = { by: this.#by, text: this.#text };
    this.fetch<any>("calendar", { ...asked, count: 0 }, (found) => {
      this.#head = found;
      this.#source = (page: object) => this.desk.view("calendar", { ...asked, ...page });
    });
  }
}

define("sandan-calendar", CalendarView);
