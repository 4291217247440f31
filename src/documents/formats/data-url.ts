const start = /^\s*data:[^,]{0,200};base64,/i;

/** The bytes of a `data:` URL in base64 (RFC 2397); undefined when it is none, or empty. */
export function dataUrlBytes(url: string): Uint8Array | undefined {
  const prefix = start.exec(url.slice(0, 256));
  if (prefix === null) return undefined;
  const encoded = url.slice(prefix[0].length);
  const bytes = Buffer.from(encoded.includes('%') ? unescapeAll(encoded) : encoded, 'base64');
  return bytes.length === 0 ? undefined : new Uint8Array(bytes);
}

function unescapeAll(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
