import { openBroker } from '../../broker/open-broker.ts';
import { engineVersion } from '../../engine/version.ts';
import { openDatabase } from '../../platform/database/open-database.ts';
import { exchangeToken } from '../../platform/http/exchange-token.ts';
import { Cursors } from '../../platform/http/list-page.ts';
import { loadJwks } from '../../platform/http/load-jwks.ts';
import { ServiceClient } from '../../platform/http/service-client.ts';
import { TokenVerifier } from '../../platform/http/token-verifier.ts';
import type { ServerSettings, TokenSettings } from '../../platform/role-settings.ts';
import { type RoleBase, type RoleParts, runRole } from '../../platform/run-role.ts';
import { addRoutes } from './app.ts';
import { ContentFolder } from './content/content-folder.ts';
import { EventHub } from './event-hub.ts';
import type { FileContext, FileLimits, RescoreContext } from './file-context.ts';
import { createFileMetrics } from './file-metrics.ts';
import { migrations } from './migrations/migrations.ts';
import { PolicyInForce } from './policy-in-force.ts';
import { Publisher } from './publisher.ts';
import { Rescorer } from './rescorer.ts';
import { Revisions } from './revisions.ts';
import { checkDatabase, readInstallation } from './store/installation.ts';
import type { FileSchema } from './store/schema.ts';
import { Usernames } from './usernames.ts';

export interface FileSettings extends ServerSettings, TokenSettings {
  /** Folder of the contents. */
  content: string;
  broker: string;
  clientId: string;
  clientSecret: string;
  limits: FileLimits;
}

/**
 * The file role: what we hold. Uploads, content, scores, findings and the sweep that keeps them
 * current. Scans happen in the worker role; the queue lives in the beat role.
 */
export function runFile(settings: FileSettings): Promise<void> {
  return runRole('file', settings, (base) => createFile(settings, base));
}

/** The role without its port. */
export async function createFile(settings: FileSettings, base: RoleBase): Promise<RoleParts> {
  const { log } = base;
  const store = openDatabase<FileSchema>(settings.database, migrations, { erasesDeleted: true });
  const content = new ContentFolder(settings.content);
  const installation = await readInstallation(store);
  const policies = new PolicyInForce(store, engineVersion);
  await policies.refresh();
  const client = new ServiceClient(settings);
  const broker = openBroker(settings.broker, client);
  const metrics = createFileMetrics(base.metrics);
  const publisher = new Publisher({ store, broker, metrics, log });
  const verifier = new TokenVerifier({
    issuer: settings.issuer,
    audience: settings.audience,
    loadKeys: () => loadJwks(settings.authUrl),
    exchange: (token) => exchangeToken(settings.authUrl, token),
  });
  const shared: RescoreContext = {
    store,
    limits: settings.limits,
    policies,
    engineVersion,
    revisions: new Revisions(),
    fingerprintKey: installation.fingerprint_key,
    events: new EventHub(store),
    wakePublisher: () => publisher.wake(),
    metrics,
    log,
  };
  const rescorer = new Rescorer(shared);
  const context: FileContext = {
    ...shared,
    content,
    get policy() {
      return policies.policy;
    },
    get revision() {
      return policies.revision;
    },
    rescorer,
    cursors: new Cursors(installation.cursor_key),
    usernames: new Usernames(store, { client, authUrl: settings.authUrl, log }),
  };
  const stopping = new AbortController();
  return {
    description: 'Files, their scores, findings and content.',
    routes: (app) => addRoutes(app, context, { verifier, stopping: stopping.signal }),
    checks: {
      database: () => checkDatabase(store),
      content: () => content.check(),
      keys: () => verifier.checkKeys(),
      broker: () => broker.check(),
    },
    started: () => publisher.start(),
    beforeStop: [{ name: 'event streams', stop: () => stopping.abort() }],
    afterStop: [
      { name: 're-scoring', stop: () => rescorer.stop() },
      { name: 'publisher', stop: () => publisher.stop() },
      { name: 'broker', stop: () => broker.close() },
      { name: 'database', stop: () => store.close() },
    ],
  };
}
