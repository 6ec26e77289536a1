/**
 * Keeping secrets out of what is shown.
 *
 * @module
 * @internal
 */

const mask = "<redacted>";

/** Removes secrets, also in their percent-encoded and Base64 forms, from a text. */
export const scrubber = (secrets: ReadonlyArray<string>): (text: string) => string => {
  const forms = secrets.filter((secret) => secret !== "").flatMap((secret) => {
    const bytes = new TextEncoder().encode(`${secret}:`);
    return [secret, encodeURIComponent(secret), btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))];
  });
  const unique = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return unique.length === 0
    ? (text) => text
    : (text) => unique.reduce((left, secret) => left.replaceAll(secret, mask), text);
};
