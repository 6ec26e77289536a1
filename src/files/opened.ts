/**
 * Files that are opened without waiting for them for ever.
 *
 * @module
 * @internal
 */
import { constants, type Stats } from "node:fs";
import { open } from "node:fs/promises";

/** A file that is being opened, or is open. */
export interface Opened<F> {
  readonly file: Promise<F>;
  /** Closes it, without waiting for what goes on: reading and writing a pipe may take as long as its other side likes. */
  letGo(): Promise<void>;
}

/** Opens a file in a way of its own. */
export const opened = <F extends { close(): unknown }>(
  path: string,
  found: Stats,
  to: "read" | "write",
  openIt: () => Promise<F>,
): Opened<F> => {
  let isOpen = false;
  const file = openIt().then((handle) => {
    isOpen = true;
    return handle;
  });
  file.catch(() => {}); // whoever awaits it is told
  const close = async (): Promise<void> => {
    await (await file).close();
  };
  /** Being its other side for a moment ends the wait for it, which would hold a thread. */
  const closeUnopened = async (): Promise<void> => {
    const other = await open(path, constants.O_NONBLOCK | (to === "read" ? constants.O_WRONLY : constants.O_RDONLY));
    await file.catch(() => {});
    // First, because a read that began meanwhile waits for it, and closing for that read.
    await other.close();
    await close();
  };
  return {
    file,
    letGo: async () => {
      if (!isOpen && found.isFIFO()) await closeUnopened().catch(() => {});
      else close().catch(() => {});
    },
  };
};
