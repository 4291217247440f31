import type { ReadBudget } from '../../read-budget.ts';
import { decodeCodePage } from '../code-pages.ts';
import { property, propertyNames } from '../msg/property-names.ts';
import { ByteCursor } from '../ole/byte-cursor.ts';
import { type MapiProperty, readMapiProperties } from './mapi-properties.ts';

export interface TnefAttachment {
  name: string;
  content: Uint8Array | undefined;
}

/** What a TNEF stream holds. */
export interface TnefMessage {
  subject: string;
  body: string;
  /** Bytes in an encoding of the message, or text. */
  html: string | Uint8Array | undefined;
  compressedRtf: Uint8Array | undefined;
  codePage: number;
  /** Properties that are text, as `name: value`. */
  texts: { id: number; line: string }[];
  attachments: TnefAttachment[];
  /** Whether it ended where its attributes say. */
  isWhole: boolean;
}

/** Identifiers of attributes ([MS-OXTNEF] 2.1.3.2), without their types. */
const attribute = {
  subject: 0x8004,
  body: 0x800c,
  from: 0x8000,
  attachData: 0x800f,
  attachTitle: 0x8010,
  attachStart: 0x9002,
  messageProperties: 0x9003,
  attachProperties: 0x9005,
  codePage: 0x9007,
} as const;

const headerBytes = 6;
/** In front of an object in a property: which interface it has. */
const interfaceBytes = 16;

/** Reads a TNEF stream ([MS-OXTNEF] 2.1), as far as it goes. */
export function readTnefMessage(bytes: Uint8Array, budget: ReadBudget): TnefMessage {
  const reading = new TnefReading(budget);
  const cursor = new ByteCursor(bytes, headerBytes);
  try {
    while (cursor.left > 0) {
      budget.checkTime();
      cursor.take(1);
      const id = cursor.uint32() & 0xffff;
      const data = cursor.take(cursor.uint32());
      reading.take(id, data);
      cursor.take(Math.min(2, cursor.left));
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    reading.message.isWhole = false;
  }
  return reading.message;
}

class TnefReading {
  readonly #budget: ReadBudget;
  readonly message: TnefMessage = {
    subject: '',
    body: '',
    html: undefined,
    compressedRtf: undefined,
    codePage: 1252,
    texts: [],
    attachments: [],
    isWhole: true,
  };

  constructor(budget: ReadBudget) {
    this.#budget = budget;
  }

  take(id: number, data: Uint8Array): void {
    const { message } = this;
    switch (id) {
      case attribute.codePage:
        message.codePage = new ByteCursor(data).uint32();
        break;
      case attribute.subject:
        message.subject = this.#text(data);
        break;
      case attribute.body:
        message.body = this.#text(data);
        break;
      case attribute.from:
        this.#addText(property.senderName, 'From', this.#addresses(data));
        break;
      case attribute.messageProperties:
        for (const one of this.#properties(data)) this.#takeMessage(one);
        break;
      case attribute.attachStart:
        message.attachments.push({ name: '', content: undefined });
        break;
      default:
        this.#takeAttachment(id, data);
    }
  }

  #takeAttachment(id: number, data: Uint8Array): void {
    const attachment = this.message.attachments.at(-1);
    if (attachment === undefined) return;
    if (id === attribute.attachTitle) attachment.name ||= this.#text(data);
    else if (id === attribute.attachData) attachment.content = data;
    else if (id === attribute.attachProperties) {
      for (const { id: key, value } of this.#properties(data)) {
        if (key === property.longFileName && typeof value === 'string') attachment.name = value;
        else if (key === property.attachmentData && typeof value !== 'string') {
          // A message inside is a TNEF stream, other objects are compound files.
          attachment.content ??= value.subarray(interfaceBytes);
        }
      }
    }
  }

  #takeMessage({ id, name, value }: MapiProperty): void {
    const { message } = this;
    if (id === property.html) message.html = value;
    else if (typeof value !== 'string') {
      if (id === property.compressedRtf) message.compressedRtf = value;
    } else if (id === property.subject) message.subject = value;
    else if (id === property.body) message.body = value;
    else this.#addText(id, name ?? propertyNames[id], value);
  }

  #addText(id: number, name: string | undefined, value: string): void {
    if (value.trim() === '') return;
    this.message.texts.push({ id, line: name === undefined ? value : `${name}: ${value}` });
  }

  #properties(data: Uint8Array): Iterable<MapiProperty> {
    return readMapiProperties(data, { codePage: this.message.codePage, budget: this.#budget });
  }

  #text(data: Uint8Array): string {
    return decodeCodePage(this.message.codePage, data).replaceAll('\0', '');
  }

  /** A structure of lengths, then name and address, each up to a NUL. */
  #addresses(data: Uint8Array): string {
    const text = decodeCodePage(this.message.codePage, data.subarray(8));
    return text.replace(/\0+/g, ' ').trim();
  }
}
