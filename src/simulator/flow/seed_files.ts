/**
 * The files of the uploaded datasets that a simulated DSS starts with.
 *
 * @module
 * @internal
 */

const day = 86_400_000;
const start = Date.UTC(2025, 0, 6, 9);

const date = (at: number): string => new Date(at).toISOString().slice(0, 10);
const instant = (at: number): string => new Date(at).toISOString();

const lines = (header: string, count: number, line: (at: number) => ReadonlyArray<string | number>): string =>
  [header, ...Array.from({ length: count }, (_, at) => line(at).join(";"))].join("\n") + "\n";

const plans = ["basic", "family", "business"];
const cities = ["POINT(2.35 48.85)", "POINT(13.4 52.52)", "POINT(139.69 35.69)", "POINT(9.19 45.46)"];
const tags = ['"[""fragile""]"', "[]", '"[""fragile"",""cold""]"'];

/** Texts of the files by dataset: with semicolons and a header. */
export const seedFiles: ReadonlyMap<string, string> = new Map([
  [
    "contracts",
    lines("contract_id;customer_id;plan;signed_on;monthly_fee", 60, (at) => [
      70_001 + at,
      1000 + at,
      plans[at % 3]!,
      date(start - at * 9 * day),
      (19.9 + (at % 3) * 15).toFixed(2),
    ]),
  ],
  [
    "calls",
    lines("call_id;customer_id;started_at;seconds;was_solved", 150, (at) => [
      at + 1,
      1000 + (at * 7) % 60,
      instant(start + at * 2_700_000),
      30 + (at * 53) % 900,
      String(at % 4 !== 0),
    ]),
  ],
  [
    "parcels_raw",
    lines("parcel_id;sent_at;weight_kg;destination;tags", 80, (at) => [
      `P${String(at + 1).padStart(5, "0")}`,
      instant(start + at * 1_800_000),
      (0.2 + (at * 17) % 250 / 10).toFixed(1),
      cities[at % cities.length]!,
      tags[at % tags.length]!,
    ]),
  ],
]);
