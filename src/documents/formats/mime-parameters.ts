import { decodeCharset, decodeMailWords, decodePercents } from './mail-words.ts';

/** The value of a structured MIME field: `text/plain; charset=utf-8`. */
export interface MimeValue {
  /** In lower case: `text/plain`. */
  value: string;
  /** By name in lower case, decoded. */
  parameters: ReadonlyMap<string, string>;
}

/** A longer field says nothing more. */
const mostBytes = 8_192;
const parameter = /;\s*([^\s=;]{1,100})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/gs;

/** Reads a structured field (RFC 2045, section 5.1) with parameters in pieces (RFC 2231). */
export function parseMimeValue(bytes: Uint8Array): MimeValue {
  const text = Buffer.from(bytes.subarray(0, mostBytes)).toString('latin1');
  const value = /^[^;]*/.exec(text)?.[0] ?? '';
  const pieces = new Map<string, { index: number; isEncoded: boolean; text: string }[]>();
  for (const [, name = '', quoted, token = ''] of text.matchAll(parameter)) {
    const parts = /^([^*]+)(?:\*(\d{1,4}))?(\*)?$/.exec(name.toLowerCase());
    if (parts === null) continue;
    const key = parts[1] ?? '';
    const list = pieces.get(key) ?? [];
    list.push({
      index: Number(parts[2] ?? 0),
      isEncoded: parts[3] !== undefined,
      text: quoted === undefined ? token.trim() : quoted.replace(/\\(.)/gs, '$1'),
    });
    pieces.set(key, list);
  }
  const parameters = new Map<string, string>();
  for (const [key, list] of pieces) parameters.set(key, joinPieces(list));
  return {
    value: value
      .replace(/\([^)]*\)/g, '')
      .trim()
      .toLowerCase(),
    parameters,
  };
}

function joinPieces(list: { index: number; isEncoded: boolean; text: string }[]): string {
  list.sort((a, b) => a.index - b.index);
  if (!list.some(({ isEncoded }) => isEncoded)) {
    return decodeMailWords(Buffer.from(list.map(({ text }) => text).join(''), 'latin1'));
  }
  const charset = /^([^']{0,60})'[^']*'/.exec(list[0]?.text ?? '');
  const bytes = list.map(({ text, isEncoded }, n) => {
    const rest = n === 0 && charset !== null ? text.slice(charset[0].length) : text;
    return isEncoded ? decodePercents(rest, /%([0-9a-f]{2})/gi) : Buffer.from(rest, 'latin1');
  });
  return decodeCharset(Buffer.concat(bytes), charset?.[1] || undefined);
}
