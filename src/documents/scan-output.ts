import { createScan, type Scan } from '../engine/scan-text.ts';
import type { Place, Policy, ScanReport } from '../engine/types.ts';
import { keepMappingBytes, type PartLocation, type PartOutput } from './part-output.ts';

export interface ScanOutputOptions {
  policy: Policy;
  fingerprintKey: Uint8Array;
  path?: string | undefined;
}

/** From here on the text is this cell's; `offset` is in bytes of the part. */
interface CellStart {
  offset: number;
  cell: string;
}

const encoder = new TextEncoder();
const leastCells = 65_536;
/** Text is gathered up to so many bytes before the engine gets it: cells are short. */
const bufferBytes = 32_768;

/** Sends the parts of a document through one scan, and places into the parts they are in. */
export class ScanOutput implements PartOutput {
  readonly #scan: Scan;
  readonly #buffer = new Uint8Array(bufferBytes);
  #buffered = 0;
  /** Bytes of the part so far, with those in the buffer. */
  #partBytes = 0;
  #location: PartLocation = {};
  #mapPart: ((place: Place) => Place) | undefined;
  #cells: CellStart[] = [];
  /** At so many, those that nobody asks for any more are let go of. */
  #mostCells = leastCells;

  constructor(options: ScanOutputOptions) {
    const { policy, fingerprintKey, path } = options;
    const mapPlace = (place: Place): Place => this.#mapPlace(place);
    this.#scan = createScan({ policy, fingerprintKey, path, mapPlace });
  }

  startPart(location: PartLocation, mapPlace: ((place: Place) => Place) | undefined): void {
    this.#flush();
    this.#scan.startPart();
    this.#location = location;
    this.#mapPart = mapPlace;
    this.#partBytes = 0;
    this.#cells = [];
    this.#mostCells = leastCells;
  }

  push(utf8: Uint8Array): void {
    this.#flush();
    this.#partBytes += utf8.length;
    this.#scan.push(utf8);
  }

  write(text: string, cell: string | undefined): void {
    if (cell !== undefined) this.#startCell(cell);
    for (let rest = text; rest.length > 0; ) {
      const { read, written } = encoder.encodeInto(rest, this.#buffer.subarray(this.#buffered));
      this.#buffered += written;
      this.#partBytes += written;
      // A character that does not fit any more leaves a few bytes free.
      if (read < rest.length) this.#flush();
      rest = rest.slice(read);
    }
  }

  finish(): ScanReport {
    this.#flush();
    return this.#scan.finish();
  }

  #flush(): void {
    if (this.#buffered === 0) return;
    this.#scan.push(this.#buffer.subarray(0, this.#buffered));
    this.#buffered = 0;
  }

  #startCell(cell: string): void {
    const cells = this.#cells;
    cells.push({ offset: this.#partBytes, cell });
    if (cells.length < this.#mostCells) return;
    const oldest = this.#partBytes - keepMappingBytes;
    const kept = cells.findIndex(({ offset }) => offset > oldest);
    if (kept > 1) cells.splice(0, kept - 1);
    // Not before there are twice as many as were needed: letting go costs as much as all of them.
    this.#mostCells = Math.max(leastCells, cells.length * 2);
  }

  #mapPlace(place: Place): Place {
    if (this.#mapPart !== undefined) return { ...this.#mapPart(place), ...this.#location };
    const cell = this.#cellAt(place.offset);
    return { ...place, extracted: true, ...this.#location, ...(cell !== undefined && { cell }) };
  }

  #cellAt(offset: number): string | undefined {
    const cells = this.#cells;
    let low = 0;
    let high = cells.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if ((cells[middle] as CellStart).offset <= offset) low = middle + 1;
      else high = middle - 1;
    }
    return cells[high]?.cell;
  }
}
