/** A table of which only the rows in sight exist: they are fetched in pages from the worker, however many there are. */
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";
import { shared } from "../style.js";
import { define } from "../view.js";

export interface Column<Row> {
  key: string;
  title: string;
  /** A track of a CSS grid. */
  width: string;
  /** Where cells stay side by side on a phone: the least width in em. */
  least?: number;
  number?: boolean;
  sortable?: boolean;
  show: (row: Row) => unknown;
}

export type Page<Row> = { total: number; from: number; rows: Row[] };

const PAGE = 60;

export class Rows extends LitElement {
  static properties = {
    columns: { attribute: false },
    source: { attribute: false },
    label: {},
    sort: {},
    down: { type: Boolean },
    wide: { type: Boolean, reflect: true },
  };

  declare columns: Column<any>[];
  /** Fetches a window of rows. Another function is another table: everything is fetched again. */
  declare source: (asked: { from: number; count: number }) => Promise<Page<any> | undefined>;
  declare label: string;
  declare sort?: string;
  declare down?: boolean;
  /** Cells stay side by side on a phone. */
  declare wide?: boolean;

  #pages = new Map<number, any[] | undefined>();
  #total = 0;
  #known = false;
  #of?: unknown;
  #scroller?: Element;
  #virtual?: Virtualizer<Element, Element>;
  #unmount?: () => void;

  static styles = [
    shared,
    css`
      .box { max-height: var(--rows-height, 60vh); overflow: auto; border: 1px solid var(--line); border-radius: var(--radius); position: relative; background: var(--paper); }
      .head, .row { display: grid; align-items: start; }
      .head { position: sticky; top: 0; z-index: 2; background: var(--wash); border-bottom: 1px solid var(--line); font-weight: 600; }
      .body { position: relative; }
      .row { position: absolute; left: 0; right: 0; top: 0; border-bottom: 1px solid var(--line); }
      [role="cell"], [role="columnheader"] { padding: 0.4em 0.6em; overflow-wrap: anywhere; min-width: 0; }
      .head button { border: 0; background: none; padding: 0; min-height: 0; font-weight: 600; }
      .key { display: none; }
      :host([wide]) [role="cell"]:first-child, :host([wide]) [role="columnheader"]:first-child { position: sticky; left: 0; z-index: 1; background: var(--paper); }
      :host([wide]) [role="columnheader"]:first-child { background: var(--wash); }
      :host([wide]) [role="columnheader"]:not(:first-child) { text-align: center; word-break: keep-all; padding-left: 0.2em; padding-right: 0.2em; }
      .cell { width: 100%; min-height: 1.9em; padding: 0 0.4em; border: 0; text-align: center; background: color-mix(in srgb, var(--accent) calc(var(--shade) * 14%), var(--paper)); }
      .cell[data-step="1"] { --shade: 0.8; }
      .cell[data-step="2"] { --shade: 1.7; }
      .cell[data-step="3"] { --shade: 2.6; }
      .cell[data-step="4"] { --shade: 6; color: var(--on-accent); }
      .cell[data-step="5"] { --shade: 7.15; color: var(--on-accent); }
      @container (max-width: 40em) {
        :host(:not([wide])) .head { display: none; }
        :host(:not([wide])) .row { display: block; padding: 0.4em 0.2em; }
        :host(:not([wide])) [role="cell"] { padding: 0.1em 0.6em; text-align: left; }
        :host(:not([wide])) .blank { display: none; }
        :host(:not([wide])) .key { display: inline; color: var(--soft); margin-right: 0.5em; }
      }
    `,
  ];

  disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unmount?.();
    this.#virtual = undefined;
  }

  connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#mount();
  }

  willUpdate(): void {
    this.#virtual?.setOptions(this.#options());
    if (this.#of === this.source) return;
    this.#of = this.source;
    this.#pages.clear();
    this.#known = false;
    this.#total = 0;
    if (this.#scroller) this.#scroller.scrollTop = 0;
    this.#load(0);
  }

  render(): TemplateResult {
    // As properties: a strict policy refuses style attributes, and lit's `styleMap` begins with one.
    const tracks = `grid-template-columns: ${this.columns.map((column) => column.width).join(" ")}`;
    // Head and rows are grids of their own: they are as wide as each other.
    const least = this.columns.reduce((sum, column) => sum + (column.least ?? 0), 0);
    const virtual = this.#virtual;
    const items = virtual?.getVirtualItems() ?? [];
    return html`
      <div class="box" tabindex="0" role="region" aria-label=${this.label} ${ref((box) => (this.#scroller = box))}>
        <div role="table" .style=${least > 0 ? `min-width: ${least}em` : ""} aria-label=${this.label} aria-rowcount=${this.#total + 1}>
          <div role="rowgroup" class="head" .style=${tracks}>
            <div role="row" .style=${"display: contents"} aria-rowindex="1">
              ${this.columns.map((column) => this.#title(column))}
            </div>
          </div>
          <div role="rowgroup" class="body" .style=${`height: ${virtual?.getTotalSize() ?? 0}px`}>
            ${items.map((item) => {
              const row = this.#row(item.index);
              const place = `${tracks}; transform: translateY(${item.start}px)`;
              return html`<div
                role="row" class="row" data-index=${item.index} aria-rowindex=${item.index + 2} .style=${place}
                ${ref((element) => element && this.#virtual?.measureElement(element))}
              >
                ${this.columns.map(
                  (column) => {
                    const shown = row ? column.show(row) : "…";
                    const kind = `${column.number ? "number" : ""} ${shown === "" || shown === nothing ? "blank" : ""}`;
                    return html`<div role="cell" class=${kind}><span class="key" aria-hidden="true">${column.title}</span>${shown}</div>`;
                  },
                )}
              </div>`;
            })}
          </div>
        </div>
      </div>
      ${this.#known && this.#total === 0 ? html`<slot name="empty"></slot>` : nothing}
    `;
  }

  firstUpdated(): void {
    this.#mount();
  }

  #mount(): void {
    this.#virtual = new Virtualizer(this.#options());
    this.#unmount = this.#virtual._didMount();
    this.#virtual._willUpdate();
    this.requestUpdate();
  }

  #options() {
    return {
      count: this.#total,
      getScrollElement: () => this.#scroller ?? null,
      estimateSize: () => 42,
      overscan: 6,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      onChange: () => this.requestUpdate(),
    };
  }

  #title(column: Column<any>): TemplateResult {
    const sorted = this.sort === column.key;
    const direction = sorted ? (this.down ? "descending" : "ascending") : "none";
    const choose = () =>
      this.dispatchEvent(new CustomEvent("sort", { detail: { sort: column.key, down: sorted && !this.down } }));
    return html`<div role="columnheader" class=${column.number ? "number" : ""} aria-sort=${column.sortable ? direction : nothing}>
      ${column.sortable ? html`<button @click=${choose}>${column.title}${sorted ? (this.down ? " ↓" : " ↑") : ""}</button>` : column.title}
    </div>`;
  }

  #row(index: number): unknown {
    const page = Math.floor(index / PAGE);
    if (!this.#pages.has(page)) this.#load(page);
    return this.#pages.get(page)?.[index - page * PAGE];
  }

  async #load(page: number): Promise<void> {
    const source = this.source;
    this.#pages.set(page, undefined);
    const found = await source({ from: page * PAGE, count: PAGE }).catch(() => undefined);
    if (source !== this.source || !found) return;
    this.#pages.set(page, found.rows);
    this.#total = found.total;
    this.#known = true;
    this.#virtual?.setOptions(this.#options());
    this.dispatchEvent(new CustomEvent("total", { detail: found.total }));
    this.requestUpdate();
  }
}

define("sandan-rows", Rows);
