const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

const uint16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
};
const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

export interface ExifEntry {
  tag: number;
  /** 2 is text, 5 rationals, 7 bytes; numbers make a pointer to a directory (4). */
  type: number;
  value: string | Uint8Array | ExifEntry[] | [number, number][];
}

/** A TIFF structure, big-endian, of one directory and those that its entries point to. */
export function buildExif(entries: readonly ExifEntry[]): Buffer {
  return Buffer.concat([latin('MM\0*'), uint32(8), buildDirectory(entries, 8)]);
}

function buildDirectory(entries: readonly ExifEntry[], at: number): Buffer {
  const rows: Buffer[] = [];
  const values: Buffer[] = [];
  let valueAt = at + 2 + entries.length * 12 + 4;
  for (const { tag, type, value } of entries) {
    const bytes = buildValue(value, valueAt);
    const size = type === 5 ? bytes.length / 8 : type === 4 ? 1 : bytes.length;
    const isInline = type !== 4 && bytes.length <= 4;
    const slot = isInline
      ? Buffer.concat([bytes, Buffer.alloc(4)]).subarray(0, 4)
      : uint32(valueAt);
    rows.push(Buffer.concat([uint16(tag), uint16(type), uint32(size), slot]));
    if (isInline) continue;
    values.push(bytes);
    valueAt += bytes.length;
  }
  return Buffer.concat([uint16(entries.length), ...rows, uint32(0), ...values]);
}

function buildValue(value: ExifEntry['value'], at: number): Buffer {
  if (typeof value === 'string') return latin(`${value}\0`);
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (isRationals(value)) return Buffer.concat(value.flat().map(uint32));
  return buildDirectory(value, at);
}

function isRationals(value: ExifEntry[] | [number, number][]): value is [number, number][] {
  return Array.isArray(value[0]);
}

/** The Eiffel tower, by a camera of its own. */
export const exif: readonly ExifEntry[] = [
  { tag: 270, type: 2, value: 'A tower' },
  { tag: 315, type: 2, value: 'Jane Doe' },
  { tag: 40_093, type: 7, value: Buffer.from('Zoë\0', 'utf16le') },
  {
    tag: 34_665,
    type: 4,
    value: [{ tag: 37_510, type: 7, value: latin('ASCII\0\0\0for Bob') }],
  },
  {
    tag: 34_853,
    type: 4,
    value: [
      { tag: 1, type: 2, value: 'N' },
      {
        tag: 2,
        type: 5,
        value: [
          [48, 1],
          [51, 1],
          [2988, 100],
        ],
      },
      { tag: 3, type: 2, value: 'W' },
      {
        tag: 4,
        type: 5,
        value: [
          [2, 1],
          [17, 1],
          [4020, 100],
        ],
      },
    ],
  },
];

export const exifLines = [
  'ImageDescription: A tower',
  'Artist: Jane Doe',
  'XPAuthor: Zoë',
  'UserComment: for Bob',
  'GPS position: 48.85830, -2.29450',
];

export const xmp = `<?xpacket begin="" id="x"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
  xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmp:Rating="5"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
  <dc:creator><rdf:Seq><rdf:li>Ann &amp; Co</rdf:li></rdf:Seq></dc:creator>
  <dc:title><rdf:Alt><rdf:li xml:lang="x-default">A title</rdf:li></rdf:Alt></dc:title>
  </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

export const xmpLines = ['xmp:Rating: 5', 'dc:creator: Ann & Co', 'dc:title: A title'];

/** IPTC in the image resources of Photoshop. */
export function buildResources(caption: string): Buffer {
  const dataset = Buffer.concat([Buffer.of(0x1c, 2, 120), uint16(caption.length), latin(caption)]);
  const padding = Buffer.alloc(dataset.length % 2);
  return Buffer.concat([
    latin('8BIM'),
    uint16(0x0404),
    uint16(0),
    uint32(dataset.length),
    dataset,
    padding,
  ]);
}

export function buildJpeg(segments: readonly [marker: number, data: Uint8Array][]): Buffer {
  const pieces = segments.map(([marker, data]) =>
    Buffer.concat([Buffer.of(0xff, marker), uint16(data.length + 2), data]),
  );
  return Buffer.concat([Buffer.of(0xff, 0xd8), ...pieces, Buffer.of(0xff, 0xda, 0, 2, 1, 2, 3)]);
}

/** Chunks without their checksums, which nobody looks at; the picture is of any size. */
export function buildPng(chunks: readonly [type: string, data: Uint8Array][]): Buffer {
  const header = Buffer.concat([uint32(30_000), uint32(30_000), Buffer.of(8, 6, 0, 0, 0)]);
  const all: [string, Uint8Array][] = [['IHDR', header], ...chunks, ['IEND', Buffer.alloc(0)]];
  const pieces = all.map(([type, data]) =>
    Buffer.concat([uint32(data.length), latin(type), data, Buffer.alloc(4)]),
  );
  return Buffer.concat([latin('\x89PNG\r\n\x1a\n'), ...pieces]);
}

export function buildGif(comment: string): Buffer {
  const blocks = [comment.slice(0, 200), comment.slice(200)]
    .filter((block) => block !== '')
    .map((block) => Buffer.concat([Buffer.of(block.length), latin(block)]));
  return Buffer.concat([
    latin('GIF89a'),
    Buffer.of(1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255),
    Buffer.of(0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0),
    Buffer.of(0x21, 0xfe),
    ...blocks,
    Buffer.of(0, 0x3b),
  ]);
}

export function buildWebp(chunks: readonly [type: string, data: Uint8Array][]): Buffer {
  const pieces = chunks.map(([type, data]) => {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(data.length);
    return Buffer.concat([latin(type), size, data, Buffer.alloc(data.length % 2)]);
  });
  return Buffer.concat([latin('RIFF\0\0\0\0WEBP'), ...pieces]);
}

export function buildPhotoshop(resources: Buffer): Buffer {
  const header = Buffer.concat([latin('8BPS'), uint16(1), Buffer.alloc(20)]);
  return Buffer.concat([header, uint32(0), uint32(resources.length), resources]);
}

/** An image with Exif and XMP as its items 1 and 2. */
export function buildHeif(exifBytes: Uint8Array, xmpText: string): Buffer {
  const fileType = box('ftyp', latin('heic\0\0\0\0mif1heic'));
  const exifItem = Buffer.concat([uint32(0), exifBytes]);
  const content = Buffer.concat([exifItem, latin(xmpText)]);
  const locate = (start: number): Buffer => {
    const entries = [
      [1, start, exifItem.length],
      [2, start + exifItem.length, xmpText.length],
    ].map(([id = 0, offset = 0, length = 0]) =>
      Buffer.concat([uint16(id), uint16(0), uint16(1), uint32(offset), uint32(length)]),
    );
    return box('iloc', Buffer.concat([uint32(0), uint16(0x4400), uint16(2), ...entries]));
  };
  const information = (id: number, type: string): Buffer =>
    box('infe', Buffer.concat([uint32(0x0200_0000), uint16(id), uint16(0), latin(`${type}\0`)]));
  const items = box(
    'iinf',
    Buffer.concat([uint32(0), uint16(2), information(1, 'Exif'), information(2, 'mime')]),
  );
  const build = (start: number): Buffer =>
    box('meta', Buffer.concat([uint32(0), items, locate(start)]));
  const start = fileType.length + build(0).length + 8;
  return Buffer.concat([fileType, build(start), box('mdat', content)]);
}

function box(type: string, data: Buffer): Buffer {
  return Buffer.concat([uint32(data.length + 8), latin(type), data]);
}
