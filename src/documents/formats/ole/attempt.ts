import { type DocumentSink, UnreadableError } from '../../reader.ts';

/** Runs the reading of one part: what is broken in it is missed, and the rest goes on. */
export async function attempt(sink: DocumentSink, read: () => void | Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (error instanceof UnreadableError) throw error;
    sink.miss('corrupt');
  }
}
