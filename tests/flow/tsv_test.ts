import { describe, expect, it } from "@effect/vitest";
import { Arbitrary, Schema } from "effect";
import { TsvParser, type Unread } from "../../services/flow/tsv.ts";

type Cell = string | null;

const parserOf = (width: number, unreadable: (row: number, cell: Unread) => undefined = () => undefined) =>
  new TsvParser<Cell, never>({
    cells: Array.from({ length: width }, () => (text: string, start: number, end: number) => text.slice(start, end)),
    nothing: null,
    empty: Array.from({ length: width }, () => ""),
    unreadable,
  });

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What comes of a body that arrives in pieces of a size. */
const read = (body: Uint8Array, width: number, size = body.length) => {
  const parser = parserOf(width);
  const rows: Array<ReadonlyArray<Cell>> = [];
  for (let at = 0; at < body.length && parser.failure === undefined; at += size) {
    rows.push(...parser.push(body.subarray(at, at + size)));
  }
  rows.push(...parser.end());
  return { rows, failure: parser.failure?._tag };
};

/** Writes a cell one character after the other; in quotes where they are needed, and elsewhere when they are asked for. */
const writeCell = (cell: Cell, always: boolean): string => {
  if (cell === null) return "";
  let inside = "";
  let isSpecial = cell.length === 0 || always;
  for (let at = 0; at < cell.length; at++) {
    const character = cell.charAt(at);
    if (character === '"' || character === "\t" || character === "\n" || character === "\r") isSpecial = true;
    inside += character === '"' ? character + character : character;
  }
  return isSpecial ? '"' + inside + '"' : inside;
};

const texts = Schema.Array(Schema.Literals(['"', '""', "\t", "\n", "\r", "\r\n", " ", "a", "é", "😀", "\uFEFF", "\0"]));
const cells = Schema.NullOr(texts);
const bodies = Arbitrary.schema(Schema.Struct({
  rows: Schema.Array(Schema.Tuple([cells, cells, cells])),
  always: Schema.Boolean,
  lineEnd: Schema.Literals(["\n", "\r\n"]),
  size: Schema.Literals([1, 2, 3, 5, 17, 4096]),
}));

const runs = { arbitrary: { runs: 400, size: 12 } };

describe("the tab-separated form", () => {
  it.prop("is read as it was written, however it is cut in pieces", [bodies], ([{ rows, always, lineEnd, size }]) => {
    const values = rows.map((row) => row.map((cell) => cell === null ? null : cell.join("")));
    const body = utf8(values.map((row) => row.map((cell) => writeCell(cell, always)).join("\t") + lineEnd).join(""));
    const { rows: got, failure } = read(body, 3, size);
    return failure === undefined && JSON.stringify(got) === JSON.stringify(values);
  }, runs);

  it.prop("cut anywhere, gives the rows that are whole and no others", [bodies], ([{ rows, always, lineEnd }]) => {
    const values = rows.map((row) => row.map((cell) => cell === null ? null : cell.join("")));
    const lines = values.map((row) => utf8(row.map((cell) => writeCell(cell, always)).join("\t") + lineEnd));
    const body = utf8(lines.map((line) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(line)).join(""));
    const ends = lines.map((_, at) => lines.slice(0, at + 1).reduce((sum, { length }) => sum + length, 0));
    return Array.from({ length: body.length }, (_, cut) => cut).every((cut) => {
      const { rows: got, failure } = read(body.subarray(0, cut), 3, 7);
      const whole = ends.filter((end) => end <= cut).length;
      const isBetweenRows = cut === 0 || ends.includes(cut);
      return failure === (isBetweenRows ? undefined : "Truncated") &&
        JSON.stringify(got) === JSON.stringify(values.slice(0, whole));
    });
  }, { arbitrary: { runs: 60, size: 8 } });

  it.each<[string, string, number, ReadonlyArray<ReadonlyArray<Cell>>]>([
    ["nothing", "", 2, []],
    ["nothing and an empty text", '\t""\n', 2, [[null, ""]]],
    ["one column of nothing", '\n""\n\r\n', 1, [[null], [""], [null]]],
    ["quotes inside of a cell that has none around it", 'a"b\tb\n', 2, [['a"b', "b"]]],
    ["CR inside of a row", "a\rb\tc\r\r\n", 2, [["a\rb", "c\r"]]],
    ["CRLF in quotes", '"a\r\nb"\tc\r\n', 2, [["a\r\nb", "c"]]],
    ["a byte order mark", "\uFEFFa\tb\n", 2, [["\uFEFFa", "b"]]],
    ["two rows of different ends", "a\tb\nc\td\r\n", 2, [["a", "b"], ["c", "d"]]],
  ])("has %s", (_, text, width, rows) => {
    for (const size of [1, 2, 100]) expect(read(utf8(text), width, size)).toEqual({ rows, failure: undefined });
  });

  it.each([
    ["too few cells", "a\tb\nc\n", "Undecodable"],
    ["too many cells", "a\tb\nc\td\te\n", "Undecodable"],
    ["an empty line", "a\tb\n\n", "Undecodable"],
    ["more after a closing quote", 'a\tb\n"c"d\te\n', "Undecodable"],
    ["CR after a closing quote", 'a\tb\n"c"\rd\te\n', "Undecodable"],
    ["no end of its last row", "a\tb\nc\td", "Truncated"],
    ["a quote that is not closed", 'a\tb\n"c\td\n', "Truncated"],
    ["CR as the end of its last row", 'a\tb\nc\t"d"\r', "Truncated"],
  ])("is refused with %s, after the rows before", (_, text, failure) => {
    for (const size of [1, 100]) expect(read(utf8(text), 2, size)).toEqual({ rows: [["a", "b"]], failure });
  });

  const others: ReadonlyArray<readonly [string, ReadonlyArray<number>, string]> = [
    ["a byte of Latin-1", [0xe9], "\uFFFD"],
    ["two bytes of Latin-1", [0xe9, 0xe8], "\uFFFD\uFFFD"],
    ["a byte that UTF-8 never has", [0xff], "\uFFFD"],
    ["a continuation alone", [0x80], "\uFFFD"],
    ["a lead before a letter", [0xc3, 0x28], "\uFFFD("],
    ["a lead before a character", [0xe2, 0x82, 0xc3, 0xa9], "\uFFFD\uFFFDé"],
    ["a form longer than needed", [0xc0, 0x80], "\uFFFD\uFFFD"],
    ["a longer form of three bytes", [0xe0, 0x80, 0x80], "\uFFFD\uFFFD\uFFFD"],
    ["a lone surrogate", [0xed, 0xa0, 0x80], "\uFFFD\uFFFD\uFFFD"],
    ["what is beyond Unicode", [0xf4, 0x90, 0x80, 0x80], "\uFFFD\uFFFD\uFFFD\uFFFD"],
  ];
  it.each(others)("has %s as a cell that cannot be read, and the rows around it", (_, bytes, shown) => {
    const body = Uint8Array.from([
      ...utf8("a\t😀\nc"),
      ...bytes,
      ...utf8('\t"é\tx"\n"'),
      ...bytes,
      ...utf8('"\t\ufffd\n'),
    ]);
    for (const size of [1, 2, 3, body.length]) {
      const unread: Array<unknown> = [];
      const rows: Array<ReadonlyArray<Cell>> = [];
      const parser = parserOf(2, (row, cell) => void unread.push({ row, ...cell }));
      for (let at = 0; at < body.length; at += size) rows.push(...parser.push(body.subarray(at, at + size)));
      rows.push(...parser.end());
      expect(parser.failure).toBeUndefined();
      expect(rows).toEqual([["a", "😀"], [null, "é\tx"], [null, "\uFFFD"]]);
      expect(unread).toEqual([
        { row: 2, column: 0, text: `c${shown}`, hasOtherBytes: true },
        { row: 3, column: 0, text: shown, hasOtherBytes: true },
      ]);
    }
  });

  it("that ends in a character is not whole", () => {
    for (const bytes of [[0xe2, 0x82], [0xc3], [0xf0, 0x9f, 0x98]]) {
      expect(read(Uint8Array.from([...utf8("a\tb\n"), ...bytes]), 2).failure).toBe("Truncated");
    }
  });

  it("cut at each byte of 64 KiB, is whole between two rows alone", () => {
    const line = utf8(`"${"two\n".repeat(800)}"\t${"é".repeat(20)}\t"${'y""\n'.repeat(20)}"\n`);
    const body = new Uint8Array(65_536);
    for (let at = 0; at < body.length; at += line.length) body.set(line.subarray(0, body.length - at), at);
    for (let cut = 0; cut < body.length; cut++) {
      const { rows, failure } = read(body.subarray(0, cut), 3);
      const isBetweenRows = cut % line.length === 0;
      if (failure !== (isBetweenRows ? undefined : "Truncated") || rows.length !== Math.floor(cut / line.length)) {
        expect.fail(`cut at ${cut}: ${rows.length} rows, ${failure}`);
      }
    }
  }, 60_000);

  it("does not read a long cell again for each piece of it", () => {
    const cell = "two words\n".repeat(800_000);
    const started = performance.now();
    const { rows } = read(utf8(`"${cell}"\tb\nc\td\n`), 2, 16_384);
    expect(rows.map((row) => row.map((value) => value?.length))).toEqual([[cell.length, 1], [1, 1]]);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it("gives up on a row without an end before it fills the memory", () => {
    const parser = parserOf(1);
    const piece = utf8("x".repeat(4_194_304));
    parser.push(utf8('"'));
    let pieces = 0;
    while (parser.failure === undefined && pieces < 40) {
      parser.push(piece);
      pieces++;
    }
    expect(parser.failure).toMatchObject({ _tag: "Undecodable", field: "row 1" });
  });
});
