import type { FileInformation } from './file-information-block.ts';
import { FormattedPages } from './formatted-pages.ts';
import { readModifiers } from './property-modifiers.ts';

/** Text that is no part of what a person sees. */
export type Aside = 'deleted' | 'hidden';

export interface CharacterRun {
  aside: Aside | undefined;
  /** Where the run ends, in bytes of the stream. */
  end: number;
}

/** Which text was deleted with changes tracked, or is hidden ([MS-DOC] 2.4.6.2). */
export class CharacterProperties {
  readonly #bytes: Uint8Array;
  readonly #pages: FormattedPages;

  constructor(stream: Uint8Array, table: Uint8Array, information: FileInformation) {
    this.#bytes = stream;
    const range = information.characterPages;
    this.#pages = new FormattedPages(stream, table, { range, entryBytes: 1 });
  }

  /** The run that text at an offset of the stream is in; undefined when it is unknown. */
  findAt(offset: number): CharacterRun | undefined {
    const run = this.#pages.findAt(offset);
    if (run === undefined) return undefined;
    const at = run.pageStart + (this.#bytes[run.entryAt] ?? 0) * 2;
    if (at === run.pageStart) return { aside: undefined, end: run.end };
    const end = Math.min(at + 1 + (this.#bytes[at] ?? 0), run.pageEnd);
    const { isDeleted, isHidden } = readModifiers(this.#bytes.subarray(at + 1, end));
    const aside = isDeleted === true ? 'deleted' : isHidden === true ? 'hidden' : undefined;
    return { aside, end: run.end };
  }
}
