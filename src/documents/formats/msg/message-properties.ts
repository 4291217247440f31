import { isAscii, isUtf8 } from 'node:buffer';
import { guessEncoding } from '../../guess-encoding.ts';
import { decodeCodePage } from '../code-pages.ts';
import { codePageOfLanguage } from '../language-code-pages.ts';
import { ByteCursor, decodeUtf16 } from '../ole/byte-cursor.ts';
import type { OleStorage } from '../ole/compound-file.ts';
import { property } from './property-names.ts';

/** A property that is text: its identifier ([MS-OXPROPS]) and value. */
export interface TextProperty {
  id: number;
  value: string;
}

const textStream = /^__substg1\.0_([0-9A-F]{4})(?:001([EF])|101([EF])-[0-9A-F]{8})$/i;

const messageCodePage = 0x3ffd;
const internetCodePage = 0x3fde;
const messageLanguage = 0x3ff1;
const unicode = 1200;
const sampleBytes = 8_192;

type Decode = (bytes: Uint8Array) => string;

/**
 * Properties of a message, a recipient or an attachment ([MS-OXMSG] 2.4): small ones in one
 * stream, others in streams of their own.
 */
export class MessageProperties {
  readonly #storage: OleStorage;
  readonly #fixed: ReadonlyMap<number, ByteCursor>;
  /** Decodes text that is not Unicode. */
  readonly decode: Decode;

  /**
   * `headerBytes` come before the small properties; undefined for a message, which tells itself.
   * Recipients and attachments are decoded as the message they are of.
   */
  constructor(storage: OleStorage, options: { headerBytes?: number; decode?: Decode } = {}) {
    this.#storage = storage;
    const bytes = storage.findBytes('__properties_version1.0') ?? new Uint8Array(0);
    // A message within another one has a header of 24 bytes, else it is 32.
    this.#fixed = readFixed(bytes, options.headerBytes ?? (bytes.length % 16 === 8 ? 24 : 32));
    this.decode = options.decode ?? this.#chooseDecoding();
  }

  get internetCodePage(): number | undefined {
    return this.findNumber(internetCodePage);
  }

  findNumber(id: number): number | undefined {
    const cursor = this.#fixed.get(id);
    if (cursor === undefined) return undefined;
    cursor.at = 8;
    return cursor.uint32();
  }

  /** A time as an ISO date. */
  findTime(id: number): string | undefined {
    const cursor = this.#fixed.get(id);
    if (cursor === undefined) return undefined;
    cursor.at = 8;
    return cursor.fileTime();
  }

  /** Empty when there is none. */
  text(id: number): string {
    const wide = this.#storage.findBytes(streamName(id, '001F'));
    if (wide !== undefined) return withoutNuls(decodeUtf16(wide));
    const narrow = this.#storage.findBytes(streamName(id, '001E'));
    return narrow === undefined ? '' : withoutNuls(this.decode(narrow));
  }

  findBinary(id: number): Uint8Array | undefined {
    return this.#storage.findBytes(streamName(id, '0102'));
  }

  findObject(id: number): OleStorage | undefined {
    return this.#storage.findStorage(streamName(id, '000D'));
  }

  /** All that are text, in the order of the file. */
  *listTexts(): Iterable<TextProperty> {
    for (const stream of this.#storage.streams.values()) {
      const [, hex = '', single, multiple] = textStream.exec(stream.name) ?? [];
      if (hex === '') continue;
      const isWide = (single ?? multiple)?.toUpperCase() === 'F';
      const bytes = stream.read();
      const text = isWide ? decodeUtf16(bytes) : this.decode(bytes);
      yield { id: Number.parseInt(hex, 16), value: withoutNuls(text) };
    }
  }

  /** Messages before Outlook 2003 often do not say their code page: then their text tells. */
  #chooseDecoding(): Decode {
    const told = this.findNumber(messageCodePage);
    if (told !== undefined && told !== unicode) return (bytes) => decodeCodePage(told, bytes);
    const sample = this.#storage.findBytes(streamName(property.body, '001E')) ?? new Uint8Array(0);
    if (!isAscii(sample)) {
      const guessed = isUtf8(sample) ? 'utf-8' : guessEncoding(sample.subarray(0, sampleBytes));
      if (guessed !== 'windows-1252') {
        const decoder = new TextDecoder(guessed);
        return (bytes) => decoder.decode(bytes);
      }
    }
    const language = this.findNumber(messageLanguage);
    const codePage =
      this.internetCodePage ?? (language === undefined ? 1252 : codePageOfLanguage(language));
    return (bytes) => decodeCodePage(codePage, bytes);
  }
}

/** The entries of the stream of small properties, 16 bytes each, by identifier. */
function readFixed(bytes: Uint8Array, headerBytes: number): Map<number, ByteCursor> {
  const fixed = new Map<number, ByteCursor>();
  for (let at = headerBytes; at + 16 <= bytes.length; at += 16) {
    const entry = new ByteCursor(bytes.subarray(at, at + 16), 2);
    fixed.set(entry.uint16(), entry);
  }
  return fixed;
}

function streamName(id: number, type: string): string {
  return `__substg1.0_${id.toString(16).toUpperCase().padStart(4, '0')}${type}`;
}

function withoutNuls(text: string): string {
  return text.replaceAll('\0', '');
}
