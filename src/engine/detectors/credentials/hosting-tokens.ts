import type { Detector } from '../../detector.ts';
import { keyedToken } from './keyed-token.ts';
import { prefixToken } from './prefix-token.ts';

const cloudflare = 'Cloudflare: API tokens and keys';
const digitalOcean = 'DigitalOcean: Token scanning, token prefixes';
const flyio = 'Fly.io: Access tokens';
const heroku = 'Heroku: OAuth tokens';
const planetscale = 'PlanetScale: Service tokens and passwords';
const scalingo = 'Scalingo: API tokens';

/** Tokens of services that host, deliver or connect applications. */
export const hostingTokens: readonly Detector[] = [
  keyedToken({
    id: 'cloudflare_api_key',
    source: cloudflare,
    keywords: ['cloudflare', 'cf_api', 'cf-api'],
    formats: ['{url 40}'],
  }),
  keyedToken({
    id: 'cloudflare_global_api_key',
    source: cloudflare,
    keywords: ['cloudflare', 'cf_api', 'cf-api'],
    formats: ['{hex 37}'],
    weight: 0.9,
  }),
  prefixToken({
    id: 'cloudflare_origin_ca_key',
    source: cloudflare,
    formats: ['v1.0-{hex 24}-{hex 146}'],
  }),
  prefixToken({
    id: 'cloudflare_token',
    source: cloudflare,
    formats: ['cfat_{alnum 40}{hex 8}', 'cfut_{alnum 40}{hex 8}', 'cfk_{alnum 40}{hex 8}'],
  }),
  prefixToken({ id: 'digitalocean_pat', source: digitalOcean, formats: ['dop_v1_{hex 64}'] }),
  prefixToken({
    id: 'digitalocean_access_token',
    source: digitalOcean,
    formats: ['doo_v1_{hex 64}'],
  }),
  prefixToken({
    id: 'digitalocean_refresh_token',
    source: digitalOcean,
    formats: ['dor_v1_{hex 64}'],
  }),
  prefixToken({
    id: 'docker_pat',
    source: 'Docker: Personal access tokens, organization access tokens',
    formats: ['dckr_pat_{url 27}', 'dckr_oat_{url 32}'],
  }),
  keyedToken({
    id: 'fastly_api_token',
    source: 'Fastly: Using API tokens',
    keywords: ['fastly'],
    formats: ['{urleq 32}'],
  }),
  prefixToken({
    id: 'flyio_access_token',
    source: flyio,
    formats: [
      'fo1_{url 43}',
      'fm1a_{base64 100-}{= 0-3}',
      'fm1r_{base64 100-}{= 0-3}',
      'fm2_{base64 100-}{= 0-3}',
    ],
  }),
  keyedToken({
    id: 'heroku_api_key',
    source: heroku,
    keywords: ['heroku'],
    formats: ['{uuid}'],
  }),
  prefixToken({ id: 'heroku_api_key_v2', source: heroku, formats: ['HRKU-AA{url 58}'] }),
  keyedToken({
    id: 'netlify_access_token',
    source: 'Netlify: Personal access tokens',
    keywords: ['netlify'],
    formats: ['{urleq 40-46}'],
  }),
  prefixToken({
    id: 'netlify_pat',
    source: 'Netlify: Personal access tokens',
    formats: ['nfp_{alnum 36}'],
  }),
  prefixToken({
    id: 'openshift_user_token',
    source: 'OpenShift: OAuth access tokens',
    formats: ['sha256~{url 43}'],
    minEntropy: 3.5,
  }),
  prefixToken({
    id: 'planetscale_password',
    source: planetscale,
    formats: ['pscale_pw_{dotted 32-64}'],
  }),
  prefixToken({
    id: 'planetscale_api_token',
    source: planetscale,
    formats: ['pscale_tkn_{dotted 32-64}'],
  }),
  prefixToken({
    id: 'planetscale_oauth_token',
    source: planetscale,
    formats: ['pscale_oauth_{dotted 32-64}'],
  }),
  prefixToken({
    id: 'scalingo_api_token',
    source: scalingo,
    formats: ['tk-us-{url 48}'],
  }),
  prefixToken({
    id: 'tailscale_key',
    source: 'Tailscale: Key prefixes',
    formats: ['api', 'auth', 'client', 'scim', 'webhook'].map(
      (kind) => `tskey-${kind}-{alnum 8-32}-{alnum 20-48}`,
    ),
    minEntropy: 0,
  }),
  prefixToken({
    id: 'vercel_token',
    source: 'Vercel: Token formats',
    formats: ['vcp', 'vci', 'vca', 'vcr', 'vck'].map((head) => `${head}_{alnum 24-64}`),
  }),
  prefixToken({
    id: 'defined_networking_api_token',
    source: 'Defined Networking: API keys',
    formats: ['dnkey-{urleq 26}-{urleq 52}'],
  }),
  keyedToken({
    id: 'cisco_meraki_api_key',
    source: 'Cisco Meraki: Dashboard API, authorization',
    keywords: ['meraki'],
    formats: ['{hex 40}'],
    minEntropy: 3,
  }),
  prefixToken({
    id: 'databricks_api_token',
    source: 'Databricks: Personal access tokens',
    formats: ['dapi{hex 32}-{digit 1}', 'dapi{hex 32}'],
    minEntropy: 3,
  }),
  keyedToken({
    id: 'confluent_access_token',
    source: 'Confluent Cloud: API keys',
    keywords: ['confluent'],
    formats: ['{alnum 16}'],
    weight: 0.4,
  }),
  keyedToken({
    id: 'confluent_secret_key',
    source: 'Confluent Cloud: API keys',
    keywords: ['confluent'],
    formats: ['{alnum 64}'],
  }),
  prefixToken({
    id: 'supabase_token',
    source: 'Supabase: API keys, access tokens',
    formats: ['sbp_{hex 40}', 'sb_secret_{url 22}_{url 8}'],
  }),
];
