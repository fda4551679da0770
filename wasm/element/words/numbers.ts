/** Numbers as both languages write them. */

/** A number with its thousands apart. */
export function grouped(n: number): string {
  return n.toLocaleString("en-US");
}

/** Thousandths as per cent: `99.9%`. */
export function percent(thousandths: number): string {
  return thousandths % 10 === 0 ? `${thousandths / 10}%` : `${Math.floor(thousandths / 10)}.${thousandths % 10}%`;
}

/** Parts per million as per cent. */
export function percentOfPpm(ppm: number): string {
  return ppm > 0 && ppm < 10 ? "<0.001%" : `${(ppm / 10_000).toFixed(ppm < 1000 ? 3 : 2).replace(/\.?0+$/, "")}%`;
}

/** Fen as yuan. */
export function yuan(fen: number): string {
  return `${grouped(Math.floor(fen / 100))}.${String(fen % 100).padStart(2, "0")}`;
}
