/** What is being done, how far it is, and the way to stop it. */
import { css, html, nothing, type TemplateResult } from "lit";
import type { Busy } from "../desk.js";
import { shared } from "../style.js";
import { define, View } from "../view.js";
import { grouped, percentOfPpm } from "../words/index.js";

/** Milliseconds that work may take before the page makes room to say so. */
const SOON = 150;

export class ProgressView extends View {
  /** The work that takes so long that it is shown, and the one that may come to. */
  #shown?: Busy;
  #awaited?: Busy;

  static styles = [
    shared,
    css`
      :host([busy]) { position: sticky; top: 0; z-index: 3; }
      .box { border: 1px solid var(--accent); border-radius: var(--radius); padding: 0.6em 1em; margin: 0.6em 0; background: var(--wash); }
      progress { width: 100%; height: 0.9em; accent-color: var(--accent); }
      .line { display: flex; flex-wrap: wrap; gap: 0.2em 1em; align-items: center; }
      .line button { margin-left: auto; }
      .notice { border-radius: var(--radius); border: 1px solid var(--line); border-left: 4px solid var(--accent); padding: 0.5em 1em; margin: 0.6em 0; white-space: pre-line; }
      .notice.bad { border-left-color: var(--bad); color: inherit; }
    `,
  ];

  render(): TemplateResult {
    const { busy, notice } = this.desk;
    if (busy && busy !== this.#awaited) this.#await(busy);
    const shown = busy !== undefined && busy === this.#shown;
    // In sight wherever the planner is on a long page.
    this.toggleAttribute("busy", shown);
    return html`
      ${shown ? this.#busy() : nothing}
      <div role="alert">${notice ? html`<p class="notice ${notice.bad ? "bad" : ""}">${notice.text}</p>` : nothing}</div>
    `;
  }

  #await(busy: Busy): void {
    this.#awaited = busy;
    setTimeout(() => {
      if (this.desk.busy !== busy) return;
      this.#shown = busy;
      this.requestUpdate();
    }, SOON);
  }

  #busy(): TemplateResult {
    const { words } = this;
    const { text, progress, hasPlan, cancel } = this.desk.busy!;
    const known = progress && progress.levels > 0 && progress.phase === "search";
    return html`<div class="box">
      <div class="line">
        <strong>${text}…</strong>
        ${known
          ? html`<span>${words.level(progress.level + 1, progress.levels)}</span>
              ${telling(progress.gapPpm) ? html`<span>${words.gapNow(percentOfPpm(progress.gapPpm!))}</span>` : nothing}
              <span class="soft">${words.steps(grouped(progress.steps))}</span>`
          : text === words.matching && !hasPlan
            ? html`<span class="soft">${words.preparing}</span>`
            : nothing}
        ${hasPlan ? html`<span class="good">${words.firstPlan}</span>` : nothing}
        <button id="cancel" @click=${cancel}>${words.cancel}</button>
      </div>
      ${known
        ? html`<progress max=${progress.levels} value=${progress.level} aria-label=${text}></progress>`
        : html`<progress aria-label=${text}></progress>`}
    </div>`;
  }
}

/** A first bound is often worth nothing yet. */
function telling(gapPpm: number | null): boolean {
  return gapPpm !== null && gapPpm < 1_000_000;
}

define("sandan-progress", ProgressView);
