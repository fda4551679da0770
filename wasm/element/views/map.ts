/** Communities where they lie, by what they want and get; no tiles, no address outside. */
import { css, html, nothing, svg, type TemplateResult } from "lit";
import { Fold } from "../parts/fold.js";
import { lay } from "../parts/layout.js";
import { shade } from "../parts/shade.js";
import { Width } from "../parts/width.js";
import { shared } from "../style.js";
import { define, View } from "../view.js";
import { grouped, percent } from "../words/index.js";

interface Spot {
  id: string;
  name: string;
  title: string;
  parent: string;
  latitude: number | null;
  longitude: number | null;
  wanted: number;
  served: number;
  sessions: number;
  share: number | null;
  units: { unit: string; got: number; wanted: number }[];
}

export class MapView extends View {
  #found?: { spots: Spot[]; located: boolean };
  #zoom = 1;
  #fold = new Fold(this);
  #width = new Width(this, 900);

  static styles = [
    shared,
    css`
      .frame { max-height: 75vh; max-width: 900px; }
      svg { display: block; background: var(--wash); }
      .spot { cursor: pointer; stroke: var(--paper); stroke-width: 0.08em; }
      .spot:hover { stroke: var(--ink); stroke-width: 0.2em; }
      text { fill: var(--ink); pointer-events: none; paint-order: stroke; stroke: var(--wash); stroke-width: 0.2em; }
      .tiles { display: flex; flex-wrap: wrap; gap: 4px; margin: 0.3em 0 0.9em; }
      .tile { min-width: 5.5em; padding: 0.25em 0.5em; border: 0; border-left: 0.5em solid var(--line); border-radius: 3px; background: var(--wash); text-align: left; line-height: 1.25; }
      .tile small { display: block; color: var(--soft); }
      .legend { display: inline-flex; align-items: center; gap: 0.4em; }
      .ramp { width: 8em; height: 0.8em; border-radius: 3px; background: linear-gradient(to right, #a8321f, #e0a63c, #1f8a70); }
    `,
  ];

  turned(): void {
    this.#found = undefined;
    if (this.desk.now?.plan) this.fetch<any>("map", {}, (found) => (this.#found = found));
  }

  render(): TemplateResult {
    const { words, desk } = this;
    if (!desk.now?.plan) return html`<p class="empty">${words.planFirst}</p>`;
    const found = this.#found;
    if (!found) return html`<p class="empty">${words.reading}…</p>`;
    const legend = html`<span class="legend soft" aria-hidden="true">0% <span class="ramp"></span> 100%</span>`;
    return html`
      <div class="bar"><span class="soft">${found.located ? words.mapHint : words.tilesHint}</span>${legend}</div>
      ${found.located ? this.#map(found.spots) : this.#tiles(found.spots)}
      ${this.#table(found.spots)}
    `;
  }

  #map(spots: Spot[]): TemplateResult {
    const { words } = this;
    const located = spots.filter((spot): spot is Spot & { latitude: number; longitude: number } => spot.latitude !== null);
    const { height, laid } = lay(located, this.#width.now, this.#zoom);
    return html`
      <div class="bar">
        <button aria-label=${words.zoomIn} @click=${() => this.#scale(1.5)}>＋</button>
        <button aria-label=${words.zoomOut} ?disabled=${this.#zoom <= 1} @click=${() => this.#scale(1 / 1.5)}>－</button>
      </div>
      <div class="scroll frame" tabindex="0" role="region" aria-label=${words.map}>
        <svg viewBox="0 0 ${this.#width.now} ${height}" .style=${`width: ${this.#zoom * 100}%; font-size: ${12 / this.#zoom}px`} role="img" aria-label=${this.#summary(spots)}>
          ${laid.map(
            ({ spot, x, y, r }) => svg`<circle class="spot" cx=${x} cy=${y} r=${r} fill=${shade(spot.share)} @click=${() => this.#see(spot)}>
              <title>${this.#said(spot)}</title>
            </circle>`,
          )}
          ${laid.map(({ spot, x, y, r, named }) => (named ? svg`<text x=${x} y=${y + r + 10 / this.#zoom} text-anchor="middle">${spot.title}</text>` : nothing))}
        </svg>
      </div>
      ${located.length < spots.length ? html`<p class="soft">${words.onlySome(spots.length - located.length)}</p>` : nothing}
    `;
  }

  #tiles(spots: Spot[]): TemplateResult[] {
    const groups = new Map<string, Spot[]>();
    for (const spot of spots) groups.set(spot.parent, [...(groups.get(spot.parent) ?? []), spot]);
    return [...groups].map(
      ([parent, of]) => html`${parent ? html`<h2 class="minor">${parent}</h2>` : nothing}
        <div class="tiles">
          ${of.map(
            (spot) => html`<button class="tile" .style=${`border-left-color: ${shade(spot.share)}`} title=${this.#said(spot)} @click=${() => this.#see(spot)}>
              ${spot.title}<small>${this.#share(spot)}</small>
            </button>`,
          )}
        </div>`,
    );
  }

  #table(spots: Spot[]): TemplateResult {
    const { words } = this;
    return this.#fold.show(
      words.asTable,
      () => html`<table>
        <thead><tr><th>${words.place}</th><th class="number">${words.share}</th><th>${words.got}</th><th class="number">${words.sessions}</th></tr></thead>
        <tbody>
          ${spots.map(
            (spot) => html`<tr>
              <td><button class="link" @click=${() => this.#see(spot)}>${spot.name}</button></td>
              <td class="number">${this.#share(spot)}</td>
              <td>${spot.units.map((unit) => words.served(unit.unit, grouped(unit.got), grouped(unit.wanted))).join(words.and)}</td>
              <td class="number">${grouped(spot.sessions)}</td>
            </tr>`,
          )}
        </tbody>
      </table>`,
    );
  }

  #share(spot: Spot): string {
    return spot.share === null ? this.words.noDemand : percent(spot.share);
  }

  #said(spot: Spot): string {
    return this.words.spot(spot.name, this.#share(spot), spot.sessions);
  }

  #summary(spots: Spot[]): string {
    const worst = [...spots].filter((spot) => spot.share !== null).sort((a, b) => a.share! - b.share!).slice(0, 3);
    return [this.words.map, ...worst.map((spot) => this.#said(spot))].join("; ");
  }

  #see(spot: Spot): void {
    this.desk.filter = { place: spot.id };
    this.desk.changed();
    this.dispatchEvent(new CustomEvent("see", { detail: "sessions", bubbles: true, composed: true }));
  }

  #scale(by: number): void {
    this.#zoom = Math.min(12, Math.max(1, this.#zoom * by));
    this.requestUpdate();
  }
}

define("sandan-map", MapView);
