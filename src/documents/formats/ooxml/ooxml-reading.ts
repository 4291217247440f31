import type { ReadBudget } from '../../read-budget.ts';
import type { DocumentSink, Location } from '../../reader.ts';
import { StoryLayout } from '../story-layout.ts';
import { StoryWriter } from '../story-writer.ts';
import type { ZipEntry } from '../zip-archive.ts';
import { commentRecords } from './binary-sheet.ts';
import { CellComments } from './cell-comments.ts';
import { ListNumbering } from './list-numbering.ts';
import { MarkupText } from './markup-text.ts';
import type { OpcPackage, Relationship } from './opc-package.ts';
import { partKind } from './part-kinds.ts';
import { readPresentation } from './presentation.ts';
import { PropertiesText } from './properties-text.ts';
import { WordStyles } from './word-styles.ts';
import { WordText } from './word-text.ts';
import { readWorkbook } from './workbook-sheets.ts';

/** Parts related to parts; what is further away is read in the archive's order. */
const mostRelatedDepth = 20;
/** Related, but no part of what relates to them: others own them, or they are read in order. */
const ownedElsewhere = new Set([
  'slide',
  'slideLayout',
  'slideMaster',
  'notesMaster',
  'handoutMaster',
  'worksheet',
  'chartsheet',
  'dialogsheet',
]);

/** Reads the parts of one package, each once. */
export class OoxmlReading {
  readonly opc: OpcPackage;
  readonly sink: DocumentSink;
  readonly budget: ReadBudget;
  readonly #numbering = new ListNumbering();
  readonly #styles = new WordStyles();

  constructor(opc: OpcPackage, sink: DocumentSink, budget: ReadBudget) {
    this.opc = opc;
    this.sink = sink;
    this.budget = budget;
  }

  async read(): Promise<void> {
    if (!this.opc.has('[Content_Types].xml')) this.#writeNames();
    const roots = await this.opc.readRelationships('');
    const main = this.#findMain(roots);
    if (main !== undefined) await this.#readMain(main);
    for (const { target, isExternal } of roots) {
      if (!isExternal && this.opc.take(target)) await this.readPart(target, {});
    }
    for (const entry of [...this.opc.archive.entries, ...this.opc.archive.unlisted]) {
      this.budget.checkTime();
      if (!this.opc.isTaken(entry)) await this.#readLeftover(entry);
    }
  }

  /** Reads a part by its content type, at the location of what relates to it. */
  async readPart(part: string, location: Location, depth = 0): Promise<void> {
    const entry = this.opc.archive.find(part);
    if (entry === undefined) return;
    await this.#readEntry(entry, location);
    await this.readRelated(part, location, depth + 1);
  }

  /** Reads what a part relates to and was not read yet, and the targets outside the package. */
  async readRelated(part: string, location: Location, depth = 0): Promise<void> {
    const relationships = await this.opc.readRelationships(part);
    this.#writeTargets(relationships, location);
    if (depth > mostRelatedDepth) return;
    for (const { type, target, isExternal } of relationships) {
      this.budget.checkTime();
      if (isExternal || ownedElsewhere.has(type) || !this.opc.take(target)) continue;
      await this.readPart(target, location, depth);
    }
  }

  #findMain(roots: readonly Relationship[]): string | undefined {
    const named = roots.find(({ type, isExternal }) => type === 'officeDocument' && !isExternal);
    if (named !== undefined && this.opc.has(named.target)) return named.target;
    const known = ['word/document.xml', 'xl/workbook.xml', 'ppt/presentation.xml'];
    return known.find((part) => this.opc.has(part));
  }

  async #readMain(main: string): Promise<void> {
    this.opc.take(main);
    const type = this.opc.contentType(main);
    if (/spreadsheetml|ms-excel/.test(type) || main.startsWith('xl/')) {
      await readWorkbook(this, main);
    } else if (/presentationml|ms-powerpoint/.test(type) || main.startsWith('ppt/')) {
      await readPresentation(this, main);
    } else if (/wordprocessingml|ms-word/.test(type) || main.startsWith('word/')) {
      await this.#readWord(main);
    } else {
      await this.readPart(main, {});
    }
  }

  async #readWord(main: string): Promise<void> {
    const relationships = await this.opc.readRelationships(main);
    const partOf = (wanted: string): string =>
      relationships.find(({ type, isExternal }) => type === wanted && !isExternal)?.target ?? '';
    await this.opc.walk(partOf('styles'), this.#styles);
    await this.opc.walk(partOf('numbering'), this.#numbering);
    const entry = this.opc.archive.find(main);
    if (entry !== undefined) await this.#readWordStory(entry, {});
    await this.readRelated(main, {});
  }

  async #readLeftover(entry: ZipEntry): Promise<void> {
    const owner = /^(.*\/|)_rels\/([^/]*)\.rels$/.exec(entry.name);
    if (owner === null) {
      await this.#readEntry(entry, {});
    } else {
      const part = `${owner[1] ?? ''}${owner[2] ?? ''}`;
      this.#writeTargets(await this.opc.readRelationships(part), {});
    }
  }

  async #readEntry(entry: ZipEntry, location: Location): Promise<void> {
    const kind = partKind(this.opc.contentType(entry.name), entry.name);
    if (kind.kind === 'unsupported') {
      this.sink.miss(`unsupported:${this.opc.contentType(entry.name)}`);
    }
    const section = 'section' in kind && kind.section !== undefined ? kind.section : undefined;
    const place: Location = { ...location, ...(section !== undefined && { section }) };
    switch (kind.kind) {
      case 'word':
        await this.#readWordStory(entry, place);
        return;
      case 'markup':
        await this.#readMarkup(entry, place, kind.isMaster ?? false);
        return;
      case 'binary-comments': {
        const stories = new StoryWriter(this.sink, { ...location, section: 'comment' });
        await this.opc.walkBinary(entry.name, commentRecords(stories));
        stories.finish();
        return;
      }
      case 'cell-comments': {
        const stories = new StoryWriter(this.sink, { ...location, section: 'comment' });
        await this.opc.walkEntry(entry, new CellComments(stories, this.budget));
        stories.finish();
        return;
      }
      case 'properties': {
        const stories = new StoryWriter(this.sink, { section: 'metadata' });
        await this.opc.walkEntry(entry, new PropertiesText(stories));
        stories.finish();
        return;
      }
      case 'inner':
        await this.sink.readInner(entry.name, this.opc.archive.stream(entry));
        return;
      case 'picture':
        await this.sink.readPicture(entry.name, this.opc.archive.stream(entry));
        return;
      case 'unsupported':
      case 'nothing':
        return;
    }
  }

  /** Reads the text of a part of DrawingML or other markup. */
  async #readMarkup(entry: ZipEntry, location: Location, isMaster: boolean): Promise<void> {
    const stories = new StoryWriter(this.sink, location);
    const layout = new StoryLayout(stories);
    const attributeSection = location.section ?? 'hidden';
    const text = new MarkupText(layout, stories, { isMaster, attributeSection });
    await this.opc.walkEntry(entry, text);
    layout.finish();
    stories.finish();
  }

  async #readWordStory(entry: ZipEntry, location: Location): Promise<void> {
    const stories = new StoryWriter(this.sink, location);
    const text = new WordText(stories, { numbering: this.#numbering, styles: this.#styles });
    await this.opc.walkEntry(entry, text);
    text.finish();
    stories.finish();
  }

  /** What is no package is an archive, whose names are to be seen. */
  #writeNames(): void {
    const stories = new StoryWriter(this.sink, { section: 'metadata' });
    for (const { name } of this.opc.archive.entries) stories.write(`${name}\n`);
    stories.finish();
  }

  /** Targets of links, and of templates and other files that are used but not here. */
  #writeTargets(relationships: readonly Relationship[], location: Location): void {
    const targets = new Set(
      relationships.filter(({ isExternal }) => isExternal).map(({ target }) => target),
    );
    if (targets.size === 0) return;
    const stories = new StoryWriter(this.sink, { ...location, section: 'hidden' });
    for (const target of targets) stories.write(`${target}\n`);
    stories.finish();
  }
}
