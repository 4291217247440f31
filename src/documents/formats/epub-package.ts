import type { ReadBudget } from '../read-budget.ts';
import { UnreadableError } from '../reader.ts';
import { decodeXml } from './decode-xml.ts';
import { XmlEvents, type XmlHandler } from './xml-events.ts';

/** What a package document says of its book (EPUB 3.3, section 5). */
export interface EpubPackage {
  path: string;
  /** `title: …` and what else is told of the book, a line each. */
  metadata: string[];
  /** Paths of the chapters in their order. */
  chapters: string[];
}

const mostMetadata = 10_000;
const mostItems = 100_000;

/** The path of the package document that a container names first. */
export function readRootPath(container: Uint8Array, budget: ReadBudget): string | undefined {
  let path: string | undefined;
  parse(container, budget, {
    open: (name, attributes) => {
      if (name === 'rootfile') path ??= attributes.get('full-path');
    },
  });
  return path;
}

/**
 * Reads a package document.
 *
 * @throws {UnreadableError} `corrupt` when it is no XML.
 */
export function readPackage(
  bytes: Uint8Array,
  { path, budget }: { path: string; budget: ReadBudget },
): EpubPackage {
  const metadata: string[] = [];
  const items = new Map<string, string>();
  const spine: string[] = [];
  let isMetadata = false;
  let text = '';
  let label = '';
  parse(bytes, budget, {
    open: (name, attributes) => {
      if (name === 'metadata') isMetadata = true;
      text = '';
      label = attributes.get('property') ?? name;
      const content = attributes.get('content');
      if (isMetadata && content !== undefined && metadata.length < mostMetadata) {
        metadata.push(`${attributes.get('name') ?? label}: ${content}`);
      }
      const id = attributes.get('id');
      const href = attributes.get('href');
      if (name === 'item' && id !== undefined && href !== undefined && items.size < mostItems) {
        items.set(id, resolvePath(path, href));
      }
      const reference = attributes.get('idref');
      if (name === 'itemref' && reference !== undefined && spine.length < mostItems) {
        spine.push(reference);
      }
    },
    text: (piece) => {
      if (isMetadata && text.length < 100_000) text += piece;
    },
    close: (name) => {
      if (name === 'metadata') isMetadata = false;
      const value = text.replace(/\s+/g, ' ').trim();
      text = '';
      if (isMetadata && value !== '' && metadata.length < mostMetadata) {
        metadata.push(`${label}: ${value}`);
      }
    },
  });
  const chapters = spine.map((id) => items.get(id)).filter((one) => one !== undefined);
  return { path, metadata, chapters };
}

function parse(bytes: Uint8Array, budget: ReadBudget, handler: Partial<XmlHandler>): void {
  const ignored = (): void => undefined;
  const events = new XmlEvents(
    { open: ignored, text: ignored, close: ignored, ...handler },
    budget,
  );
  events.push(decodeXml(bytes));
  events.finish();
  if (!events.isWellFormed) throw new UnreadableError('corrupt');
}

/** Resolves a relative URL against a path inside the book; what leads out of it stays inside. */
function resolvePath(base: string, href: string): string {
  const parts = base.split('/').slice(0, -1);
  for (const part of decodePath(href.replace(/[?#].*$/s, '')).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
