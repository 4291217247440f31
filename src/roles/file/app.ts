import type { App } from '../../platform/http/create-app.ts';
import { authenticate } from '../../platform/http/principal.ts';
import type { TokenVerifier } from '../../platform/http/token-verifier.ts';
import type { FileContext } from './file-context.ts';
import { deleteFile, listVersions, rescanFile } from './routes/change-file.ts';
import { listFiles } from './routes/list-files.ts';
import { listFindings } from './routes/list-findings.ts';
import { putFile } from './routes/put-file.ts';
import { readContent, readContentByHash } from './routes/read-content.ts';
import { readFile } from './routes/read-file.ts';
import { readSummary } from './routes/read-summary.ts';
import {
  acceptResults,
  purgeAbandoned,
  readScanSettings,
  sweep,
  takeProgress,
} from './routes/service-routes.ts';
import { uploadFiles } from './routes/upload-files.ts';
import { watchEvents } from './routes/watch-events.ts';
import { UploadSlots } from './upload-slots.ts';

/**
 * Every route of the file role, in order; fixed paths stand before `/{id}`. All of them need an
 * access token: health and documentation are answered before they are reached.
 */
export function addRoutes(
  app: App,
  context: FileContext,
  { verifier, stopping }: { verifier: TokenVerifier; stopping: AbortSignal },
): void {
  const slots = new UploadSlots(context.limits.maxUploadsAtOnce, context.metrics);
  app.use(authenticate(verifier));
  uploadFiles(app, context, slots);
  listFiles(app, context);
  readSummary(app, context);
  watchEvents(app, context, stopping);
  readScanSettings(app, context);
  readContentByHash(app, context);
  acceptResults(app, context);
  takeProgress(app, context);
  sweep(app, context);
  purgeAbandoned(app, context);
  readFile(app, context);
  readContent(app, context);
  listFindings(app, context);
  listVersions(app, context);
  rescanFile(app, context);
  deleteFile(app, context);
  putFile(app, context, slots);
}
