import type { Detector } from '../../detector.ts';
import { infixToken } from './infix-token.ts';
import { keyedToken } from './keyed-token.ts';
import { prefixToken } from './prefix-token.ts';

const newRelic = 'New Relic: API keys';
const sentry = 'Sentry: Auth tokens';
const grafana = 'Grafana: Service accounts, Cloud access policies';
const sumo = 'Sumo Logic: Access keys';

/** Tokens of services that watch systems or keep their data. */
export const monitoringTokens: readonly Detector[] = [
  keyedToken({
    id: 'datadog_access_token',
    source: 'Datadog: API and application keys',
    keywords: ['datadog', 'dd_app', 'dd-app'],
    formats: ['{alnum 40}'],
  }),
  keyedToken({
    id: 'datadog_api_key',
    source: 'Datadog: API and application keys',
    keywords: ['datadog', 'dd_api', 'dd-api'],
    formats: ['{hex 32}'],
    key: /key|token|secret/i,
  }),
  prefixToken({
    id: 'dynatrace_api_token',
    source: 'Dynatrace: Access tokens',
    formats: ['dt0c01.{alnum 24}.{alnum 64}', 'dt0s16.{alnum 24}.{alnum 64}'],
    minEntropy: 3.5,
  }),
  prefixToken({
    id: 'grafana_api_key',
    source: grafana,
    formats: ['eyJrIjoi{alnum 70-400}{= 0-3}'],
    specificity: 91,
  }),
  prefixToken({
    id: 'grafana_cloud_api_token',
    source: grafana,
    formats: ['glc_{base64 32-400}{= 0-3}'],
  }),
  prefixToken({
    id: 'grafana_service_account_token',
    source: grafana,
    formats: ['glsa_{alnum 32}_{anyhex 8}'],
  }),
  prefixToken({ id: 'newrelic_user_api_key', source: newRelic, formats: ['NRAK-{alnum 27}'] }),
  prefixToken({ id: 'newrelic_insert_key', source: newRelic, formats: ['NRII-{url 32}'] }),
  prefixToken({
    id: 'newrelic_browser_api_token',
    source: newRelic,
    formats: ['NRJS-{hex 19}'],
    weight: 0.3,
  }),
  keyedToken({
    id: 'newrelic_user_api_id',
    source: newRelic,
    keywords: ['newrelic', 'new_relic', 'new-relic'],
    formats: ['{alnum 64}'],
    weight: 0.3,
  }),
  keyedToken({
    id: 'newrelic_license_key',
    source: newRelic,
    keywords: ['newrelic', 'new_relic', 'new-relic'],
    formats: ['{hex 36}NRAL', '{hex 40}'],
  }),
  keyedToken({
    id: 'sentry_access_token',
    source: sentry,
    keywords: ['sentry'],
    formats: ['{hex 64}'],
    minEntropy: 3,
  }),
  prefixToken({
    id: 'sentry_org_token',
    source: sentry,
    formats: ['sntrys_eyJ{base64 40-}{= 0-2}_{base64 20-86}{= 0-2}'],
  }),
  prefixToken({
    id: 'sentry_user_token',
    source: sentry,
    formats: ['sntryu_{hex 64}', 'sntryi_{hex 64}'],
  }),
  keyedToken({
    id: 'sumologic_access_id',
    source: sumo,
    keywords: ['sumo'],
    formats: ['su{alnum 12}'],
    identifier: true,
    minEntropy: 3,
  }),
  keyedToken({
    id: 'sumologic_access_token',
    source: sumo,
    keywords: ['sumo'],
    formats: ['{alnum 64}'],
    key: /sumo(?:logic|[_.-]|t|$|key|acc)/i,
    minEntropy: 3,
  }),
  infixToken({
    id: 'clickhouse_cloud_api_secret_key',
    source: 'ClickHouse Cloud: API keys',
    formats: ['4b1d{alnum 38}'],
    anchors: { forms: [{ form: '9A9AN{38}', isStart: true, behind: 'token' }] },
    leads: [0],
    minEntropy: 3.5,
  }),
  keyedToken({
    id: 'looker_client_id',
    source: 'Looker: API credentials',
    keywords: ['looker'],
    formats: ['{alnum 20}'],
    identifier: true,
  }),
  keyedToken({
    id: 'looker_client_secret',
    source: 'Looker: API credentials',
    keywords: ['looker'],
    formats: ['{alnum 24}'],
  }),
  infixToken({
    id: 'maxmind_license_key',
    source: 'MaxMind: License keys',
    formats: ['{alnum 6}_{alnum 29}_mmk'],
    anchors: { words: ['mmk'] },
    leads: [37],
    minEntropy: 3.5,
  }),
];
