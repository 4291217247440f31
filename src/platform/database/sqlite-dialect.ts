import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  RawNode,
  SelectQueryNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Connection } from './open-connection.ts';

/**
 * Kysely on two better-sqlite3 connections of one process: reads go to a read-only connection and
 * never wait; writes take turns on the other. Transactions begin IMMEDIATE, so that a writer
 * waits for its turn at the start and cannot fail half-way for lack of the lock.
 */
export function sqliteDialect(writer: Connection, reader: Connection): Dialect {
  return {
    createAdapter: () => new TwoConnectionAdapter(),
    createDriver: () => new SqliteDriver(writer, reader),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** Without this Kysely lets one query in at a time, and reads wait for the transaction under way. */
class TwoConnectionAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

class SqliteDriver implements Driver {
  readonly #writer: StatementCache;
  readonly #reader: StatementCache;
  readonly #turn = new Turn();

  constructor(writer: Connection, reader: Connection) {
    this.#writer = new StatementCache(writer);
    this.#reader = new StatementCache(reader);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<SqliteConnection> {
    return new SqliteConnection(this.#writer, this.#reader, this.#turn);
  }

  async beginTransaction(connection: SqliteConnection): Promise<void> {
    await connection.begin();
  }

  async commitTransaction(connection: SqliteConnection): Promise<void> {
    connection.end('commit');
  }

  async rollbackTransaction(connection: SqliteConnection): Promise<void> {
    connection.end('rollback');
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    this.#reader.connection.close();
    this.#writer.connection.close();
  }
}

class SqliteConnection implements DatabaseConnection {
  readonly #writer: StatementCache;
  readonly #reader: StatementCache;
  readonly #turn: Turn;
  #inTransaction = false;

  constructor(writer: StatementCache, reader: StatementCache, turn: Turn) {
    this.#writer = writer;
    this.#reader = reader;
    this.#turn = turn;
  }

  async begin(): Promise<void> {
    await this.#turn.take();
    try {
      this.#writer.run('begin immediate', []);
      this.#inTransaction = true;
    } catch (error) {
      this.#turn.pass();
      throw error;
    }
  }

  end(command: 'commit' | 'rollback'): void {
    if (command === 'rollback' && !this.#writer.connection.inTransaction) {
      // SQLite has rolled back by itself, as it does when the disk is full.
      this.#leave();
      return;
    }
    this.#writer.run(command, []);
    this.#leave();
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#inTransaction) return this.#writer.run<Row>(query.sql, query.parameters);
    if (isRead(query)) return this.#reader.run<Row>(query.sql, query.parameters);
    await this.#turn.take();
    try {
      return this.#writer.run<Row>(query.sql, query.parameters);
    } finally {
      this.#turn.pass();
    }
  }

  async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    yield await this.executeQuery<Row>(query);
  }

  #leave(): void {
    this.#inTransaction = false;
    this.#turn.pass();
  }
}

type Statement = ReturnType<typeof prepareAny>;

function prepareAny(connection: Connection, sql: string) {
  return connection.prepare<unknown[]>(sql);
}

/** Prepared statements by their text: preparing costs more than most of the queries. */
class StatementCache {
  static readonly capacity = 500;
  readonly connection: Connection;
  readonly #statements = new Map<string, Statement>();

  constructor(connection: Connection) {
    this.connection = connection;
  }

  run<Row>(sql: string, parameters: readonly unknown[]): QueryResult<Row> {
    const statement = this.#prepare(sql);
    if (statement.reader) return { rows: statement.all(parameters) as Row[] };
    const { changes, lastInsertRowid } = statement.run(parameters);
    return {
      insertId: BigInt(lastInsertRowid),
      numAffectedRows: BigInt(changes),
      rows: [],
    };
  }

  #prepare(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = prepareAny(this.connection, sql);
    if (this.#statements.size >= StatementCache.capacity) this.#statements.clear();
    this.#statements.set(sql, statement);
    return statement;
  }
}

function isRead({ query, sql }: CompiledQuery): boolean {
  return SelectQueryNode.is(query) || (RawNode.is(query) && sql.startsWith('select'));
}

/** First come, first served access to the writing connection. */
class Turn {
  #taken = false;
  readonly #waiting: (() => void)[] = [];

  async take(): Promise<void> {
    if (!this.#taken) {
      this.#taken = true;
      return;
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  pass(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#taken = false;
  }
}
