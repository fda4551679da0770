/** What is being done, how far it is, and the way to stop it. */
import { css, html, nothing, type TemplateResult } from "lit";
import { shared } from "../style.js";
import { define, View } from "../view.js";
import { grouped, percentOfPpm } from "../words/index.js";

export class ProgressView extends View {
  static styles = [
    shared,
    css`
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
    return html`
      ${busy ? this.#busy() : nothing}
      <div role="alert">${notice ? html`<p class="notice ${notice.bad ? "bad" : ""}">${notice.text}</p>` : nothing}</div>
    `;
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
