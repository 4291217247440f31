/**
 * A file's path. File names are bytes and need not be text: `text` is the path as UTF-8 with U+FFFD
 * for what is none, and `bytes` the exact path where `text` is not.
 */
export interface FilePath {
  text: string;
  bytes: Uint8Array | null;
}

export function textPath(text: string): FilePath {
  return { text, bytes: null };
}

/** Joins a folder, empty for the working one, and a name in it. */
export function joinPath(folder: FilePath, name: string | Buffer): FilePath {
  const separator = folder.text === '' || folder.text.endsWith('/') ? '' : '/';
  const decoded = typeof name === 'string' ? name : name.toString('utf8');
  const text = `${folder.text}${separator}${decoded}`;
  const isExact = typeof name === 'string' || Buffer.from(decoded, 'utf8').equals(name);
  if (isExact && folder.bytes === null) return { text, bytes: null };
  const head = folder.bytes ?? Buffer.from(folder.text, 'utf8');
  return { text, bytes: Buffer.concat([head, Buffer.from(separator), Buffer.from(name)]) };
}

/** The path for calls of `node:fs`. */
export function toSystemPath({ text, bytes }: FilePath): string | Buffer {
  if (bytes !== null) return Buffer.from(bytes);
  return text === '' ? '.' : text;
}

/** Characters of a path segment that stand for themselves (RFC 3986, section 3.3). */
const plain = /^[A-Za-z0-9\-._~!$&'()*+,;=@]$/;

/** The path as a URI reference: every other byte percent-encoded (RFC 3986, section 2.1). */
export function toUri({ text, bytes }: FilePath): string {
  let uri = '';
  for (const byte of bytes ?? Buffer.from(text, 'utf8')) {
    const char = String.fromCharCode(byte);
    if (char === '/' || plain.test(char)) uri += char;
    else uri += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return uri;
}

/**
 * Text from outside for one line of a terminal: controls, line ends and marks that hide or turn
 * text become escapes such as `\x1b`.
 */
export function toTerminalText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (char) => {
    if (char === '\n') return '\\n';
    const code = char.codePointAt(0) ?? 0;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}
