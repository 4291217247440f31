import type { Reader } from '../reader.ts';
import { readMailMessage } from './mail-message.ts';

/** Mail as it is sent and saved (`.eml`): RFC 5322 with MIME. */
export const readMail: Reader = (source, sink, { budget }) =>
  readMailMessage(source.stream(), sink, { budget });
