/**
 * Keeping secrets out of what is shown.
 *
 * @module
 * @internal
 */

const mask = "<redacted>";

const html: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** A secret as servers and runtimes write it: as it is, in an address, in JSON, in a page. */
const written = (secret: string): ReadonlyArray<string> => [
  secret,
  encodeURIComponent(secret),
  JSON.stringify(secret).slice(1, -1),
  secret.replaceAll(/[&<>"']/g, (character) => html[character]!),
];

/** Removes secrets from what is shown. */
export type Scrub = (text: string) => string;

/** Removes secrets from a text. It must see the whole text: of a secret that was cut, a part would stay. */
export const scrubber = (secrets: ReadonlyArray<string>): Scrub => {
  const forms = [...new Set(secrets.filter((secret) => secret !== "").flatMap(written))];
  if (forms.length === 0) return (text) => text;
  const longestFirst = forms.sort((a, b) => b.length - a.length);
  const literals = longestFirst.map((form) => form.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
  // In any case: the hexadecimal digits of an address and its host change theirs.
  const any = new RegExp(literals.join("|"), "gi");
  return (text) => text.replaceAll(any, mask);
};
