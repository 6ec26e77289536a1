/**
 * Rows in the tab-separated form of the simulated DSS.
 *
 * @module
 * @internal
 */

/** A cell that is not there has no quotes, one that is empty has. */
const written = (cell: string | null): string => {
  if (cell === null) return "";
  return cell === "" || /[\t\r\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
};

/** A row as a line. */
export const writtenRow = (cells: ReadonlyArray<string | null>): string => `${cells.map(written).join("\t")}\n`;

const pieceSize = 65_536;

/** Lines as bytes, in pieces. */
export function* piecesOfText(lines: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  let text = "";
  for (const line of lines) {
    text += line;
    if (text.length < pieceSize) continue;
    yield encoder.encode(text);
    text = "";
  }
  if (text !== "") yield encoder.encode(text);
}
