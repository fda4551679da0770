/** What every view is: a part of the page that draws itself again when the desk changes. */
import { LitElement, type CSSResultGroup, type PropertyValues } from "lit";
import type { Desk, Stage } from "./desk.js";
import { shared } from "./style.js";
import type { Words } from "./words/index.js";

export abstract class View extends LitElement {
  static styles: CSSResultGroup = shared;
  static properties = { desk: { attribute: false } };

  declare desk: Desk;
  #heard?: Desk;
  #seen?: Stage;
  #lang?: string;
  #again = () => this.requestUpdate();

  get words(): Words {
    return this.desk.words;
  }

  connectedCallback(): void {
    super.connectedCallback();
    if (this.#heard) this.#heard.addEventListener("change", this.#again);
    this.requestUpdate();
  }

  disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#heard?.removeEventListener("change", this.#again);
  }

  willUpdate(_changed: PropertyValues): void {
    if (this.#heard !== this.desk) {
      this.#heard?.removeEventListener("change", this.#again);
      this.#heard = this.desk;
      this.desk.addEventListener("change", this.#again);
    }
    const { now, lang } = this.desk;
    if (this.#seen === now && this.#lang === lang) return;
    this.#seen = now;
    this.#lang = lang;
    this.turned();
  }

  /** Another stage or another language is to be shown: what was fetched is stale. */
  turned(): void {}

  /** Fetches rows and draws them, unless the desk has moved on since. */
  async fetch<T>(view: string, asked: object, take: (found: T) => void): Promise<void> {
    const { now, lang } = this.desk;
    try {
      const found = (await this.desk.view(view, asked)) as T;
      if (this.desk.now !== now || this.desk.lang !== lang || !found) return;
      take(found);
      this.requestUpdate();
    } catch (error) {
      // The desk tells the planner about what fails in its own work; a view that fails stays empty.
      console.warn("sandan:", error);
    }
  }
}

/** Registers a part of the page, once even if two copies of the bundle are loaded. */
export function define(name: string, part: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, part);
}
