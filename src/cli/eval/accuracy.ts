import { Judge, type Verdict } from './judge-case.ts';
import type { LabelledCase } from './labelled-case.ts';
import type { TypeResolver } from './resolve-types.ts';

/**
 * Counts of one entity of a suite, or of a whole suite. Positives and negatives are cases, `right`
 * and `wrong` those reported. Where texts have all their spans labelled, positives are spans,
 * there are no negatives, and `right` and `wrong` count findings of the types.
 */
export interface AccuracyRow {
  /** The name of the file, with the peer's when that says more. */
  suite: string;
  /** The suite's name for it; null for a whole suite, and for what no entity stands for. */
  entity: string | null;
  /** Our types for it, as `peer-readings.ts` names them. */
  types: readonly string[];
  /** Whether the engine has any of these types. */
  exists: boolean;
  positives: number;
  found: number;
  negatives: number;
  reported: number;
  right: number;
  wrong: number;
}

/** How many findings of a type stand on a span of theirs, in texts with all spans labelled. */
interface TypeCounts {
  right: number;
  wrong: number;
}

/** What is known of one suite. */
interface SuiteCounts {
  rows: Map<string, AccuracyRow & { entity: string }>;
  spanRows: Map<string, AccuracyRow & { entity: string; ids: ReadonlySet<string> }>;
  findings: Map<string, TypeCounts>;
}

const nothing = { positives: 0, found: 0, negatives: 0, reported: 0, right: 0, wrong: 0 };

/** Gathers verdicts by suite and entity. */
export class Accuracy {
  readonly #resolver: TypeResolver;
  readonly #suites = new Map<string, SuiteCounts>();

  constructor(resolver: TypeResolver) {
    this.#resolver = resolver;
  }

  add(labelled: LabelledCase, verdict: Verdict): void {
    const suite = suiteName(labelled);
    const counts = this.#suites.get(suite) ?? {
      rows: new Map(),
      spanRows: new Map(),
      findings: new Map(),
    };
    this.#suites.set(suite, counts);
    if (Judge.isFullyLabelled(labelled)) this.#addSpans(counts, labelled, verdict);
    else this.#addCase(counts, labelled, verdict);
  }

  /** One row an entity: suites in the order they came, entities in that of the alphabet. */
  rows(): AccuracyRow[] {
    return [...this.#suites].flatMap(([suite, { rows, spanRows, findings }]) => {
      const left = new Map(findings);
      const spans = [...spanRows.values()].map(({ ids, ...row }) => {
        const of = [...ids].map((id) => findings.get(id) ?? { right: 0, wrong: 0 });
        for (const id of ids) left.delete(id);
        return { ...row, right: sum(of, 'right'), wrong: sum(of, 'wrong') };
      });
      const others = [...left].map(([id, { right, wrong }]) => {
        return { suite, entity: null, types: [id], exists: true, ...nothing, right, wrong };
      });
      const named = [...rows.values(), ...spans].sort((a, b) => (a.entity < b.entity ? -1 : 1));
      return [...named, ...others];
    });
  }

  /** One row a suite. */
  totals(): AccuracyRow[] {
    return [...this.#suites].map(([suite, { rows, spanRows, findings }]) => {
      const cases = [...rows.values()];
      const all = [...cases, ...spanRows.values()];
      const types = [...findings.values()];
      return {
        suite,
        entity: null,
        types: [],
        exists: all.some(({ exists }) => exists),
        positives: sum(all, 'positives'),
        found: sum(all, 'found'),
        negatives: sum(all, 'negatives'),
        reported: sum(all, 'reported'),
        right: sum(cases, 'right') + sum(types, 'right'),
        wrong: sum(cases, 'wrong') + sum(types, 'wrong'),
      };
    });
  }

  #addCase({ rows }: SuiteCounts, labelled: LabelledCase, { passed }: Verdict): void {
    const { peer, entity } = labelled;
    const { named, ids } = this.#resolver.entity(peer, entity);
    const suite = suiteName(labelled);
    const row = rows.get(entity) ?? {
      ...{ suite, entity, types: named, exists: ids.size > 0 },
      ...nothing,
    };
    rows.set(entity, row);
    if (labelled.polarity === 'positive') {
      row.positives += 1;
      row.found += Number(passed);
      row.right += Number(passed);
    } else {
      row.negatives += 1;
      row.reported += Number(!passed);
      row.wrong += Number(!passed);
    }
  }

  #addSpans({ spanRows, findings }: SuiteCounts, labelled: LabelledCase, verdict: Verdict): void {
    const suite = suiteName(labelled);
    for (const { entity, found } of verdict.spans) {
      const { named, ids } = this.#resolver.entity(labelled.peer, entity);
      const row = spanRows.get(entity) ?? {
        ...{ suite, entity, types: named, exists: ids.size > 0, ids },
        ...nothing,
      };
      spanRows.set(entity, row);
      row.positives += 1;
      row.found += Number(found);
    }
    for (const [key, list] of [
      ['right', verdict.right] as const,
      ['wrong', verdict.wrong] as const,
    ]) {
      for (const { type } of list) {
        const counts = findings.get(type) ?? { right: 0, wrong: 0 };
        findings.set(type, counts);
        counts[key] += 1;
      }
    }
  }
}

/** Tells a suite's name: its file's, which need not be its peer's. */
export function suiteName({ suite, peer }: Pick<LabelledCase, 'suite' | 'peer'>): string {
  return suite.startsWith(peer) ? suite : `${suite}/${peer}`;
}

function sum<Key extends string>(rows: readonly Record<Key, number>[], key: Key): number {
  return rows.reduce((total, row) => total + row[key], 0);
}
