/** A plan at a glance: what is known of it, what it serves, what it takes. */
import { css, html, nothing, type TemplateResult } from "lit";
import { shared } from "../style.js";
import { define, View } from "../view.js";
import { grouped, percentOfPpm, yuan } from "../words/index.js";

export class OverviewView extends View {
  #found?: any;

  static styles = [
    shared,
    css`
      .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(15em, 1fr)); gap: 0.8em; margin: 0.6em 0; }
      .card { border: 1px solid var(--line); border-radius: var(--radius); padding: 0.7em 1em; }
      .card h2 { margin: 0 0 0.3em; color: var(--soft); font-weight: 600; }
      .card p { margin: 0.15em 0; }
      .big { font-size: 1.25em; font-weight: 600; }
    `,
  ];

  turned(): void {
    this.#found = undefined;
    if (this.desk.now?.plan) this.fetch<any>("overview", {}, (found) => (this.#found = found));
  }

  render(): TemplateResult {
    const { words, desk } = this;
    if (!desk.now?.plan) return html`<p class="empty">${words.planFirst}</p>`;
    const found = this.#found;
    if (!found) return html`<p class="empty">${words.reading}…</p>`;
    return html`
      <div class="cards">
        <div class="card">
          <h2 class="minor">${words.statusIs}</h2>
          <p class="big ${found.status === "optimal" || found.status === "within_gap" ? "good" : ""}" id="status">${words.status[found.status]}</p>
          <p class="soft">${desk.now.cancelled ? words.stoppedByHand : (words.statusHint[found.status] ?? nothing)}</p>
          ${found.unmet > 0 ? html`<p>${words.unmetCount(grouped(found.unmet))}</p>` : html`<p class="good">${words.unmetNone}</p>`}
          ${found.shortfalls > 0 ? html`<p>${words.shortCount(grouped(found.shortfalls))}</p>` : nothing}
        </div>
        <div class="card">
          <h2 class="minor">${words.servedHead}</h2>
          ${found.units.map((unit: any) => html`<p class="big">${words.served(unit.unit, grouped(unit.served), grouped(unit.wanted))}</p>`)}
        </div>
        <div class="card">
          <h2 class="minor">${words.heldHead}</h2>
          <p>${words.held(grouped(found.sessions), grouped(found.projects), grouped(found.places))}</p>
          <p>${words.people(grouped(found.people))}</p>
          ${found.fen > 0 ? html`<p>${words.money(yuan(found.fen))}</p>` : nothing}
        </div>
      </div>
      <div class="scroll" tabindex="0" role="region" aria-label=${words.proof}>
        <table id="levels">
          <thead><tr><th class="number">${words.levelHead}</th><th>${words.reaches}</th><th>${words.proof}</th></tr></thead>
          <tbody>
            ${found.levels.map(
              (level: any, at: number) => html`<tr>
                <td class="number">${at + 1}</td><td>${level.text}</td><td class=${level.gap_ppm === 0 ? "good" : ""}>${level.mixed ? words.gapOf(percentOfPpm(level.gap_ppm)) : level.gap}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
    `;
  }
}

define("sandan-overview", OverviewView);
