import { Agent as HttpAgent, get as httpGet, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, get as httpsGet } from 'node:https';
import { defaultLimits } from '../../documents/read-budget.ts';
import { type DocumentReport, scanDocument } from '../../documents/scan-document.ts';
import { defaultPolicy } from '../../engine/policy.ts';
import { createScan } from '../../engine/scan-text.ts';
import { markTaken, type ThreadTask } from '../../platform/thread-task.ts';
import { readSharedPolicy, type SharedPolicy } from './shared-policy.ts';

/** A scan as it is handed to a thread; everything in it can be cloned. */
export interface ScanRequest {
  contentUrl: string;
  token: string;
  /** In bytes, as the file role knows it. */
  size: number;
  policy: SharedPolicy;
  fingerprintKey: Uint8Array;
  /** What its pictures may take, where the policy has them read. */
  pictureMilliseconds: number;
  /** One 64-bit number of bytes read so far, shared with the main thread. */
  progress: SharedArrayBuffer;
}

/** `unreachable`: the content could not be read this time. `gone`: there is no such content. */
export type ScanAnswer =
  | { outcome: 'scanned'; document: DocumentReport }
  | { outcome: 'unreachable'; status: number }
  | { outcome: 'gone' };

const agents = {
  http: new HttpAgent({ keepAlive: true, maxSockets: 4 }),
  https: new HttpsAgent({ keepAlive: true, maxSockets: 4 }),
};

const idleMilliseconds = 30_000;

class Unreachable extends Error {}

/** Streams one content from the file role through the scanner; runs on a thread of its own. */
export async function scanContent(request: ThreadTask<ScanRequest>): Promise<ScanAnswer> {
  markTaken(request);
  const { fingerprintKey, size } = request;
  const policy = readSharedPolicy(request.policy);
  const progress = new BigInt64Array(request.progress);
  let response: IncomingMessage;
  try {
    response = await open(request);
  } catch {
    return { outcome: 'unreachable', status: 0 };
  }
  if (response.statusCode !== 200) {
    response.resume();
    if (response.statusCode === 404) return { outcome: 'gone' };
    return { outcome: 'unreachable', status: response.statusCode ?? 0 };
  }
  try {
    const document = await scanDocument(whole(response, size), {
      policy,
      fingerprintKey,
      limits: { ...defaultLimits, pictureTime: request.pictureMilliseconds },
      onProgress: (bytesRead) => Atomics.store(progress, 0, BigInt(bytesRead)),
    });
    return { outcome: 'scanned', document };
  } catch (error) {
    if (error instanceof Unreachable) return { outcome: 'unreachable', status: 200 };
    throw error;
  }
}

/** Makes the tables that every scan under the default policy needs. */
export function warm(): void {
  createScan({ policy: defaultPolicy, fingerprintKey: new Uint8Array(32) }).finish();
}

/** The thread's entry point. */
export default scanContent;

function open(request: ScanRequest): Promise<IncomingMessage> {
  const isSecure = request.contentUrl.startsWith('https:');
  const options = {
    agent: isSecure ? agents.https : agents.http,
    headers: { Authorization: `Bearer ${request.token}` },
    timeout: idleMilliseconds,
  };
  return new Promise((resolve, reject) => {
    const get = isSecure ? httpsGet : httpGet;
    const sent = get(request.contentUrl, options, resolve);
    sent.on('error', reject);
    sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
  });
}

/** The body, or an error when it broke off: half a content must not look like a whole one. */
async function* whole(response: IncomingMessage, size: number): AsyncIterable<Uint8Array> {
  let read = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      read += chunk.length;
      yield chunk;
    }
  } catch (error) {
    throw new Unreachable('the content broke off', { cause: error });
  }
  if (read !== size) throw new Unreachable('the content broke off');
}
