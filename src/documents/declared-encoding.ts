const xml = /^(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})["']/;
const meta = /<meta\b[^>]{0,400}?\bcharset\s*=\s*["']?\s*([\w.:-]{1,40})/i;

/**
 * The encoding that a text says of itself in its first bytes, in an XML declaration (XML 1.0,
 * section 4.3.3) or an HTML `meta` (HTML Living Standard, section 13.2.3.2); undefined when it does
 * not. It may be no encoding there is.
 */
export function declaredEncoding(head: Uint8Array): string | undefined {
  const text = Buffer.from(head.subarray(0, 4_096)).toString('latin1');
  return xml.exec(text)?.[1] ?? meta.exec(text)?.[1];
}
