import type { ContextTerms } from './context-terms.ts';
import { contextBeforeChars, type NearbyWords } from './context-words.ts';
import type { ContextHit } from './types.ts';

const fullEffectChars = 40;
const leastNearness = 0.4;
const afterNearness = 0.8;
const exampleFullChars = 25;
const exampleLastChars = 120;
const maxTracedWords = 6;

/**
 * Gathers the context of one value and turns its base confidence into the final one:
 * `c = (base + (1 − base) × for) × (1 − against) × (1 − example)`.
 *
 * `for` and `against` are the strongest effects weighted by nearness; a word against the type
 * counts only when it is nearer than every word for it, because what stands next to a value names
 * it. Words such as "example" count beside that, over a shorter distance.
 */
export class ContextVerdict {
  readonly #terms: ContextTerms;
  #effects: Int8Array;
  #support = 0;
  #supportChars = Number.POSITIVE_INFINITY;
  #against = 0;
  #againstChars = Number.POSITIVE_INFINITY;
  #example = 0;
  /**
   * The words weighed: id, distance (negative after the value) and effect, three numbers each; the
   * first `#weighedCount` numbers count.
   */
  readonly #weighed: number[] = [];
  #weighedCount = 0;

  constructor(terms: ContextTerms) {
    this.#terms = terms;
    this.#effects = new Int8Array(terms.words.length);
  }

  /** Starts over for a value of the detector at `position` in the compiled list. */
  reset(position: number): void {
    this.#effects = this.#terms.effects[position] ?? this.#effects;
    this.#support = 0;
    this.#supportChars = Number.POSITIVE_INFINITY;
    this.#against = 0;
    this.#againstChars = Number.POSITIVE_INFINITY;
    this.#example = 0;
    this.#weighedCount = 0;
  }

  /** Weighs words that name the value, ids. */
  weighNames(words: readonly number[]): void {
    for (let n = 0; n < words.length; n++) {
      const word = words[n] as number;
      const effect = this.#effects[word] as number;
      if (effect !== 0) this.#weigh(word, effect / 100, 0, false);
    }
  }

  /** Weighs words near the value. */
  weighNearby({ count, words, distances }: NearbyWords): void {
    const effects = this.#effects;
    for (let n = 0; n < count; n++) {
      const word = words[n] as number;
      const effect = effects[word] as number;
      if (effect === 0) continue;
      const distance = distances[n] as number;
      if (distance < 0) this.#weigh(word, effect / 100, -1 - distance, true);
      else this.#weigh(word, effect / 100, distance, false);
    }
  }

  /** Gives the confidence after context, 0–1, to three decimals. */
  confidence(base: number): number {
    let value = base + (1 - base) * this.#support;
    if (this.#againstChars < this.#supportChars) value *= 1 - this.#against;
    value *= 1 - this.#example;
    return Math.round(Math.min(1, Math.max(0, value)) * 1_000) / 1_000;
  }

  /** Gives the words that were weighed, strongest first, at most six. */
  hits(): ContextHit[] {
    const hits: ContextHit[] = [];
    for (let n = 0; n < this.#weighedCount; n += 3) {
      const word = this.#weighed[n] as number;
      const distance = this.#weighed[n + 1] as number;
      const effect = this.#weighed[n + 2] as number;
      hits.push({
        word: this.#terms.words[word] ?? '',
        distance: distance < 0 ? -1 - distance : distance,
        where: distance < 0 ? 'after' : 'before',
        effect: Math.round(effect * 1_000) / 1_000,
      });
    }
    return hits
      .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect) || a.distance - b.distance)
      .slice(0, maxTracedWords);
  }

  #weigh(word: number, strength: number, distance: number, after: boolean): void {
    let effect: number;
    if (this.#terms.isExample[word] === 1) {
      effect = strength * exampleNearness(distance);
      this.#example = Math.max(this.#example, -effect);
    } else {
      effect = strength * nearness(distance, after);
      if (strength > 0) {
        this.#support = Math.max(this.#support, effect);
        this.#supportChars = Math.min(this.#supportChars, distance);
      } else {
        this.#against = Math.max(this.#against, -effect);
        this.#againstChars = Math.min(this.#againstChars, distance);
      }
    }
    if (effect === 0) return;
    this.#weighed[this.#weighedCount++] = word;
    this.#weighed[this.#weighedCount++] = after ? -1 - distance : distance;
    this.#weighed[this.#weighedCount++] = effect;
  }
}

function nearness(distance: number, after: boolean): number {
  if (after) return afterNearness;
  if (distance <= fullEffectChars) return 1;
  const far = (distance - fullEffectChars) / (contextBeforeChars - fullEffectChars);
  return Math.max(leastNearness, 1 - far * (1 - leastNearness));
}

function exampleNearness(distance: number): number {
  if (distance <= exampleFullChars) return 1;
  return Math.max(0, 1 - (distance - exampleFullChars) / (exampleLastChars - exampleFullChars));
}
