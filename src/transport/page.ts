/**
 * HTML pages: DSS answers none, so one that comes is that of a login, a gateway or a firewall.
 *
 * @module
 * @internal
 */
import { readPage } from "../errors/encodings.ts";
import { oneLine } from "../errors/one_line.ts";
import type { Scrub } from "../errors/scrubber.ts";

/** Most that is looked at of what may be a page, in bytes or characters. */
export const headLength = 65_536;

/** Whether a media type is that of a page. */
export const isPageType = (contentType: string | undefined): boolean =>
  /^\s*(text\/html|application\/xhtml\+xml|application\/vnd\.wap\.xhtml\+xml)\s*(;|$)/i.test(contentType ?? "");

/** Whether a media type says nothing of what comes. */
export const isVagueType = (contentType: string | undefined): boolean =>
  /^\s*((application|binary)\/octet-stream|application\/x-unknown|unknown\/unknown|\*\/\*)?\s*(;|$)/i.test(
    contentType ?? "",
  );

/** What may stand before a page: a byte order mark, white space, declarations of XML, comments. */
const before = /^(?:[\ufeff\s]+|<\?[^]*?\?>|<!--[^]*?-->)*/;

const tag = /^<(?:!doctype\s+html|(?:html|head|body|title|meta|script|style)(?=[\s/>]))/i;

/** Whether a text begins as a page does; `undefined` when only more of it can tell. */
export const beginsPage = (text: string): boolean | undefined => {
  const begin = text.replace(before, "");
  if (tag.test(begin)) return true;
  const mayGoOn = begin === "" || /^<(\?|!--)/.test(begin) ||
    (begin.length < 20 && /^<[!?a-z-]*\s*[a-z]*$/i.test(begin));
  return mayGoOn ? undefined : false;
};

/** Whether a body is a page. */
export const isPage = (body: string, contentType: string | undefined): boolean =>
  isPageType(contentType) || beginsPage(body.slice(0, headLength)) === true;

/** The beginning of a text, without a word that was cut: a part of a secret would not be known as one. */
export const headOf = (text: string): string =>
  text.length <= headLength ? text : text.slice(0, headLength).replace(/\S*$/, "");

/** Title of a page, else its first words; it is read before secrets are removed, because a page writes them otherwise. */
export const pageTitle = (html: string, scrub: Scrub): string => {
  const head = headOf(html);
  const title = readPage(/<title[^>]*>([^]*?)(<\/title|$)/i.exec(head)?.[1]?.trim() ?? "");
  if (title !== "") return oneLine(scrub(title), 200);
  // What stands unescaped in a page would lose what looks like a tag; and a secret may be the name of one.
  const words = scrub(head).replaceAll(/<\/?<redacted>[^<>]*>/g, " ")
    .replaceAll(/<!--[^]*?-->|<(script|style|title)\b[^]*?(<\/\1\s*>|$)/gi, " ")
    .replaceAll(/<wbr\s*\/?>/gi, "").replaceAll(/<(?!redacted>)[^>]*>/g, " ");
  return oneLine(scrub(readPage(words)), 200) || "no title";
};
