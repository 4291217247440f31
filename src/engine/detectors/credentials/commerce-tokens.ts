import type { Detector } from '../../detector.ts';
import { keyedToken } from './keyed-token.ts';
import { prefixToken } from './prefix-token.ts';

const shopify = 'Shopify: Access token formats';
const easypost = 'EasyPost: API keys';
const lob = 'Lob: API keys';

/** Tokens of shops, and of services that ship for them. */
export const commerceTokens: readonly Detector[] = [
  prefixToken({
    id: 'easypost_api_token',
    source: easypost,
    formats: ['EZAK{alnum 54}'],
    strict: true,
  }),
  prefixToken({
    id: 'easypost_test_api_token',
    source: easypost,
    formats: ['EZTK{alnum 54}'],
    weight: 0.3,
    strict: true,
  }),
  prefixToken({
    id: 'shippo_api_token',
    source: 'Shippo: API tokens',
    formats: ['shippo_live_{anyhex 40}', 'shippo_test_{anyhex 40}'],
  }),
  keyedToken({
    id: 'lob_api_key',
    source: lob,
    keywords: ['lob'],
    formats: ['live_{hex 35}', 'test_{hex 35}'],
  }),
  keyedToken({
    id: 'lob_pub_api_key',
    source: lob,
    keywords: ['lob'],
    formats: ['live_pub_{hex 31}', 'test_pub_{hex 31}'],
    identifier: true,
  }),
  prefixToken({ id: 'shopify_access_token', source: shopify, formats: ['shpat_{anyhex 32}'] }),
  prefixToken({
    id: 'shopify_custom_access_token',
    source: shopify,
    formats: ['shpca_{anyhex 32}'],
  }),
  prefixToken({
    id: 'shopify_private_app_access_token',
    source: shopify,
    formats: ['shppa_{anyhex 32}'],
  }),
  prefixToken({ id: 'shopify_shared_secret', source: shopify, formats: ['shpss_{anyhex 32}'] }),
  keyedToken({
    id: 'squarespace_access_token',
    source: 'Squarespace: API keys',
    keywords: ['squarespace'],
    formats: ['{uuid}'],
  }),
  keyedToken({
    id: 'etsy_access_token',
    source: 'Etsy: Authentication, keystrings',
    keywords: ['etsy'],
    formats: ['{lownum 24}'],
    minEntropy: 3,
  }),
  keyedToken({
    id: 'freemius_secret_key',
    source: 'Freemius: SDK integration',
    keywords: ['secret key'],
    formats: ['sk_{freemiuskey 29}'],
    exampleKey: 'secret_key',
    check: (token) =>
      /[^A-Za-z0-9_]/.test(token) ? { validator: 'has a symbol', base: 0.75 } : undefined,
  }),
];
