import type { CompiledQuery, Kysely } from 'kysely';

/** Stands for a value in a query that is built before its values are known. */
class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** Names a value in the query; it fits every place, for it is a value of none. */
export type NameValue<Values> = (name: keyof Values & string) => never;

/**
 * A query of one shape that runs often: built and compiled when it runs for the first time, where
 * Kysely does both each time, which costs more than SQLite takes for a row.
 *
 * @returns a function that runs the query with its values and resolves to the rows.
 */
export function prepareQuery<Schema, Values extends object, Row = unknown>(
  build: (db: Kysely<Schema>, value: NameValue<Values>) => CompiledQuery<Row>,
): (db: Kysely<Schema>, values: Values) => Promise<Row[]> {
  let prepared: CompiledQuery<Row> | undefined;
  return async (db, values) => {
    prepared ??= build(db, (name) => new Placeholder(name) as never);
    const parameters = prepared.parameters.map((parameter) =>
      parameter instanceof Placeholder ? values[parameter.name as keyof Values] : parameter,
    );
    const { rows } = await db.executeQuery<Row>({ ...prepared, parameters });
    return rows;
  };
}
