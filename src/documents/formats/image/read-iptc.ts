import { decodeText, type ImageMetadata, readLatin1 } from './image-metadata.ts';

/** Datasets of record 2 that hold words (IPTC-NAA Information Interchange Model 4.2, section 6). */
const datasets: Readonly<Record<number, string>> = {
  5: 'ObjectName',
  15: 'Category',
  20: 'SupplementalCategory',
  25: 'Keywords',
  26: 'ContentLocationName',
  40: 'SpecialInstructions',
  55: 'DateCreated',
  65: 'OriginatingProgram',
  80: 'By-line',
  85: 'By-lineTitle',
  90: 'City',
  92: 'Sub-location',
  95: 'Province-State',
  100: 'CountryCode',
  101: 'Country',
  103: 'OriginalTransmissionReference',
  105: 'Headline',
  110: 'Credit',
  115: 'Source',
  116: 'CopyrightNotice',
  118: 'Contact',
  120: 'Caption',
  122: 'Writer',
};

export function readIptc(bytes: Uint8Array, metadata: ImageMetadata): void {
  for (let at = 0; at + 5 <= bytes.length && bytes[at] === 0x1c; ) {
    metadata.budget.checkTime();
    const record = bytes[at + 1];
    const dataset = bytes[at + 2] ?? 0;
    const length = ((bytes[at + 3] ?? 0) << 8) | (bytes[at + 4] ?? 0);
    // Longer than 32,767 bytes is for pictures.
    if (length > 0x7fff) return;
    const name = datasets[dataset];
    if (record === 2 && name !== undefined) {
      metadata.add(name, decodeText(bytes.subarray(at + 5, at + 5 + length)));
    }
    at += 5 + length;
  }
}

/** What an image resource block can hold (Adobe Photoshop file formats, "Image Resource IDs"). */
export interface ResourceReaders {
  readExif(bytes: Uint8Array, metadata: ImageMetadata): void;
  readXmp(bytes: Uint8Array, metadata: ImageMetadata): void;
}

/** Image resource blocks of Photoshop, as in JPEG's APP13, TIFF and PSD. */
export function readResources(
  bytes: Uint8Array,
  metadata: ImageMetadata,
  readers?: ResourceReaders,
): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 12 <= bytes.length; ) {
    metadata.budget.checkTime();
    if (readLatin1(bytes.subarray(at, at + 4)) !== '8BIM') return;
    const id = view.getUint16(at + 4);
    // A name with its length before it, padded to an even size.
    const nameBytes = ((bytes[at + 6] ?? 0) + 2) & ~1;
    const sizeAt = at + 6 + nameBytes;
    if (sizeAt + 4 > bytes.length) return;
    const size = view.getUint32(sizeAt);
    const data = bytes.subarray(sizeAt + 4, sizeAt + 4 + size);
    if (id === 0x0404) readIptc(data, metadata);
    else if (id === 0x0422) readers?.readExif(data, metadata);
    else if (id === 0x0424) readers?.readXmp(data, metadata);
    at = sizeAt + 4 + ((size + 1) & ~1);
  }
}
