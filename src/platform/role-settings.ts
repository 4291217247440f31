import type { LogLevel } from './log.ts';

/** What every role that serves HTTP is started with; the command line fills it in. */
export interface ServerSettings {
  host: string;
  port: number;
  logLevel: LogLevel;
  maxConnections: number;
  idleTimeoutSeconds: number;
  /** Path of the role's SQLite database. */
  database: string;
  version: string;
}

/** How a role that checks access tokens recognises them. */
export interface TokenSettings {
  issuer: string;
  audience: string;
  /** Where auth is reached, without a path, e.g. `http://localhost:8000`. */
  authUrl: string;
}
