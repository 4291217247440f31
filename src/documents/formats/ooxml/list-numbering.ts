import { attributeOf, type XmlAttributes, type XmlHandler } from '../xml-walk.ts';
import { formatListNumber } from './list-number-format.ts';

const mostLevels = 9;
const mostDefinitions = 50_000;
const mostLabelCharacters = 255;

interface Level {
  start: number;
  format: string;
  text: string;
  /** Shows the numbers of all levels as decimal. */
  isLegal: boolean;
  /** The level after which it starts again, from 1; 0 is never. */
  restartAfter: number | undefined;
}

interface Definition {
  levels: (Level | undefined)[];
  /** A style whose list is meant instead. */
  styleLink: string | undefined;
}

interface ListInstance {
  definition: string;
  overrides: (Level | undefined)[];
  starts: (number | undefined)[];
  isUsed: boolean;
}

/** The list a paragraph is in: which one, and at which level from 0. */
export interface ListPlace {
  list: string;
  level: number;
}

/** Reads numbering.xml (ISO/IEC 29500-1, 17.9) and counts the paragraphs of lists. */
export class ListNumbering implements XmlHandler {
  readonly #definitions = new Map<string, Definition>();
  readonly #definitionsOfStyles = new Map<string, string>();
  readonly #lists = new Map<string, ListInstance>();
  /** Numbers by definition: lists of the same one count on. */
  readonly #counters = new Map<string, (number | undefined)[]>();
  #definition: Definition | undefined;
  #list: ListInstance | undefined;
  #level: Level | undefined;
  #overrideLevel = 0;
  #definitionId = '';

  open(name: string, attributes: XmlAttributes): void {
    const value = attributeOf(attributes, 'val') ?? '';
    switch (name) {
      case 'abstractNum':
        this.#definitionId = attributeOf(attributes, 'abstractNumId') ?? '';
        this.#definition = { levels: [], styleLink: undefined };
        if (this.#definitions.size < mostDefinitions) {
          this.#definitions.set(this.#definitionId, this.#definition);
        }
        return;
      case 'num':
        this.#definition = undefined;
        this.#list = { definition: '', overrides: [], starts: [], isUsed: false };
        if (this.#lists.size < mostDefinitions) {
          this.#lists.set(attributeOf(attributes, 'numId') ?? '', this.#list);
        }
        return;
      case 'abstractNumId':
        if (this.#list !== undefined) this.#list.definition = value;
        return;
      case 'styleLink':
        if (this.#definition !== undefined && this.#definitionsOfStyles.size < mostDefinitions) {
          this.#definitionsOfStyles.set(value, this.#definitionId);
        }
        return;
      case 'numStyleLink':
        if (this.#definition) this.#definition.styleLink = value;
        return;
      case 'lvlOverride':
        this.#overrideLevel = levelOf(attributes);
        return;
      case 'startOverride':
        if (this.#list) this.#list.starts[this.#overrideLevel] = toNumber(value);
        return;
      case 'lvl':
        this.#startLevel(levelOf(attributes));
        return;
      default:
        if (this.#level !== undefined) setLevel(this.#level, name, value);
    }
  }

  close(name: string): void {
    if (name === 'lvl') this.#level = undefined;
    else if (name === 'abstractNum') this.#definition = undefined;
    else if (name === 'num') this.#list = undefined;
  }

  text(): void {}

  /** Counts a paragraph and gives the label it is shown with; empty when it has none. */
  takeLabel({ list: id, level }: ListPlace): string {
    const list = this.#lists.get(id);
    if (list === undefined || level < 0 || level >= mostLevels) return '';
    const definitionId = this.#resolve(list.definition);
    const definition = this.#definitions.get(definitionId);
    if (definition === undefined) return '';
    const levels = Array.from(
      { length: mostLevels },
      (_, n) => list.overrides[n] ?? definition.levels[n],
    );
    const current = levels[level];
    if (current === undefined) return '';
    let counters = this.#counters.get(definitionId);
    if (counters === undefined) {
      counters = [];
      this.#counters.set(definitionId, counters);
    }
    if (!list.isUsed) {
      list.isUsed = true;
      for (const [n, start] of list.starts.entries()) {
        if (start !== undefined) counters[n] = start - 1;
      }
    }
    count(counters, levels, level);
    return makeLabel(counters, levels, current);
  }

  #startLevel(n: number): void {
    this.#level = {
      start: 0,
      format: 'decimal',
      text: '',
      isLegal: false,
      restartAfter: undefined,
    };
    if (this.#definition !== undefined) this.#definition.levels[n] = this.#level;
    else if (this.#list !== undefined) this.#list.overrides[this.#overrideLevel] = this.#level;
  }

  #resolve(definitionId: string): string {
    const link = this.#definitions.get(definitionId)?.styleLink;
    if (link === undefined) return definitionId;
    return this.#definitionsOfStyles.get(link) ?? definitionId;
  }
}

function count(
  counters: (number | undefined)[],
  levels: readonly (Level | undefined)[],
  level: number,
): void {
  const start = levels[level]?.start ?? 1;
  counters[level] = (counters[level] ?? start - 1) + 1;
  for (let n = 0; n < level; n++) counters[n] ??= levels[n]?.start ?? 1;
  for (let n = level + 1; n < mostLevels; n++) {
    const after = levels[n]?.restartAfter;
    if (after === undefined || (after > 0 && level < after)) counters[n] = undefined;
  }
}

function makeLabel(
  counters: readonly (number | undefined)[],
  levels: readonly (Level | undefined)[],
  current: Level,
): string {
  if (current.format === 'none') return current.text.replace(/%\d/g, '');
  // Symbol fonts have their bullets in the private use area.
  if (current.format === 'bullet') return current.text.replace(/[\uf000-\uf0ff]/g, '\u00b7');
  return current.text
    .replace(/%([1-9])/g, (_, digit: string) => {
      const n = Number(digit) - 1;
      const format = levels[n]?.format ?? 'decimal';
      return formatListNumber(
        counters[n] ?? 0,
        current.isLegal && format !== 'none' ? 'decimal' : format,
      );
    })
    .slice(0, mostLabelCharacters);
}

function setLevel(level: Level, name: string, value: string): void {
  if (name === 'start') level.start = toNumber(value);
  else if (name === 'numFmt') level.format = value;
  else if (name === 'lvlText') level.text = value.slice(0, mostLabelCharacters);
  else if (name === 'isLgl') level.isLegal = value !== '0' && value !== 'false';
  else if (name === 'lvlRestart') level.restartAfter = toNumber(value);
}

function levelOf(attributes: XmlAttributes): number {
  const level = toNumber(attributeOf(attributes, 'ilvl') ?? '0');
  return Math.max(0, Math.min(level, mostLevels - 1));
}

function toNumber(value: string): number {
  const number = Number.parseInt(value, 10);
  return Number.isSafeInteger(number) ? number : 0;
}
