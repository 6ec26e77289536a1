/**
 * The tab-separated form of rows, read in chunks of bytes.
 *
 * Cells are separated by tabs, rows end with LF or CRLF. A cell with a tab, a quote, or an end of a row in it is in quotes, its quotes doubled.
 *
 * @module
 * @internal
 */
import { Truncated, Undecodable } from "../../src/errors/reasons.ts";
import { hasOtherBytes, Utf8Pieces } from "./utf8_pieces.ts";

/** Reads a cell that has at least one character, from its start to before its end; `undefined` when it is not of the type of its column. */
export type ReadCell<A> = (text: string, start: number, end: number) => A | undefined;

/** A cell that cannot be read. */
export interface Unread {
  /** From 0. */
  readonly column: number;
  readonly text: string;
  /** Whether it has bytes that are not UTF-8; they are U+FFFD in its text. */
  readonly hasOtherBytes: boolean;
}

/** How the cells of rows are read. */
export interface RowFormat<A, E> {
  /** By column. */
  readonly cells: ReadonlyArray<ReadCell<A>>;
  /** The value of a cell that has nothing, not even quotes. */
  readonly nothing: A;
  /** By column: the value of empty quotes. */
  readonly empty: ReadonlyArray<A>;
  /** What is made of a cell that cannot be read: a failure, or {@linkcode RowFormat.nothing}. */
  readonly unreadable: (row: number, cell: Unread) => E | undefined;
}

const [tab, lineFeed, carriageReturn, quote] = [9, 10, 13, 34];

/** A row longer than this is none: a quote is not closed, and all that follows would be held in memory. */
const longestRow = 67_108_864;

/** Beyond this, the beginning of a row is not read again for each chunk, but when it has doubled. */
const longRow = 1_048_576;

const wrong = (row: number, detail: string, advice?: string): Undecodable =>
  new Undecodable({ field: `row ${row}`, detail, ...(advice === undefined ? {} : { advice }) });

/** Reads rows from the chunks of a body. */
export class TsvParser<A, E> {
  /** Why nothing more is read. The rows before were given. */
  failure: E | Truncated | Undecodable | undefined = undefined;

  private readonly format: RowFormat<A, E>;
  private readonly decoder = new Utf8Pieces();
  /** The beginning of a row. */
  private rest = "";
  /** The rest is not read again until it is that long. */
  private readAgainAt = 0;
  private row = 0;
  /** Cells of the row at hand that cannot be read. */
  private unread: Array<Unread> = [];

  /** Starts before the first row. */
  constructor(format: RowFormat<A, E>) {
    this.format = format;
  }

  /** The rows that a chunk completes. */
  push(bytes: Uint8Array): Array<ReadonlyArray<A>> {
    this.rest += this.decoder.decode(bytes);
    return this.rest.length < this.readAgainAt ? [] : this.readRows();
  }

  /** The rows that were left, when the body has ended: one that is not whole is a failure. */
  end(): Array<ReadonlyArray<A>> {
    const rows = this.failure === undefined ? this.readRows() : [];
    if (this.failure !== undefined) return rows;
    if (this.rest !== "" || this.decoder.endsInside) {
      this.failure = new Truncated({ detail: `row ${this.row + 1} is not whole` });
    }
    return rows;
  }

  private readRows(): Array<ReadonlyArray<A>> {
    const text = this.rest;
    const rows: Array<ReadonlyArray<A>> = [];
    let at = 0;
    while (this.failure === undefined) {
      const end = this.readRow(text, at, rows);
      if (end === -1) break;
      at = end;
    }
    this.rest = at === 0 ? text : text.slice(at);
    this.readAgainAt = this.rest.length > longRow ? 2 * this.rest.length : 0;
    if (this.rest.length > longestRow && this.failure === undefined) {
      this.failure = wrong(
        this.row + 1,
        `it is longer than ${longestRow} characters`,
        "leave its longest column out of the query, or shorten it there",
      );
    }
    return rows;
  }

  /** Where the row ends that begins here; -1 when it is not whole. */
  private readRow(text: string, start: number, rows: Array<ReadonlyArray<A>>): number {
    const { cells, nothing } = this.format;
    const { length } = text;
    const width = cells.length;
    const row: Array<A> = [];
    // Those of a row that was not whole are read again.
    if (this.unread.length > 0) this.unread = [];
    let at = start;
    for (let column = 0;; column++) {
      if (at >= length) return -1;
      let code = text.charCodeAt(at);
      let next: number;
      if (code === quote) {
        const close = closingQuote(text, at + 1);
        if (close === -1) return -1;
        next = close + 1;
        code = text.charCodeAt(next);
        if (code === carriageReturn) {
          if (next + 1 >= length) return -1;
          if (text.charCodeAt(next + 1) === lineFeed) code = text.charCodeAt(++next);
        }
        if (code !== tab && code !== lineFeed) {
          this.failure = wrong(this.row + 1, `cell ${column + 1} has more after its closing quote`);
          return -1;
        }
        if (column < width) row.push(this.quotedCell(text, at + 1, close, column));
      } else {
        next = at;
        while (code !== tab && code !== lineFeed) {
          if (++next >= length) return -1;
          code = text.charCodeAt(next);
        }
        const end = code === lineFeed && next > at && text.charCodeAt(next - 1) === carriageReturn ? next - 1 : next;
        if (column < width) row.push(end === at ? nothing : this.cell(text, at, end, column));
      }
      at = next + 1;
      if (code === lineFeed) return this.addRow(row, column + 1, at, rows);
    }
  }

  private addRow(row: Array<A>, width: number, end: number, rows: Array<ReadonlyArray<A>>): number {
    this.row++;
    const expected = this.format.cells.length;
    if (width !== expected) {
      this.failure = wrong(this.row, `${width} cells, expected ${expected}`);
      return -1;
    }
    for (const cell of this.unread) {
      this.failure = this.format.unreadable(this.row, cell);
      if (this.failure !== undefined) return -1;
    }
    rows.push(row);
    return end;
  }

  private cell(text: string, start: number, end: number, column: number): A {
    const hasOthers = this.decoder.hasMetOthers && hasOtherBytes(text.slice(start, end));
    const value = hasOthers ? undefined : this.format.cells[column]!(text, start, end);
    if (value !== undefined) return value;
    this.unread.push({ column, text: text.slice(start, end).toWellFormed(), hasOtherBytes: hasOthers });
    return this.format.nothing;
  }

  private quotedCell(text: string, start: number, end: number, column: number): A {
    if (start === end) return this.format.empty[column]!;
    const content = text.slice(start, end).replaceAll('""', '"');
    return this.cell(content, 0, content.length, column);
  }
}

/** Where the quote is that closes a cell, once the character after it is there; -1 before. */
const closingQuote = (text: string, from: number): number => {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (at + 1 >= text.length) return -1;
    if (text.charCodeAt(at + 1) !== quote) return at;
  }
  return -1;
};
