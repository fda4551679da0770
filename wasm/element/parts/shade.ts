/** Colours of shares, from the worst to the best; told apart by lightness too. */
import { scaleLinear } from "d3-scale";

const colours = scaleLinear<string>().domain([0, 500, 1000]).range(["#a8321f", "#e0a63c", "#1f8a70"]).clamp(true);

/** The colour of a share in thousandths; grey where nothing is wanted. */
export function shade(share: number | null): string {
  return share === null ? "#b8c2ca" : colours(share);
}

/** The lightness step of a count, 0 to 5. */
export function step(count: number, most: number): number {
  return count === 0 ? 0 : Math.max(1, Math.min(5, Math.ceil((5 * Math.sqrt(count)) / Math.sqrt(Math.max(1, most)))));
}
