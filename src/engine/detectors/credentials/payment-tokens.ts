import type { Detector } from '../../detector.ts';
import { keyedToken } from './keyed-token.ts';
import { prefixToken } from './prefix-token.ts';

const stripe = 'Stripe: API keys';
const square = 'Square: Access tokens, application secrets';
const plaid = 'Plaid: API keys and access tokens';
const flutterwave = 'Flutterwave: API keys';
const kucoin = 'KuCoin: API authentication';
const finicity = 'Finicity: Partner authentication';

/** Tokens of payment, banking and trading services. */
export const paymentTokens: readonly Detector[] = [
  prefixToken({
    id: 'stripe_access_token',
    source: stripe,
    formats: ['sk_live_', 'sk_prod_', 'rk_live_', 'rk_prod_'].map(
      (head) => `${head}{alnum 24-247}`,
    ),
    weight: 0.9,
    minEntropy: 0,
    misses: ['sk_live_short'],
  }),
  prefixToken({
    id: 'stripe_test_token',
    source: stripe,
    formats: ['sk_test_', 'rk_test_'].map((head) => `${head}{alnum 24-247}`),
    weight: 0.3,
    minEntropy: 0,
    published: { [`sk_test_${'4eC39HqLyjWDarjtT1zdp7dc'}`]: 'Stripe documentation' },
    misses: [`sk_test_${'4eC39HqLyjWDarjtT1zdp7dc'}`],
  }),
  prefixToken({
    id: 'stripe_webhook_secret',
    source: 'Stripe: Webhook signatures',
    formats: ['whsec_{base64 32-64}{= 0-2}'],
    weight: 0.5,
  }),
  prefixToken({
    id: 'square_access_token',
    source: square,
    formats: ['EAAA{url 22-60}', 'sq0atp-{url 22-60}'],
    strict: true,
    minEntropy: 3.5,
    check: (token) =>
      token.startsWith('sq0') || /\d/.test(token)
        ? { validator: 'has a digit', base: 0.8 }
        : undefined,
  }),
  prefixToken({ id: 'square_secret', source: square, formats: ['sq0csp-{url 43}'] }),
  prefixToken({
    id: 'plaid_api_token',
    source: plaid,
    formats: ['sandbox', 'development', 'production'].map((stage) => `access-${stage}-{uuid}`),
  }),
  keyedToken({
    id: 'plaid_client_id',
    source: plaid,
    keywords: ['plaid'],
    formats: ['{alnum 24}'],
    identifier: true,
    minEntropy: 3,
  }),
  keyedToken({
    id: 'plaid_secret_key',
    source: plaid,
    keywords: ['plaid'],
    formats: ['{alnum 30}'],
    minEntropy: 3,
  }),
  prefixToken({
    id: 'flutterwave_public_key',
    source: flutterwave,
    formats: ['FLWPUBK_TEST-{alnum 32}-X', 'FLWPUBK-{alnum 32}-X'],
    identifier: true,
  }),
  prefixToken({
    id: 'flutterwave_secret_key',
    source: flutterwave,
    formats: ['FLWSECK_TEST-{alnum 32}-X', 'FLWSECK-{alnum 32}-X'],
  }),
  prefixToken({
    id: 'flutterwave_encryption_key',
    source: flutterwave,
    formats: ['FLWSECK_TEST-{alnum 12}', 'FLWSECK_TEST{alnum 12}'],
  }),
  keyedToken({
    id: 'gocardless_api_token',
    source: 'GoCardless: Access tokens',
    keywords: ['gocardless'],
    formats: ['live_{urleq 40}', 'sandbox_{urleq 40}'],
  }),
  prefixToken({
    id: 'duffel_api_token',
    source: 'Duffel: Access tokens',
    formats: ['duffel_live_{urleq 43}', 'duffel_test_{urleq 43}'],
  }),
  keyedToken({
    id: 'coinbase_access_token',
    source: 'Coinbase: API keys',
    keywords: ['coinbase'],
    formats: ['{url 64}'],
  }),
  keyedToken({
    id: 'kraken_access_token',
    source: 'Kraken: API keys',
    keywords: ['kraken'],
    formats: ['{krakenkey 80-90}'],
    weight: 0.9,
  }),
  keyedToken({
    id: 'kucoin_access_token',
    source: kucoin,
    keywords: ['kucoin'],
    formats: ['{hex 24}'],
  }),
  keyedToken({
    id: 'kucoin_secret_key',
    source: kucoin,
    keywords: ['kucoin'],
    formats: ['{uuid}'],
    weight: 0.9,
  }),
  keyedToken({
    id: 'bittrex_access_key',
    source: 'Bittrex: API keys and secrets',
    keywords: ['bittrex'],
    formats: ['{alnum 32}'],
  }),
  keyedToken({
    id: 'finicity_client_secret',
    source: finicity,
    keywords: ['finicity'],
    formats: ['{alnum 20}'],
  }),
  keyedToken({
    id: 'finicity_api_token',
    source: finicity,
    keywords: ['finicity'],
    formats: ['{hex 32}'],
  }),
  keyedToken({
    id: 'finnhub_access_token',
    source: 'Finnhub: Authentication',
    keywords: ['finnhub'],
    formats: ['{alnum 20}'],
    weight: 0.5,
  }),
  keyedToken({
    id: 'freshbooks_access_token',
    source: 'FreshBooks: Authentication',
    keywords: ['freshbooks'],
    formats: ['{alnum 64}'],
  }),
];
