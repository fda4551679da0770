/** Where communities lie on a drawing, how large their circles may be, and which of their names fit. */
import { geoMercator } from "d3-geo";
import { scaleSqrt } from "d3-scale";

export interface Laid<T> {
  spot: T;
  x: number;
  y: number;
  r: number;
  /** Whether there is room for its name. */
  named: boolean;
}

const EDGE = 36;
const LINE = 13;

/** Lays places out by Mercator's projection, as high as they need; large circles first, so that small ones lie on top. */
export function lay<T extends { latitude: number; longitude: number; wanted: number; title: string }>(
  spots: T[],
  width: number,
  zoom: number,
): { height: number; laid: Laid<T>[] } {
  const points = spots.map(({ longitude, latitude }) => [longitude, latitude] as [number, number]);
  // A single point has no extent to fit.
  const alone = new Set(points.map(String)).size < 2;
  const frame: [[number, number], [number, number]] = [[EDGE, EDGE], [width - EDGE, width - EDGE]];
  const projection = alone
    ? geoMercator().center(points[0]).translate([width / 2, 120])
    : geoMercator().fitExtent(frame, { type: "MultiPoint", coordinates: points });
  const at = points.map((point) => projection(point)!);
  const top = Math.min(...at.map(([, y]) => y)) - EDGE;
  const height = alone ? 240 : Math.max(160, Math.max(...at.map(([, y]) => y)) - top + EDGE);
  const most = Math.max(7, Math.min(22, 0.7 * apart(at)));
  const radius = scaleSqrt([0, Math.max(1, ...spots.map(({ wanted }) => wanted))], [2.5, most]);
  const order = [...spots.keys()].sort((a, b) => spots[b].wanted - spots[a].wanted);
  const laid = order.map((index) => {
    const [x, y] = at[index];
    return { spot: spots[index], x, y: alone ? y : y - top, r: radius(spots[index].wanted) / Math.sqrt(zoom), named: false };
  });
  name(laid, zoom);
  return { height, laid };
}

/** How far the nearest neighbour is, in the middle of all. */
function apart(at: [number, number][]): number {
  const nearest = at.map(([x, y], here) =>
    Math.min(...at.map(([u, v], there) => (here === there ? Infinity : Math.hypot(x - u, y - v)))),
  );
  return nearest.sort((a, b) => a - b)[nearest.length >> 1] ?? 22;
}

/** Names what has room below its circle: no name over another, nor over another's middle. */
function name(laid: Laid<{ title: string }>[], zoom: number): void {
  const taken: [number, number, number, number][] = [];
  for (const one of laid) {
    const width = ([...one.spot.title].reduce((sum, letter) => sum + (letter.charCodeAt(0) < 256 ? 7 : 12), 4) / zoom) / 2;
    const box: [number, number, number, number] = [one.x - width, one.y + one.r, one.x + width, one.y + one.r + LINE / zoom];
    const covers = ([a, b, c, d]: number[]) => box[0] < c && box[2] > a && box[1] < d && box[3] > b;
    const hidden = laid.some((other) => other !== one && covers([other.x - other.r * 0.6, other.y - other.r * 0.6, other.x + other.r * 0.6, other.y + other.r * 0.6]));
    if (hidden || taken.some(covers)) continue;
    one.named = true;
    taken.push(box);
  }
}
