/** Communities by what they want and get: where they lie, or what they lie in where no coordinates are known. */
import { nameOf, servedBy } from "./rows.js";

/** @param {import("./index.js").On} on */
export function map({ directory, plan }) {
  const served = servedBy(plan);
  /** @type {Map<string, { wanted: number, served: number, units: Map<string, number[]>, sessions: number }>} */
  const sums = new Map();
  const of = (/** @type {string} */ place) => {
    const sum = sums.get(place) ?? { wanted: 0, served: 0, units: new Map(), sessions: 0 };
    sums.set(place, sum);
    return sum;
  };
  for (const need of directory.needs) {
    const sum = of(need.place);
    const got = Math.min(need.quantity, served.get(need.id) ?? 0);
    sum.wanted += need.quantity * need.priority;
    sum.served += got * need.priority;
    const unit = sum.units.get(need.unit) ?? [0, 0];
    sum.units.set(need.unit, [unit[0] + got, unit[1] + need.quantity]);
  }
  for (const session of plan.sessions) if (session.place !== "online") of(session.place).sessions += 1;
  const { places } = directory.by;
  const spots = [...sums].map(([id, sum]) => {
    const place = places.get(id);
    return {
      id,
      name: nameOf(places, id),
      title: place?.title || id,
      parent: nameOf(places, place?.parent),
      latitude: place?.latitude ?? null,
      longitude: place?.longitude ?? null,
      wanted: sum.wanted,
      served: sum.served,
      sessions: sum.sessions,
      // In thousandths, rounded down: 100 % is never claimed early.
      share: sum.wanted > 0 ? Math.floor((sum.served * 1000) / sum.wanted) : null,
      units: [...sum.units].map(([unit, [got, wanted]]) => ({ unit, got, wanted })),
    };
  });
  return { spots, located: spots.some((spot) => spot.latitude !== null) };
}
