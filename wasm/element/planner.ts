/**
 * `<sandan-planner>`: matching inside any page. Lists come in by file, by drop or by the property `source`; nothing
 * leaves the page.
 *
 *     <sandan-planner lang="zh"></sandan-planner>
 */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { Client } from "../js/client.js";
import { Desk, type Source } from "./desk.js";
import { shared, theme } from "./style.js";
import { define } from "./view.js";
import type { Words } from "./words/index.js";
import "./parts/choose.js";
import "./parts/rows.js";
import type { Example } from "./views/lists.js";
import "./views/lists.js";
import "./views/calendar.js";
import "./views/change.js";
import "./views/coverage.js";
import "./views/difference.js";
import "./views/download.js";
import "./views/gaps.js";
import "./views/map.js";
import "./views/overview.js";
import "./views/progress.js";
import "./views/sessions.js";
import "./views/unmet.js";

const TABS = ["lists", "plan", "sessions", "calendar", "map", "coverage", "unmet", "gaps", "change"] as const;
type Tab = (typeof TABS)[number];

/**
 * @fires sandan-case - lists were opened: `{ hash, warnings }`
 * @fires sandan-faults - lists have faults: `{ problems, more }`
 * @fires sandan-progress - a run goes on: what `solve` tells its observer
 * @fires sandan-plan - a plan was found: `{ json: Blob, cancelled }`
 * @fires sandan-error - something failed: `{ message }`
 */
export class SandanPlanner extends LitElement {
  static properties = {
    lang: { reflect: true },
    source: { attribute: false },
    plan: { attribute: false },
    examples: { attribute: false },
    client: { attribute: false },
    tab: { state: true },
  };

  declare lang: string;
  /** Lists from the host page: bytes, files, JSON or an object of tables. */
  declare source?: Source;
  /** A plan from the host page, of these lists: JSON text, an object or a Blob. */
  declare plan?: Blob | string | object;
  /** Lists to try. */
  declare examples?: Example[];
  /** Another way to run the engine. */
  declare client?: Client;
  declare tab: Tab;
  #desk?: Desk;

  static styles = [
    theme,
    shared,
    css`
      :host { container-type: inline-size; background: var(--paper); border: 1px solid var(--line); border-radius: var(--radius); overflow: clip; }
      .header { display: flex; flex-wrap: wrap; gap: 0.5em 1em; align-items: center; padding: 0.6em 1em; border-bottom: 1px solid var(--line); }
      .header strong { font-size: 1.15em; margin-right: auto; }
      .nav { display: flex; overflow-x: auto; border-bottom: 1px solid var(--line); background: var(--wash); }
      .nav button { border: 0; border-bottom: 3px solid transparent; border-radius: 0; background: none; white-space: nowrap; padding: 0.6em 0.9em; flex: none; }
      .nav button[aria-selected="true"] { border-bottom-color: var(--accent); color: var(--accent); font-weight: 600; background: var(--paper); }
      .nav button:focus-visible { outline-offset: -3px; }
      .panel { padding: 0.4em 1em 1.2em; container-type: inline-size; min-height: 14em; }
      .stale { border-left: 4px solid var(--fair); padding: 0.2em 0.8em; background: var(--wash); }
      @container (max-width: 40em) { .header, .panel { padding-left: 0.6em; padding-right: 0.6em; } .nav button { padding: 0.6em 0.7em; } }
    `,
  ];

  constructor() {
    super();
    this.lang = "zh";
    this.tab = "lists";
  }

  /** What is on the desk: for hosts that want more than events. */
  get desk(): Desk {
    if (!this.#desk) {
      this.#desk = new Desk(this.client ?? newClient());
      this.#desk.lang = this.#lang;
      this.#desk.addEventListener("change", () => this.requestUpdate());
      this.#desk.addEventListener("tell", (event) => this.#told((event as CustomEvent).detail));
    }
    return this.#desk;
  }

  firstUpdated(): void {
    // The engine is there before the first lists are, and nothing is fetched later on.
    this.desk.warm();
  }

  disconnectedCallback(): void {
    super.disconnectedCallback();
    // A page that takes the element out and puts it back goes on where it was; the worker is started again when needed.
    if (!this.#desk?.busy) this.#desk?.close();
  }

  willUpdate(changed: PropertyValues): void {
    if (changed.has("lang")) this.desk.speak(this.#lang);
    if (changed.has("source") && this.source) this.#opened();
    else if (changed.has("plan") && this.plan) this.desk.take(this.plan);
  }

  updated(changed: PropertyValues): void {
    // On a phone the tabs are wider than the screen.
    if (changed.get("tab")) this.renderRoot.querySelector(`#tab-${this.tab}`)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  render(): TemplateResult {
    const { desk } = this;
    const { words, now } = desk;
    return html`
      <div class="header">
        <strong>${words.title}</strong>
        <button id="undo" ?disabled=${desk.past.length === 0 || !!desk.busy} title=${desk.past.length > 0 ? (now?.label ?? "") : ""} @click=${() => desk.undo()}>${words.undo}</button>
        <button id="redo" ?disabled=${desk.future.length === 0 || !!desk.busy} title=${desk.future.at(-1)?.label ?? ""} @click=${() => desk.redo()}>${words.redo}</button>
        <button lang=${this.#lang === "zh" ? "en" : "zh"} id="language" ?disabled=${!!desk.busy} @click=${() => (this.lang = this.#lang === "zh" ? "en" : "zh")}>
          ${this.#lang === "zh" ? "English" : "中文"}
        </button>
      </div>
      <div class="nav" role="tablist" aria-label=${words.views} @keydown=${this.#arrow}>
        ${TABS.map(
          (tab) => html`<button role="tab" id="tab-${tab}" aria-controls="panel" aria-selected=${tab === this.tab} tabindex=${tab === this.tab ? 0 : -1} @click=${() => (this.tab = tab)}>${words[tab]}</button>`,
        )}
      </div>
      <div class="panel" id="panel" role="tabpanel" aria-labelledby="tab-${this.tab}" lang=${this.#lang} @see=${(event: CustomEvent) => this.#turn(event.detail)}>
        <sandan-progress .desk=${desk}></sandan-progress>
        ${now && now.pending.length > 0 && now.plan && this.tab !== "change" && this.tab !== "lists" ? html`<p class="stale">${words.stale}</p>` : nothing}
        ${this.#view(this.tab)}
      </div>
    `;
  }

  #view(tab: Tab): TemplateResult {
    const { desk } = this;
    switch (tab) {
      case "lists":
        return html`<sandan-lists .desk=${desk} .examples=${this.examples}></sandan-lists>
          ${desk.now && !desk.faulty ? html`${this.#match(desk.words)}<sandan-download .desk=${desk}></sandan-download>` : nothing}`;
      case "plan":
        return html`${this.#match(desk.words)}<sandan-overview .desk=${desk}></sandan-overview>
          <sandan-difference .desk=${desk}></sandan-difference>
          ${desk.now ? html`<sandan-download .desk=${desk}></sandan-download>` : nothing}`;
      case "sessions":
        return html`<sandan-sessions .desk=${desk}></sandan-sessions>`;
      case "calendar":
        return html`<sandan-calendar .desk=${desk}></sandan-calendar>`;
      case "map":
        return html`<sandan-map .desk=${desk}></sandan-map>`;
      case "coverage":
        return html`<sandan-coverage .desk=${desk}></sandan-coverage>`;
      case "unmet":
        return html`<sandan-unmet .desk=${desk}></sandan-unmet>`;
      case "gaps":
        return html`<sandan-gaps .desk=${desk}></sandan-gaps>`;
      case "change":
        return html`<sandan-change .desk=${desk}></sandan-change>`;
    }
  }

  #match(words: Words): TemplateResult | typeof nothing {
    const { desk } = this;
    if (!desk.now || desk.now.plan) return nothing;
    return html`<div class="bar"><button class="main" id="match" ?disabled=${!!desk.busy} @click=${() => desk.match()}>${words.match}</button></div>`;
  }

  get #lang(): "zh" | "en" {
    return this.lang?.toLowerCase().startsWith("en") ? "en" : "zh";
  }

  async #opened(): Promise<void> {
    const { source } = this;
    await this.desk.idle();
    if (!source || source !== this.source) return;
    this.tab = "lists";
    await this.desk.open(source);
    if (this.plan && !this.desk.faulty) await this.desk.take(this.plan);
  }

  #told({ type, detail }: { type: string; detail: any }): void {
    // What a planner waits for is what is shown next.
    // The button that had the focus is gone by then; who has gone elsewhere is left there.
    const lost = [null, document.body, this].includes(document.activeElement as HTMLElement | null);
    if (type === "sandan-plan" && this.tab === "lists") this.#turn("plan", lost);
    if (type === "sandan-faults") this.tab = "lists";
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  /** Tabs by arrow keys, as the pattern of tabs has it. */
  #arrow = (event: KeyboardEvent) => {
    const at = TABS.indexOf(this.tab);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: TABS.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#turn(TABS[(to + TABS.length) % TABS.length]);
  };

  /** Shows a view, with the focus on its tab: what had it may be gone. */
  #turn(tab: Tab, focus = true): void {
    this.tab = tab;
    if (focus) this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#tab-${tab}`)?.focus());
  }
}

/** The single-file build puts another in its place. */
let newClient = (): Client => new Client();

/** @internal */
export function clientsBy(make: () => Client): void {
  newClient = make;
}

define("sandan-planner", SandanPlanner);

export { Client };
