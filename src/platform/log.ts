import { type Logger, pino, stdTimeFunctions } from 'pino';

export type Log = Logger;

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Field names that never reach the log in the clear, at the top or one level down. */
const secretFields = [
  'password',
  'new_password',
  'current_password',
  'token',
  'access_token',
  'refresh_token',
  'client_secret',
  'secret',
  'authorization',
  'cookie',
  'email',
  'username',
  'filename',
  'excerpt',
];

/** A JSON-lines logger on standard output whose every line carries the role's name. */
export function createLog(role: string, level: LogLevel): Log {
  return pino({
    level,
    base: { role },
    messageKey: 'message',
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: secretFields.flatMap((field) => [field, `*.${field}`]),
      censor: '[redacted]',
    },
    serializers: { err: describeError },
  });
}

/** What of an error may be logged: its name, message, stack and cause, none of its other fields. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: 'a value that is no error was thrown' };
  const described: Record<string, unknown> = {
    name: error.name,
    message: error.message,
    stack: error.stack,
  };
  if ('code' in error && typeof error.code === 'string') described['code'] = error.code;
  if (error.cause instanceof Error) described['cause'] = error.cause.message;
  return described;
}
