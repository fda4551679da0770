/** Horizontal bars of shares, as SVG on d3's scales; the same numbers stand in a table for who does not see them. */
import { scaleBand, scaleLinear } from "d3-scale";
import { html, svg, type TemplateResult } from "lit";
import { grouped, percent } from "../words/index.js";
import { shade } from "./shade.js";

export interface Share {
  name: string;
  wanted: number;
  served: number;
  /** In thousandths. */
  share: number;
}

const LINE = 26;
const RIGHT = 56;

/** One bar a row. */
export function shareBars(rows: Share[], width: number, label: string): TemplateResult {
  const left = Math.min(190, Math.floor(width * 0.32));
  const height = rows.length * LINE + 24;
  const x = scaleLinear([0, 1000], [left, width - RIGHT]);
  const y = scaleBand<number>(rows.map((_, at) => at), [20, height - 4]).paddingInner(0.25);
  return html`<svg class="chart" width=${width} viewBox="0 0 ${width} ${height}" role="img" aria-label=${label}>
    ${x.ticks(5).map(
      (tick) => svg`<g><line x1=${x(tick)} x2=${x(tick)} y1="18" y2=${height} class="grid"></line>
        <text x=${x(tick)} y="12" text-anchor="middle" class="tick">${percent(tick)}</text></g>`,
    )}
    ${rows.map((row, at) => {
      const top = y(at) ?? 0;
      const middle = top + y.bandwidth() / 2;
      return svg`<g>
        <title>${row.name}: ${percent(row.share)} (${grouped(row.served)} / ${grouped(row.wanted)})</title>
        <text x=${left - 8} y=${middle} text-anchor="end" dominant-baseline="central" class="name">${short(row.name, left)}</text>
        <rect x=${left} y=${top} width=${x(1000) - left} height=${y.bandwidth()} class="track"></rect>
        <rect x=${left} y=${top} width=${Math.max(0, x(row.share) - left)} height=${y.bandwidth()} fill=${shade(row.share)}></rect>
        <text x=${width - RIGHT + 6} y=${middle} dominant-baseline="central" class="name">${percent(row.share)}</text>
      </g>`;
    })}
  </svg>`;
}

/** Columns of counts. */
export function countColumns(counts: number[], names: string[], width: number, label: string): TemplateResult {
  const height = 180;
  const x = scaleBand<number>(counts.map((_, at) => at), [30, width - 10]).paddingInner(0.15);
  const y = scaleLinear([0, Math.max(1, ...counts)], [height - 26, 18]);
  return html`<svg class="chart" width=${width} viewBox="0 0 ${width} ${height}" role="img" aria-label=${label}>
    ${counts.map((count, at) => {
      const left = x(at) ?? 0;
      const middle = left + x.bandwidth() / 2;
      return svg`<g>
        <rect x=${left} y=${y(count)} width=${x.bandwidth()} height=${height - 26 - y(count)} fill=${shade(at * 100 + 50)}></rect>
        <text x=${middle} y=${y(count) - 5} text-anchor="middle" class="name">${count > 0 ? grouped(count) : ""}</text>
        <text x=${middle} y=${height - 8} text-anchor="middle" class="tick">${names[at]}</text>
      </g>`;
    })}
    <line x1="30" x2=${width - 10} y1=${height - 26} y2=${height - 26} class="grid"></line>
  </svg>`;
}

/** A name that fits into so many pixels; a Chinese letter is twice as wide as a Latin one. */
function short(name: string, pixels: number): string {
  const room = Math.floor((pixels - 16) / 7);
  let width = 0;
  let out = "";
  for (const letter of name) {
    width += letter.charCodeAt(0) < 256 ? 1 : 2;
    if (width > room) return `${out}…`;
    out += letter;
  }
  return out;
}
