import type { ReadBudget } from '../../read-budget.ts';
import { type DocumentSink, UnreadableError } from '../../reader.ts';
import { attributeOf, walkXml, type XmlHandler } from '../xml-walk.ts';
import { ZipArchive, type ZipEntry } from '../zip-archive.ts';
import { type RecordHandler, walkRecords } from './binary-records.ts';

const mostRelationships = 100_000;
const mostTypes = 100_000;

export interface Relationship {
  id: string;
  /** The last segment of its type's URI, which transitional and strict documents share. */
  type: string;
  /** A part's name, or anything when it is external. */
  target: string;
  isExternal: boolean;
}

/**
 * A package of parts (ISO/IEC 29500-2, Open Packaging Conventions). Names of parts have no leading
 * slash; upper and lower case are the same.
 */
export class OpcPackage {
  readonly archive: ZipArchive;
  readonly #sink: DocumentSink;
  readonly #budget: ReadBudget;
  readonly #defaults = new Map<string, string>();
  readonly #overrides = new Map<string, string>();
  readonly #taken = new Set<ZipEntry>();

  private constructor(archive: ZipArchive, sink: DocumentSink, budget: ReadBudget) {
    this.archive = archive;
    this.#sink = sink;
    this.#budget = budget;
  }

  /** @throws {UnreadableError} what `ZipArchive.open` throws. */
  static async open(
    bytes: Uint8Array,
    sink: DocumentSink,
    budget: ReadBudget,
  ): Promise<OpcPackage> {
    const archive = await ZipArchive.open(bytes, budget);
    if (archive.problem !== null) sink.miss(archive.problem);
    const opened = new OpcPackage(archive, sink, budget);
    await opened.#readContentTypes();
    return opened;
  }

  /** The content type of a part in lower case; empty when nothing tells it. */
  contentType(part: string): string {
    const name = part.toLowerCase();
    const extension = name.slice(name.lastIndexOf('.') + 1);
    return this.#overrides.get(name) ?? this.#defaults.get(extension) ?? '';
  }

  has(part: string): boolean {
    return this.archive.find(part) !== undefined;
  }

  isTaken(entry: ZipEntry): boolean {
    return this.#taken.has(entry);
  }

  /** Marks a part as dealt with; false when it was before, or is none. */
  take(part: string): boolean {
    const entry = this.archive.find(part);
    if (entry === undefined || this.#taken.has(entry)) return false;
    this.#taken.add(entry);
    return true;
  }

  stream(part: string): AsyncIterable<Uint8Array> {
    const entry = this.archive.find(part);
    if (entry === undefined) throw new UnreadableError('corrupt');
    return this.archive.stream(entry);
  }

  /** Walks a part as XML. A fault in it is told and ends the part, not the document. */
  async walk(part: string, handler: XmlHandler): Promise<void> {
    const entry = this.archive.find(part);
    if (entry === undefined) return;
    await this.walkEntry(entry, handler);
  }

  async walkEntry(entry: ZipEntry, handler: XmlHandler): Promise<void> {
    await this.#walk(entry, () => walkXml(this.archive.stream(entry), handler, this.#budget));
  }

  /** Walks a part of a binary workbook; faults as in `walk`. */
  async walkBinary(part: string, handler: RecordHandler): Promise<void> {
    const entry = this.archive.find(part);
    if (entry === undefined) return;
    await this.#walk(entry, () => walkRecords(this.archive.stream(entry), handler, this.#budget));
  }

  /** Has an entry walked by `walk`, which gives whether it was sound. */
  async #walk(entry: ZipEntry, walk: () => Promise<boolean>): Promise<void> {
    this.#taken.add(entry);
    try {
      if (!(await walk())) this.#sink.miss('corrupt');
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      this.#sink.miss(error.problem);
      // No other part can be read either.
      this.#budget.checkTime();
    }
  }

  /** The relationships of a part; of the package when `part` is empty. */
  async readRelationships(part: string): Promise<Relationship[]> {
    const slash = part.lastIndexOf('/') + 1;
    const folder = part.slice(0, slash);
    const name = `${folder}_rels/${part.slice(slash)}.rels`;
    const relationships: Relationship[] = [];
    await this.walk(name, {
      open: (element, attributes) => {
        if (element !== 'Relationship' || relationships.length >= mostRelationships) return;
        const type = attributeOf(attributes, 'Type') ?? '';
        const target = attributeOf(attributes, 'Target') ?? '';
        const isExternal = attributeOf(attributes, 'TargetMode') === 'External';
        relationships.push({
          id: attributeOf(attributes, 'Id') ?? '',
          type: type.slice(type.lastIndexOf('/') + 1),
          target: isExternal ? target : resolvePart(folder, target),
          isExternal,
        });
      },
      close: () => {},
      text: () => {},
    });
    return relationships;
  }

  async #readContentTypes(): Promise<void> {
    await this.walk('[Content_Types].xml', {
      open: (element, attributes) => {
        const type = (attributeOf(attributes, 'ContentType') ?? '').toLowerCase();
        const extension = attributeOf(attributes, 'Extension');
        const part = attributeOf(attributes, 'PartName');
        if (this.#defaults.size + this.#overrides.size >= mostTypes) return;
        if (element === 'Default' && extension !== undefined) {
          this.#defaults.set(extension.toLowerCase(), type);
        } else if (element === 'Override' && part !== undefined) {
          this.#overrides.set(part.replace(/^\//, '').toLowerCase(), type);
        }
      },
      close: () => {},
      text: () => {},
    });
  }
}

/** A target is a URI reference, relative to the folder of the part that names it. */
function resolvePart(folder: string, target: string): string {
  const [path = ''] = target.replaceAll('\\', '/').split('#', 1);
  const segments = path.startsWith('/') ? [] : folder.split('/').slice(0, -1);
  for (const segment of decodePath(path).split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return segments.join('/');
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
