import type { ReadBudget } from '../../read-budget.ts';
import { type DocumentSink, type Section, UnreadableError } from '../../reader.ts';
import { codePageOfCharset, decodeCodePage } from '../code-pages.ts';
import { isTellingField } from '../field-codes.ts';
import { StoryWriter } from '../story-writer.ts';
import { HexObject, readOle1Object } from './ole1-object.ts';
import { rtfCharacters } from './rtf-characters.ts';
import { type Destination, findDestination, metadataNames } from './rtf-destinations.ts';
import type { RtfHandler } from './rtf-tokens.ts';

const mostDepth = 2_000;
const mostGathered = 65_536;
const mostFonts = 65_536;
/** Text without any control is decoded in pieces of so many bytes. */
const runBytes = 65_536;

/** What a group inherits from the one around it and what ends with it. */
interface GroupState {
  destination: Destination;
  /** Whether the destination ends with this group. */
  isOwner: boolean;
  font: number;
  /** How many characters stand for a Unicode one to readers that know none (`\uc`). */
  fallbackLength: number;
  isHidden: boolean;
  isDeleted: boolean;
}

export interface EmbeddedFile {
  name: string;
  content: Uint8Array;
}

const shapeTexts = new Set(['gtextUNICODE', 'wzDescription', 'pihlShape', 'hyperlink']);

/** Follows the groups of one document and writes its stories. */
export class RtfReading implements RtfHandler {
  readonly #budget: ReadBudget;
  readonly #stories: StoryWriter;
  readonly #stack: GroupState[] = [];
  #state: GroupState = {
    destination: { kind: 'story' },
    isOwner: false,
    font: -1,
    fallbackLength: 1,
    isHidden: false,
    isDeleted: false,
  };
  #codePage = 1252;
  #defaultFont = 0;
  #definedFont = 0;
  readonly #fonts = new Map<number, number>();
  #isIgnorable = false;
  /** Bytes and controls still to be passed over, after a Unicode character. */
  #fallbackLeft = 0;
  readonly #run = new Uint8Array(runBytes);
  #runLength = 0;
  #object: HexObject | undefined;
  #objectClass = '';
  #shapeProperty = '';
  #objects: EmbeddedFile[] = [];
  waitingBytes = 0;
  isComplete = false;

  constructor(sink: DocumentSink, budget: ReadBudget) {
    this.#budget = budget;
    this.#stories = new StoryWriter(sink);
  }

  openGroup(): void {
    this.#endRun();
    this.#fallbackLeft = 0;
    this.#isIgnorable = false;
    if (this.#stack.length >= mostDepth) throw new UnreadableError('too_deep');
    this.#stack.push(this.#state);
    this.#state = { ...this.#state, isOwner: false };
  }

  closeGroup(): void {
    this.#endRun();
    this.#fallbackLeft = 0;
    this.#isIgnorable = false;
    const around = this.#stack.pop();
    if (around === undefined) return;
    const { destination, isOwner } = this.#state;
    this.#state = around;
    if (isOwner) this.#endDestination(destination);
    else if (destination.kind === 'gather' && destination.divides) destination.text += ' ';
    if (this.#stack.length === 0) this.isComplete = true;
  }

  control(word: string, parameter: number | undefined): void {
    this.#endRun();
    if (this.#fallbackLeft > 0 && word !== 'u' && word !== 'uc') {
      this.#fallbackLeft -= 1;
      return;
    }
    const isIgnorable = this.#isIgnorable;
    this.#isIgnorable = false;
    const { destination } = this.#state;
    if (destination.kind === 'skip') return;
    if (word === '*') {
      this.#isIgnorable = true;
      return;
    }
    if (destination.kind === 'choice') {
      if (word !== 'ud') return;
      destination.isMade = true;
      this.#state.destination = destination.around;
      return;
    }
    const next = findDestination(word, destination);
    if (next !== undefined) this.#startDestination(word, next);
    else if (isIgnorable) this.#startDestination(word, { kind: 'skip' });
    else this.#format(word, parameter);
  }

  text(bytes: Uint8Array, isHex: boolean): void {
    const { kind } = this.#state.destination;
    if (kind === 'object') {
      if (!isHex) this.#object?.pushDigits(bytes);
      return;
    }
    if (kind === 'skip' || kind === 'fonts') return;
    let rest = bytes;
    if (this.#fallbackLeft > 0) {
      const passed = Math.min(this.#fallbackLeft, rest.length);
      this.#fallbackLeft -= passed;
      rest = rest.subarray(passed);
    }
    while (rest.length > 0) {
      const taken = Math.min(rest.length, runBytes - this.#runLength);
      this.#run.set(rest.subarray(0, taken), this.#runLength);
      this.#runLength += taken;
      rest = rest.subarray(taken);
      if (this.#runLength === runBytes) this.#cutRun();
    }
  }

  binary(bytes: Uint8Array): void {
    if (this.#state.destination.kind === 'object') this.#object?.pushBytes(bytes);
  }

  /** The embedded files since the last call. */
  takeObjects(): EmbeddedFile[] {
    const objects = this.#objects;
    this.#objects = [];
    this.waitingBytes = 0;
    // What follows an inner document is a new part.
    if (objects.length > 0) this.#stories.interrupt();
    return objects;
  }

  finish(): void {
    this.#endRun();
    this.#stories.finish();
  }

  #startDestination(word: string, destination: Destination): void {
    if (word === 'objdata') this.#object = new HexObject(this.#budget);
    const state = this.#state;
    if (destination === state.destination) return;
    if (state.isOwner) this.#endDestination(state.destination);
    state.destination = destination;
    state.isOwner = true;
  }

  #endDestination(destination: Destination): void {
    if (destination.kind === 'story' && destination.section !== undefined) {
      this.#stories.endLine(destination.section);
    } else if (destination.kind === 'gather') {
      this.#useGathered(destination.word, destination.text);
    } else if (destination.kind === 'object') {
      this.#endObject();
    } else if (destination.kind === 'choice' && !destination.isMade) {
      this.#emit(destination.text);
    }
  }

  #useGathered(word: string, gathered: string): void {
    const text = gathered.trim();
    if (word === 'objclass') this.#objectClass = text;
    else if (word === 'sn') this.#shapeProperty = text;
    if (text === '' || word === 'objclass' || word === 'sn') return;
    if (word === 'sv') {
      if (shapeTexts.has(this.#shapeProperty)) {
        const isShown = this.#shapeProperty === 'gtextUNICODE';
        this.#writeLine(text, isShown ? undefined : 'hidden');
      }
    } else if (word === 'fldinst') {
      if (isTellingField(text)) this.#writeLine(text, 'hidden');
    } else if (word.startsWith('ff')) {
      this.#writeLine(text, 'form');
    } else if (word.startsWith('atn')) {
      this.#writeLine(text, 'comment');
    } else {
      this.#writeLine(`${metadataNames[word] ?? word}: ${text}`, 'metadata');
    }
  }

  #writeLine(text: string, section: Section | undefined): void {
    this.#stories.write(section === undefined ? text : `${text}\n`, section);
  }

  #endObject(): void {
    const bytes = this.#object?.finish();
    this.#object = undefined;
    if (bytes === undefined || bytes.length === 0) return;
    const object = readOle1Object(bytes);
    if (object === undefined) return;
    if (object.link) this.#writeLine(object.link, 'hidden');
    if (object.content === undefined) return;
    const name = object.name || this.#objectClass || 'object';
    this.#objects.push({ name, content: object.content });
    this.waitingBytes += object.content.length;
    this.#budget.checkHeld(this.waitingBytes);
  }

  #format(word: string, parameter: number | undefined): void {
    const character = Object.hasOwn(rtfCharacters, word) ? rtfCharacters[word] : undefined;
    if (character !== undefined) {
      this.#emit(character);
      return;
    }
    const state = this.#state;
    switch (word) {
      case 'u':
        // Written as a signed 16-bit number.
        if (parameter === undefined) return;
        this.#emit(String.fromCharCode(parameter & 0xffff));
        this.#fallbackLeft = state.fallbackLength;
        return;
      case 'uc':
        state.fallbackLength = Math.max(0, Math.min(parameter ?? 1, 255));
        return;
      case 'v':
        state.isHidden = parameter !== 0;
        return;
      case 'deleted':
        state.isDeleted = parameter !== 0;
        return;
      case 'plain':
        state.isHidden = false;
        state.isDeleted = false;
        state.font = -1;
        return;
      default:
        this.#setCodePage(word, parameter);
    }
  }

  #setCodePage(word: string, parameter: number | undefined): void {
    const isDefinition = this.#state.destination.kind === 'fonts';
    switch (word) {
      case 'mac':
        this.#codePage = 10_000;
        return;
      case 'pc':
        this.#codePage = 437;
        return;
      case 'pca':
        this.#codePage = 850;
        return;
      case 'ansicpg':
        if (parameter) this.#codePage = parameter;
        return;
      case 'deff':
        this.#defaultFont = parameter ?? 0;
        return;
      case 'f':
        if (isDefinition) this.#definedFont = parameter ?? 0;
        else this.#state.font = parameter ?? 0;
        return;
      case 'fcharset':
        if (isDefinition) this.#defineFont(codePageOfCharset(parameter ?? 0));
        return;
      case 'cpg':
        if (isDefinition) this.#defineFont(parameter);
        return;
      default:
    }
  }

  #defineFont(codePage: number | undefined): void {
    if (codePage === undefined || this.#fonts.size >= mostFonts) return;
    this.#fonts.set(this.#definedFont, codePage);
  }

  /** Decodes a run that does not end yet, up to where no character can be cut in two. */
  #cutRun(): void {
    let end = this.#runLength;
    // Second bytes of the multi-byte code pages are 0x40 and up.
    while (end > 0 && (this.#run[end - 1] ?? 0) >= 0x40) end--;
    if (end === 0) end = this.#runLength;
    const rest = this.#run.slice(end, this.#runLength);
    this.#runLength = end;
    this.#endRun();
    this.#run.set(rest);
    this.#runLength = rest.length;
  }

  #endRun(): void {
    if (this.#runLength === 0) return;
    const bytes = this.#run.subarray(0, this.#runLength);
    this.#runLength = 0;
    const font = this.#state.font < 0 ? this.#defaultFont : this.#state.font;
    const codePage = this.#fonts.get(font) ?? this.#codePage;
    this.#emit(decodeCodePage(codePage, bytes));
  }

  #emit(text: string): void {
    const { destination, isDeleted, isHidden } = this.#state;
    if (destination.kind === 'story') {
      const inline = isDeleted ? 'deleted' : isHidden ? 'hidden' : undefined;
      this.#stories.write(text, destination.section ?? inline);
    } else if (destination.kind === 'gather') {
      destination.text += text;
      if (destination.text.length < mostGathered) return;
      this.#useGathered(destination.word, destination.text);
      destination.text = '';
    } else if (destination.kind === 'choice' && !destination.isMade) {
      destination.text += text;
      this.#budget.checkHeld(2 * destination.text.length);
    }
  }
}
