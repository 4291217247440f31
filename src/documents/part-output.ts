import { maxPlaceDelayBytes } from '../engine/scan-text.ts';
import type { Place } from '../engine/types.ts';
import type { Location } from './reader.ts';

/** What a position in the text may lag behind the engine, and one piece of text more. */
export const keepMappingBytes = maxPlaceDelayBytes + 65_536;

/** A part's place in the outermost document: its location, and the way to the inner document. */
export interface PartLocation extends Location {
  /** Names of entries and attachments from the outermost in, joined by `!/`; absent in the outermost. */
  path?: string;
}

/** Where the text of a document goes, part by part: to a scan, or to a person. */
export interface PartOutput {
  startPart(location: PartLocation, mapPlace: ((place: Place) => Place) | undefined): void;
  push(utf8: Uint8Array): void;
  write(text: string, cell: string | undefined): void;
}
