import type { App } from '../../platform/http/create-app.ts';
import { authenticate } from '../../platform/http/principal.ts';
import type { TokenVerifier } from '../../platform/http/token-verifier.ts';
import type { FileContext } from './file-context.ts';
import { acceptResults } from './routes/accept-results.ts';
import { changePolicy } from './routes/change-policy.ts';
import { deleteFile } from './routes/delete-file.ts';
import { listFiles } from './routes/list-files.ts';
import { listFindings } from './routes/list-findings.ts';
import { listPolicyVersions } from './routes/list-policy-versions.ts';
import { listVersions } from './routes/list-versions.ts';
import { purgeAbandoned } from './routes/purge-abandoned.ts';
import { putFile } from './routes/put-file.ts';
import { readContent, readContentByHash } from './routes/read-content.ts';
import { readFile } from './routes/read-file.ts';
import { readPolicy, readPolicyVersion } from './routes/read-policy.ts';
import { readScanSettings } from './routes/read-scan-settings.ts';
import { readSummary } from './routes/read-summary.ts';
import { redirectToDocs } from './routes/redirect-to-docs.ts';
import { rescanFile } from './routes/rescan-file.ts';
import { sweepStale } from './routes/sweep-stale.ts';
import { takeProgress } from './routes/take-progress.ts';
import { tryPolicy } from './routes/try-policy.ts';
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
  redirectToDocs(app);
  app.use(authenticate(verifier));
  uploadFiles(app, context, slots); //       POST   /upload
  listFiles(app, context); //                GET    /
  readSummary(app, context); //              GET    /summary
  watchEvents(app, context, stopping); //    GET    /events
  readPolicy(app, context); //               GET    /policy
  changePolicy(app, context); //             PUT    /policy
  listPolicyVersions(app, context); //       GET    /policy/versions
  readPolicyVersion(app, context); //        GET    /policy/versions/{version}
  tryPolicy(app, context); //                POST   /policy/test
  readScanSettings(app, context); //         GET    /scan-settings
  readContentByHash(app, context); //        GET    /contents/{sha256}
  acceptResults(app, context); //            POST   /results
  takeProgress(app, context); //             POST   /progress
  sweepStale(app, context); //               POST   /sweep
  purgeAbandoned(app, context); //           POST   /purge
  readFile(app, context); //                 GET    /{id}
  readContent(app, context); //              GET    /{id}/content
  listFindings(app, context); //             GET    /{id}/findings
  listVersions(app, context); //             GET    /{id}/versions
  rescanFile(app, context); //               POST   /{id}/rescan
  deleteFile(app, context); //               DELETE /{id}
  putFile(app, context, slots); //           PUT    /{name}
}
