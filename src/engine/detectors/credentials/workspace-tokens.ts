import type { Detector } from '../../detector.ts';
import { keyedToken } from './keyed-token.ts';
import { prefixToken } from './prefix-token.ts';

const onePassword = '1Password: Secret Key, service accounts';
const adobe = 'Adobe: Developer console credentials';
const airtable = 'Airtable: API keys and personal access tokens';
const asana = 'Asana: OAuth applications';
const atlassian = 'Atlassian: API tokens';
const linear = 'Linear: API and OAuth keys';
const intra42 = '42: Intra API applications';

/** Tokens of services that teams work, plan, design and sign in with. */
export const workspaceTokens: readonly Detector[] = [
  prefixToken({
    id: 'onepassword_secret_key',
    source: onePassword,
    formats: [
      'A3-{upnum 6}-{upnum 11}-{upnum 5}-{upnum 5}-{upnum 5}',
      'A3-{upnum 6}-{upnum 6}-{upnum 5}-{upnum 5}-{upnum 5}-{upnum 5}',
    ],
    weight: 0.9,
    minEntropy: 3,
  }),
  prefixToken({
    id: 'onepassword_service_account_token',
    source: onePassword,
    formats: ['ops_eyJ{base64 250-}{= 0-3}'],
    weight: 0.9,
    minEntropy: 4,
  }),
  keyedToken({
    id: 'adafruit_api_key',
    source: 'Adafruit IO: API keys',
    keywords: ['adafruit', 'aio'],
    formats: ['{url 32}', 'aio_{alnum 28}'],
  }),
  keyedToken({
    id: 'adobe_client_id',
    source: adobe,
    keywords: ['adobe'],
    formats: ['{hex 32}'],
    identifier: true,
  }),
  prefixToken({ id: 'adobe_client_secret', source: adobe, formats: ['p8e-{url 32}'] }),
  keyedToken({
    id: 'airtable_api_key',
    source: airtable,
    keywords: ['airtable'],
    formats: ['{alnum 17}'],
  }),
  prefixToken({
    id: 'airtable_personal_access_token',
    source: airtable,
    formats: ['pat{alnum 14}.{hex 64}'],
  }),
  keyedToken({
    id: 'algolia_api_key',
    source: 'Algolia: API keys',
    keywords: ['algolia'],
    formats: ['{lownum 32}'],
    weight: 0.5,
  }),
  keyedToken({
    id: 'asana_client_id',
    source: asana,
    keywords: ['asana'],
    formats: ['{digit 16}'],
    identifier: true,
    minEntropy: 2,
  }),
  keyedToken({
    id: 'asana_client_secret',
    source: asana,
    keywords: ['asana'],
    formats: ['{alnum 32}'],
  }),
  keyedToken({
    id: 'atlassian_api_token',
    source: atlassian,
    keywords: ['atlassian', 'confluence', 'jira'],
    formats: ['{alnum 24}'],
    minEntropy: 3.2,
  }),
  prefixToken({
    id: 'atlassian_api_token_v3',
    source: atlassian,
    formats: ['ATATT3{urleq 150-220}', 'ATCTT3{urleq 150-220}'],
    base: 0.95,
  }),
  prefixToken({
    id: 'authress_service_client_access_key',
    source: 'Authress: Service clients',
    formats: ['sc', 'ext', 'scauth', 'authress'].flatMap((head) => [
      `${head}_{alnum 5-30}.{alnum 4-6}.acc_{lownum 10-32}.{krakenkey 30-120}`,
      `${head}_{alnum 5-30}.{alnum 4-6}.acc-{lownum 10-32}.{krakenkey 30-120}`,
    ]),
  }),
  keyedToken({
    id: 'contentful_delivery_api_token',
    source: 'Contentful: Authentication',
    keywords: ['contentful'],
    formats: ['{urleq 43}'],
    weight: 0.5,
  }),
  prefixToken({
    id: 'figma_pat',
    source: 'Figma: Personal access tokens',
    formats: ['figd_{url 40-44}'],
  }),
  prefixToken({
    id: 'frameio_api_token',
    source: 'Frame.io: Developer tokens',
    formats: ['fio-u-{urleq 64}'],
  }),
  keyedToken({
    id: 'hubspot_api_key',
    source: 'HubSpot: API keys, private apps',
    keywords: ['hubspot', 'hapi'],
    formats: ['{uuid}'],
  }),
  prefixToken({
    id: 'hubspot_private_app_token',
    source: 'HubSpot: API keys, private apps',
    formats: ['pat-na1-{uuid}', 'pat-eu1-{uuid}'],
  }),
  prefixToken({
    id: 'intra42_client_secret',
    source: intra42,
    formats: ['s-s4t2ud-{hex 64}', 's-s4t2af-{hex 64}'],
  }),
  prefixToken({
    id: 'linear_api_key',
    source: linear,
    formats: ['lin_api_{alnum 40}', 'lin_oauth_{alnum 40-64}'],
  }),
  keyedToken({
    id: 'linear_client_secret',
    source: linear,
    keywords: ['linear'],
    formats: ['{hex 32}'],
  }),
  prefixToken({
    id: 'notion_api_token',
    source: 'Notion: Authorization',
    formats: ['ntn_{digit 11}{alnum 35}'],
    minEntropy: 3.5,
  }),
  keyedToken({
    id: 'okta_access_token',
    source: 'Okta: API tokens',
    keywords: ['okta'],
    formats: ['00{urleq 40}'],
    minEntropy: 4,
  }),
  keyedToken({
    id: 'trello_access_token',
    source: 'Trello: REST API authorization',
    keywords: ['trello'],
    formats: ['{url 32}', '{hex 64}'],
  }),
  prefixToken({
    id: 'typeform_api_token',
    source: 'Typeform: Personal access tokens',
    formats: ['tfp_{dotted 59}'],
  }),
];
