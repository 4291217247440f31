import { crc32, deflateRawSync } from 'node:zlib';

export type PackageFiles = Readonly<Record<string, string | Uint8Array>>;

/** Builds a ZIP (PKWARE APPNOTE.TXT) of files in their order; `mimetype` is stored, others deflated. */
export function buildPackage(files: PackageFiles): Uint8Array {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const method = name === 'mimetype' ? 0 : 8;
    const data = method === 0 ? bytes : deflateRawSync(bytes);
    const label = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x0800, 2);
    fields.writeUInt16LE(method, 4);
    fields.writeUInt32LE(0x00210000, 6);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(bytes.length, 18);
    fields.writeUInt16LE(label.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, label, data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), fields, tail, label]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(central.length, 4);
  end.writeUInt16LE(central.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end]);
}

const office = 'http://schemas.openxmlformats.org/officeDocument/2006';

/** Relationships of a part, as `[id, type's last segment, target]`; a target with `!` is external. */
export function relationships(...entries: readonly [string, string, string][]): string {
  const elements = entries.map(([id, type, target]) => {
    const mode = target.startsWith('!') ? ' TargetMode="External"' : '';
    const uri = `${office}/relationships/${type}`;
    return `<Relationship Id="${id}" Type="${uri}" Target="${target.replace('!', '')}"${mode}/>`;
  });
  return `<?xml version="1.0"?><Relationships>${elements.join('')}</Relationships>`;
}

/** `[Content_Types].xml` with overrides of `application/vnd.openxmlformats-…` types by part. */
export function contentTypes(types: Readonly<Record<string, string>>): string {
  const overrides = Object.entries(types).map(
    ([part, type]) =>
      `<Override PartName="/${part}" ContentType="application/vnd.openxmlformats-${type}+xml"/>`,
  );
  return `<Types><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/>${overrides.join('')}</Types>`;
}
