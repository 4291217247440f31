import { SaxesParser } from 'saxes';
import { UnreadableError } from '../reader.ts';
import { decodeXml } from './decode-xml.ts';

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
export function readRootPath(container: Uint8Array): string | undefined {
  let path: string | undefined;
  parse(container, {
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
export function readPackage(bytes: Uint8Array, path: string): EpubPackage {
  const metadata: string[] = [];
  const items = new Map<string, string>();
  const spine: string[] = [];
  let isMetadata = false;
  let text = '';
  let label = '';
  parse(bytes, {
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

interface Events {
  open: (name: string, attributes: ReadonlyMap<string, string>) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
}

/** Names come without their prefixes. */
function parse(bytes: Uint8Array, events: Events): void {
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('error', (error) => {
    throw new UnreadableError('corrupt', { cause: error });
  });
  parser.on('opentag', ({ name, attributes }) => {
    events.open(localName(name), new Map(Object.entries(attributes)));
  });
  parser.on('text', (text) => events.text?.(text));
  parser.on('cdata', (text) => events.text?.(text));
  parser.on('closetag', ({ name }) => events.close?.(localName(name)));
  parser.write(decodeXml(bytes)).close();
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
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
