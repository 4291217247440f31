import type { Detector } from '../../engine/detector.ts';
import type { CaseSpan, LabelledCase } from './labelled-case.ts';
import { type ResolvedTypes, readingOf, type TypeResolver } from './resolve-types.ts';
import { type CaseFinding, type CaseScanOptions, scanCase } from './scan-case.ts';

/** One thing that had to be found, whether it was, and under which entity it counts. */
export interface ExpectedSpan extends CaseSpan {
  entity: string;
  found: boolean;
}

/** How one case went. `wrong` is what was found and must not be. */
export interface Verdict {
  passed: boolean;
  findings: readonly CaseFinding[];
  wrong: readonly CaseFinding[];
  /** Of a text with all spans labelled: each span. */
  spans: readonly ExpectedSpan[];
  /** Of one with all spans labelled: findings that have a span of their type. */
  right: readonly CaseFinding[];
}

export interface JudgeOptions {
  detectors: readonly Detector[];
  resolver: TypeResolver;
  /** In place of each suite's own; null to leave them. */
  minConfidence: number | null;
}

/** Judges cases by the reading of their peer. */
export class Judge {
  readonly #options: JudgeOptions;
  readonly #alone = new Map<string, readonly Detector[]>();

  constructor(options: JudgeOptions) {
    this.#options = options;
  }

  /** Tells whether all spans of the text are labelled, so that whatever else is found is wrong. */
  static isFullyLabelled({ kind, entity }: LabelledCase): boolean {
    return kind === 'ner' && entity === '*';
  }

  judge(labelled: LabelledCase): Verdict {
    const findings = scanCase(labelled.text, this.#scanOptions(labelled));
    if (Judge.isFullyLabelled(labelled)) return this.#judgeAllSpans(labelled, findings);
    const types = this.#options.resolver.entity(labelled.peer, labelled.entity);
    const spans = labelled.polarity === 'negative' ? [] : this.#expected(labelled, types, findings);
    const wrong =
      labelled.polarity === 'negative' ? findings.filter(({ type }) => types.ids.has(type)) : [];
    const passed = wrong.length === 0 && spans.every(({ found }) => found);
    return { passed, findings, wrong, spans, right: [] };
  }

  /** What every detector says of the case, however unsure. */
  findAnything({ text, path }: LabelledCase): CaseFinding[] {
    const { detectors } = this.#options;
    return scanCase(text, {
      detectors,
      minConfidence: 0,
      ...(path === undefined ? {} : { path }),
    });
  }

  #scanOptions({ peer, entity, path }: LabelledCase): CaseScanOptions {
    const reading = readingOf(peer);
    return {
      detectors: reading.typeAlone
        ? this.#detectorsOf(this.#options.resolver.entity(peer, entity))
        : this.#options.detectors,
      minConfidence: this.#options.minConfidence ?? reading.minConfidence,
      ...(path === undefined ? {} : { path }),
    };
  }

  /** The same list for the same types, because the engine compiles a list once. */
  #detectorsOf({ ids }: ResolvedTypes): readonly Detector[] {
    const key = [...ids].join();
    const known = this.#alone.get(key);
    if (known !== undefined) return known;
    const list = this.#options.detectors.filter(({ id }) => ids.has(id));
    this.#alone.set(key, list);
    return list;
  }

  #expected(
    labelled: LabelledCase,
    types: ResolvedTypes,
    findings: readonly CaseFinding[],
  ): ExpectedSpan[] {
    const { peer, entity, text, values, spans } = labelled;
    const { resolver } = this.#options;
    const fulfilling = (own: string | undefined): ReadonlySet<string> =>
      own !== undefined && resolver.names(peer, own)
        ? resolver.entity(peer, own).fulfilling
        : types.fulfilling;
    const isFoundAt = (start: number, end: number, ids = types.fulfilling): boolean =>
      findings.some((one) => ids.has(one.type) && one.start < end && start < one.end);
    const named = values.filter((value) => value !== '' && text.includes(value));
    if (named.length > 0) {
      return named.map((value) => {
        const places = placesOf(text, value);
        const [start = 0] = places;
        const found = places.some((at) => isFoundAt(at, at + value.length));
        return { start, end: start + value.length, entity, found };
      });
    }
    if (spans.length > 0) {
      return spans.map(({ start, end, entity: own }) => {
        return { start, end, entity, found: isFoundAt(start, end, fulfilling(own)) };
      });
    }
    const found = findings.some((one) => types.fulfilling.has(one.type));
    return [{ start: 0, end: text.length, entity, found }];
  }

  #judgeAllSpans(labelled: LabelledCase, findings: readonly CaseFinding[]): Verdict {
    const { resolver } = this.#options;
    const expected = labelled.spans.map(({ start, end, entity = '' }) => {
      const types = resolver.entity(labelled.peer, entity).fulfilling;
      const isIt = (one: CaseFinding): boolean =>
        types.has(one.type) && one.start < end && start < one.end;
      return { start, end, entity, found: findings.some(isIt), isIt };
    });
    const right = findings.filter((one) => expected.some(({ isIt }) => isIt(one)));
    const wrong = findings.filter((one) => !right.includes(one));
    const spans = expected.map(({ start, end, entity, found }) => ({ start, end, entity, found }));
    const passed = wrong.length === 0 && spans.every(({ found }) => found);
    return { passed, findings, wrong, spans, right };
  }
}

function placesOf(text: string, value: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
    places.push(at);
  }
  return places;
}
