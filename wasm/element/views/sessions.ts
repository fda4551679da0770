/** Every session, filtered and sorted in the worker. */
import { html, nothing, type TemplateResult } from "lit";
import type { Filter } from "../desk.js";
import type { Column, Page } from "../parts/rows.js";
import { define, View } from "../view.js";
import { grouped } from "../words/index.js";

export class SessionsView extends View {
  #sort?: string;
  #down = false;
  #total = 0;
  #source: any;
  #of?: Filter;
  #periods: { id: string; name: string }[] = [];
  #projects: { id: string; name: string }[] = [];

  turned(): void {
    this.#of = undefined;
    if (!this.desk.now) return;
    this.fetch<any>("names", {}, (found) => (this.#periods = found.periods));
    this.fetch<any>("names", { table: "projects", most: 500 }, (found) => (this.#projects = found));
  }

  render(): TemplateResult {
    const { words, desk } = this;
    if (!desk.now?.plan) return html`<p class="empty">${words.planFirst}</p>`;
    if (this.#of !== desk.filter) this.#ask();
    const { filter } = desk;
    return html`
      <form class="bar" role="search" @submit=${(event: Event) => event.preventDefault()}>
        <label>${words.filter}
          <input type="search" id="filter" size="30" placeholder=${words.filterHint} .value=${filter.text ?? ""} @input=${(event: any) => this.#set({ text: event.target.value })} />
        </label>
        ${this.#choice(words.period, "period", this.#periods)} ${this.#choice(words.project, "project", this.#projects)}
        ${Object.values(filter).some(Boolean)
          ? html`<button type="button" @click=${() => this.#put({})}>${words.clear}</button>`
          : nothing}
        ${filter.place ? html`<span class="tag">${words.place}${words.colon}${filter.place}</span>` : nothing}
        ${filter.need ? html`<span class="tag">${words.need}${words.colon}${filter.need}</span>` : nothing}
        <span role="status" class="soft" id="total">${words.total(grouped(this.#total))}</span>
      </form>
      <sandan-rows
        .label=${words.sessions} .columns=${this.#columns()} .source=${this.#source} .sort=${this.#sort} .down=${this.#down}
        @sort=${(event: CustomEvent) => ((this.#sort = event.detail.sort), (this.#down = event.detail.down), this.#ask(), this.requestUpdate())}
        @total=${(event: CustomEvent) => ((this.#total = event.detail), this.requestUpdate())}
      ><p slot="empty" class="empty">${words.nothing}</p></sandan-rows>
    `;
  }

  #choice(label: string, key: "period" | "project", rows: { id: string; name: string }[]): TemplateResult {
    const value = this.desk.filter[key] ?? "";
    return html`<label>${label}
      <select @change=${(event: any) => this.#set({ [key]: event.target.value || undefined })}>
        <option value="" ?selected=${value === ""}>${this.words.all}</option>
        ${rows.map((row) => html`<option value=${row.id} ?selected=${row.id === value}>${row.name}</option>`)}
      </select>
    </label>`;
  }

  #columns(): Column<any>[] {
    const { words } = this;
    return [
      { key: "id", title: words.id, width: "5.5em", sortable: true, show: (row) => html`${row.id}${row.fact ? html` <span class="tag">${words.fact}</span>` : nothing}` },
      { key: "period", title: words.period, width: "minmax(6.5em, 1fr)", sortable: true, show: (row) => html`${row.period}${row.dates ? html`<br /><span class="soft">${row.dates}</span>` : nothing}` },
      { key: "place", title: words.place, width: "minmax(7em, 1.2fr)", sortable: true, show: (row) => row.place },
      { key: "project", title: words.project, width: "minmax(7em, 1.3fr)", sortable: true, show: (row) => row.project },
      { key: "units", title: words.units, width: "4.5em", number: true, sortable: true, show: (row) => grouped(row.units) },
      { key: "staff", title: words.staff, width: "minmax(10em, 2fr)", sortable: true, show: (row) => staffed(row.staff, words.and) },
      { key: "needs", title: words.need, width: "minmax(8em, 1.6fr)", show: (row) => several(row.needs.map((need: any) => `${need.name} ×${grouped(need.units)}`), words.and) },
      { key: "venue", title: words.venue, width: "minmax(5em, 1fr)", show: (row) => row.venue },
    ];
  }

  #set(part: Filter): void {
    this.#put({ ...this.desk.filter, ...part });
  }

  #put(filter: Filter): void {
    this.desk.filter = filter;
    this.desk.changed();
  }

  #ask(): void {
    const filter = (this.#of = this.desk.filter);
    const asked = { ...filter, sort: this.#sort, down: this.#down };
    this.#source = (page: { from: number; count: number }): Promise<Page<any>> => this.desk.view("sessions", { ...asked, ...page });
  }
}

/** Staff by role. */
function staffed(staff: { name: string; role: string; period: string }[], and: string): string {
  const by = new Map<string, string[]>();
  for (const seat of staff) {
    const name = seat.period ? `${seat.name} (${seat.period})` : seat.name;
    by.set(seat.role, [...(by.get(seat.role) ?? []), name]);
  }
  return several([...by].map(([role, names]) => `${role}: ${several(names, and)}`), "; ");
}

/** A list of which the first few are named. */
function several(list: string[], between: string): string {
  return list.length > 6 ? `${list.slice(0, 6).join(between)} … +${list.length - 6}` : list.join(between);
}

define("sandan-sessions", SessionsView);
