import { CompiledQuery } from 'kysely';
import { findRareTerm, foldName } from './name-search.ts';
import type { FileStatus, FileStore, LabelName, StoredFile } from './schema.ts';

export const sorts = ['-created', 'created', '-score', 'score', 'name', '-name'] as const;
export type Sort = (typeof sorts)[number];

export interface FileFilter {
  owner?: number | undefined;
  label?: LabelName | undefined;
  status?: FileStatus | undefined;
  /** A type of finding. */
  type?: string | undefined;
  minScore?: number | undefined;
  /** Part of the name, in any case. */
  q?: string | undefined;
}

/** The sort key of a row and its number. */
export type Position = [key: string | number, seq: number];

export interface FileListOptions {
  sort: Sort;
  limit: number;
  after?: Position | undefined;
}

export interface FilePage {
  files: StoredFile[];
  /** Where the next page goes on; undefined when this is the last. */
  next: Position | undefined;
}

/** Rows that one page looks at, at most, when filters are combined beyond what an index holds. */
const budget = 1_000;

type SortKey = 'seq' | 'rank' | 'name';

interface Condition {
  sql: string;
  parameters: unknown[];
}

/** One way through the tables: conditions that an index answers, and tests along the way. */
interface Path {
  from: string;
  /** The table that carries the sort key: `f` (files) or `t` (file_types). */
  alias: 'f' | 't';
  conditions: Condition[];
  tests: Condition[];
}

/**
 * One page of current files.
 *
 * The owner, one of type, label and status, and the sort choose an index. Further filters are
 * tested along it on up to 1,000 rows, so that a page costs the same in a large installation: it
 * may then come out shorter than `limit`, even empty, with `next` set. A search with a run of
 * three characters that few names have is answered from those names, whatever else is asked.
 */
export async function listFiles(
  store: FileStore,
  filter: FileFilter,
  options: FileListOptions,
): Promise<FilePage> {
  const descending = options.sort.startsWith('-');
  const key = sortKeyOf(options.sort);
  const folded = filter.q === undefined ? undefined : foldName(filter.q);
  const rare = folded === undefined ? undefined : await findRareTerm(store, folded, budget);
  const path =
    rare === undefined
      ? indexPath({ ...filter, q: folded }, key)
      : searchPath({ ...filter, q: folded }, rare);
  const { conditions } = path;
  if (options.after) {
    conditions.push(compare(path.alias, key, descending ? '<' : '>', options.after));
  }
  const order = (alias: string): string => {
    const direction = descending ? 'desc' : 'asc';
    const bySeq = `${alias}.seq ${direction}`;
    return key === 'seq' ? bySeq : `${alias}.${key} ${direction}, ${bySeq}`;
  };
  const walk = (limit: string): Promise<StoredFile[]> =>
    select(
      store,
      `select f.* from ${path.from} where ${both(conditions)}
       order by ${order(path.alias)} limit ${limit}`,
      parametersOf(conditions),
    );
  if (path.tests.length === 0) {
    return cut(await walk(`${options.limit + 1}`), { limit: options.limit, key });
  }
  // First where to stop: what is inserted or deleted meanwhile moves neither this page's end nor
  // the next one's start.
  const [end] = await walk(`1 offset ${budget - 1}`);
  if (end)
    conditions.push(compare(path.alias, key, descending ? '>=' : '<=', positionOf(end, key)));
  conditions.push(...path.tests);
  return cut(await walk(`${options.limit + 1}`), { limit: options.limit, key, end });
}

export function sortKeyOf(sort: Sort): SortKey {
  if (sort.endsWith('score')) return 'rank';
  return sort.endsWith('name') ? 'name' : 'seq';
}

function indexPath(filter: FileFilter, key: SortKey): Path {
  const { owner, type } = filter;
  const tests = testsOf(filter);
  const facet = key === 'name' ? undefined : facetOf(filter);
  if (facet !== undefined) tests.delete(facet);
  if (key === 'rank') tests.delete('minScore');
  const byType = facet === 'type';
  const alias = byType ? 't' : 'f';
  const conditions: Condition[] = [];
  if (!byType) conditions.push({ sql: 'f.current = 1', parameters: [] });
  if (owner !== undefined) conditions.push(equal(`${alias}.owner`, owner));
  if (byType) conditions.push(equal('t.type', type));
  else if (facet) conditions.push(equal(`f.${facet}`, filter[facet]));
  if (key === 'rank' && filter.minScore !== undefined) {
    conditions.push({ sql: `${alias}.rank >= ?`, parameters: [filter.minScore] });
  }
  const scope = owner === undefined ? '' : '_owner';
  const ending = key === 'seq' && (scope !== '' || facet !== undefined) ? '' : `_${key}`;
  const from = byType
    ? 'file_types as t cross join files as f on f.seq = t.seq'
    : `files as f indexed by files${scope}${facet === undefined ? '' : `_${facet}`}${ending}`;
  return { from, alias, conditions, tests: [...tests.values()] };
}

/** Few names: every filter is tested on each, and the page is complete. */
function searchPath(filter: FileFilter, term: string): Path {
  const conditions = [
    { sql: 'file_names match ?', parameters: [term] },
    { sql: 'f.current = 1', parameters: [] },
    ...(filter.owner === undefined ? [] : [equal('f.owner', filter.owner)]),
    ...testsOf(filter).values(),
  ];
  const from = 'file_names as n cross join files as f on f.seq = n.rowid';
  return { from, alias: 'f', conditions, tests: [] };
}

type Facet = 'type' | 'label' | 'status';

function facetOf(filter: FileFilter): Facet | undefined {
  const facets = ['type', 'label', 'status'] as const;
  return facets.find((facet) => filter[facet] !== undefined);
}

function testsOf(filter: FileFilter): Map<keyof FileFilter, Condition> {
  const tests = new Map<keyof FileFilter, Condition>();
  const { label, status, type, minScore, q } = filter;
  if (label !== undefined) tests.set('label', equal('f.label', label));
  if (status !== undefined) tests.set('status', equal('f.status', status));
  if (type !== undefined) {
    const sql = 'exists (select 1 from file_types as x where x.type = ? and x.seq = f.seq)';
    tests.set('type', { sql, parameters: [type] });
  }
  if (minScore !== undefined) {
    tests.set('minScore', { sql: 'f.rank >= ?', parameters: [minScore] });
  }
  if (q !== undefined) tests.set('q', { sql: 'instr(f.name_folded, ?) > 0', parameters: [q] });
  return tests;
}

function compare(alias: string, key: SortKey, sign: string, position: Position): Condition {
  if (key === 'seq') return { sql: `${alias}.seq ${sign} ?`, parameters: [position[1]] };
  return { sql: `(${alias}.${key}, ${alias}.seq) ${sign} (?, ?)`, parameters: position };
}

function equal(column: string, value: unknown): Condition {
  return { sql: `${column} = ?`, parameters: [value] };
}

function both(conditions: readonly Condition[]): string {
  return conditions.map(({ sql }) => sql).join(' and ');
}

function parametersOf(conditions: readonly Condition[]): unknown[] {
  return conditions.flatMap(({ parameters }) => parameters);
}

async function select(store: FileStore, sql: string, parameters: unknown[]): Promise<StoredFile[]> {
  const { rows } = await store.db.executeQuery<StoredFile>(CompiledQuery.raw(sql, parameters));
  return rows;
}

/** A page of what was read, one more than its limit; `end` is the last row that was looked at. */
function cut(
  files: StoredFile[],
  { limit, key, end }: { limit: number; key: SortKey; end?: StoredFile | undefined },
): FilePage {
  if (files.length <= limit) return { files, next: end && positionOf(end, key) };
  const page = files.slice(0, limit);
  const last = page.at(-1);
  return { files: page, next: last && positionOf(last, key) };
}

function positionOf(file: StoredFile, key: SortKey): Position {
  return [file[key], file.seq];
}
