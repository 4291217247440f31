/** Little-endian numbers and strings as bytes, for fixtures. */
export const bytes = {
  u8: (...values: number[]): Buffer => Buffer.from(values),
  u16: (...values: number[]): Buffer =>
    Buffer.concat(values.map((value) => Buffer.from([value & 0xff, (value >> 8) & 0xff]))),
  u32: (...values: number[]): Buffer => {
    const packed = Buffer.alloc(values.length * 4);
    for (const [n, value] of values.entries()) packed.writeUInt32LE(value >>> 0, n * 4);
    return packed;
  },
  f64: (value: number): Buffer => {
    const packed = Buffer.alloc(8);
    packed.writeDoubleLE(value);
    return packed;
  },
  latin1: (text: string): Buffer => Buffer.from(text, 'latin1'),
  utf16: (text: string): Buffer => Buffer.from(text, 'utf16le'),
  join: (...pieces: Uint8Array[]): Buffer => Buffer.concat(pieces),
};

/** A stream of property sets ([MS-OLEPS]) with one set: text by identifier, and names of own ones. */
export function buildPropertySet(
  kind: 'summary' | 'document' | 'own',
  values: Record<number, string>,
  names: Record<number, string> = {},
): Buffer {
  const { u16, u32, latin1, utf16, join } = bytes;
  const first = { summary: 0xf29f85e0, document: 0xd5cdd502, own: 0xd5cdd505 }[kind];
  const properties: [id: number, value: Buffer][] = [[1, join(u32(2), u16(1252, 0))]];
  for (const [id, text] of Object.entries(values)) {
    const isWide = /[^\0-\xff]/.test(text);
    const value = isWide
      ? join(u32(31, text.length + 1), utf16(`${text}\0`))
      : join(u32(30, text.length + 1), latin1(`${text}\0`));
    properties.push([Number(id), value]);
  }
  const named = Object.entries(names);
  if (named.length > 0) {
    const entries = named.map(([id, name]) =>
      join(u32(Number(id), name.length + 1), latin1(`${name}\0`)),
    );
    properties.push([0, join(u32(named.length), ...entries)]);
  }
  let offset = 8 + properties.length * 8;
  const places: Buffer[] = [];
  const padded = properties.map(([id, value]) => {
    places.push(u32(id, offset));
    const filled = Buffer.concat([value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
    offset += filled.length;
    return filled;
  });
  const set = join(u32(offset, properties.length), ...places, ...padded);
  return join(
    u16(0xfffe, 0),
    u32(0),
    Buffer.alloc(16),
    u32(1, first),
    Buffer.alloc(12),
    u32(48),
    set,
  );
}

/** A `\x01Ole10Native` stream: a file as Windows packages it. */
export function buildPackagedFile(path: string, content: Uint8Array): Buffer {
  const { u16, u32, latin1, join } = bytes;
  const name = path.split('\\').at(-1) ?? path;
  const body = join(
    u16(2),
    latin1(`${name}\0${path}\0`),
    u16(0, 3),
    u32(path.length + 1),
    latin1(`${path}\0`),
    u32(content.length),
    content,
  );
  return join(u32(body.length), body);
}
