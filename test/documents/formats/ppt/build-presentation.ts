import { bytes } from '../ole/build-bytes.ts';
import { buildCompoundFile, type Tree } from '../ole/build-compound-file.ts';

const { u16, u32, utf16, latin1, join } = bytes;

export function atom(type: number, content: Uint8Array, instance = 0): Buffer {
  return join(u16(instance << 4, type), u32(content.length), content);
}

export function container(type: number, content: Uint8Array[], instance = 0): Buffer {
  const whole = join(...content);
  return join(u16((instance << 4) | 0x0f, type), u32(whole.length), whole);
}

export const text = (value: string): Buffer => atom(0x0fa0, utf16(value));
export const narrowText = (value: string): Buffer => atom(0x0fa8, latin1(value));
export const string = (value: string, instance = 0): Buffer => atom(0x0fba, utf16(value), instance);
/** Says in a list which object a slide is. */
export const listed = (persistId: number, slideId: number): Buffer =>
  atom(0x03f3, join(u32(persistId, 0, 0, slideId, 0)));
export const slideList = (kind: number, ...content: Buffer[]): Buffer =>
  container(0x0ff0, content, kind);
export const notesOf = (slideId: number): Buffer => atom(0x03f1, u32(slideId, 0));
export const hiddenSlide = (): Buffer => atom(0x03f9, join(u32(0, 0), u16(0, 4, 0, 0)));

export interface PresentationFixture {
  /** By identifier, from 1; the first is the document. */
  objects: Buffer[];
  /** What an earlier edit had in the place of objects. */
  replaced?: Buffer[];
  isEncrypted?: boolean;
  /** So many more objects are where the last one's containers are, each in the one before. */
  nested?: number;
  more?: Tree;
}

/** A presentation of PowerPoint 97 ([MS-PPT]), saved twice. */
export function buildPresentation(fixture: PresentationFixture): Uint8Array {
  const { objects, replaced = [], isEncrypted = false, nested = 0, more = {} } = fixture;
  const pieces: Buffer[] = [];
  let length = 0;
  const add = (piece: Buffer): number => {
    pieces.push(piece);
    length += piece.length;
    return length - piece.length;
  };
  const save = (saved: readonly Buffer[], lastEdit: number): number => {
    const offsets = saved.map(add);
    const innermost = offsets.at(-1) ?? 0;
    for (let n = 1; n <= nested; n++) offsets.push(innermost + n * 8);
    const directory = add(atom(0x1772, u32(((offsets.length << 20) | 1) >>> 0, ...offsets)));
    const edit = u32(0, 0, lastEdit, directory, 1, saved.length + 1, 0);
    return add(atom(0x0ff5, isEncrypted ? join(edit, u32(9)) : edit));
  };
  const first = replaced.length > 0 ? save(replaced, 0) : 0;
  const last = save(objects, first);
  const user = atom(0x0ff6, join(u32(20, 0xe391c05f, last), u16(4, 0x03f4), u32(0x300)));
  return buildCompoundFile({
    'PowerPoint Document': join(...pieces),
    'Current User': user,
    ...more,
  });
}
