import { isDigit } from '../../byte-classes.ts';
import { byteAt, type Detector } from '../../detector.ts';
import { infixToken } from './infix-token.ts';
import { keyedToken } from './keyed-token.ts';
import { prefixToken } from './prefix-token.ts';

const facebook = 'Meta: Access tokens, app secrets';
const linkedin = 'LinkedIn: OAuth applications';
const twitter = 'X: OAuth 1.0a and 2.0 keys and tokens';
const dropbox = 'Dropbox: OAuth guide';

/** Tokens of social networks, media and services for the public. */
export const socialTokens: readonly Detector[] = [
  infixToken({
    id: 'facebook_access_token',
    source: facebook,
    formats: ['{digit 15-16}|{url 27-40}'],
    anchors: { signs: [{ sign: '|', before: '0-9' }] },
    leads: [15, 16],
    guard: (window, start) =>
      isDigit(byteAt(window, start - 1)) && isDigit(byteAt(window, start - 15)),
    minEntropy: 3,
  }),
  prefixToken({
    id: 'facebook_page_access_token',
    source: facebook,
    formats: ['EAAM{alnum 100-}', 'EAAC{alnum 100-}'],
    strict: true,
    minEntropy: 4,
  }),
  keyedToken({
    id: 'facebook_secret',
    source: facebook,
    keywords: ['facebook', 'fb_', 'fbapp'],
    formats: ['{hex 32}'],
    minEntropy: 3,
  }),
  keyedToken({
    id: 'linkedin_client_id',
    source: linkedin,
    keywords: ['linkedin', 'linked_in', 'linked-in'],
    formats: ['{lownum 14}'],
    identifier: true,
  }),
  keyedToken({
    id: 'linkedin_client_secret',
    source: linkedin,
    keywords: ['linkedin', 'linked_in', 'linked-in'],
    formats: ['{alnum 16}'],
  }),
  keyedToken({
    id: 'twitter_api_key',
    source: twitter,
    keywords: ['twitter'],
    formats: ['{alnum 25}'],
    weight: 0.4,
  }),
  keyedToken({
    id: 'twitter_api_secret',
    source: twitter,
    keywords: ['twitter'],
    formats: ['{alnum 50}'],
  }),
  keyedToken({
    id: 'twitter_access_secret',
    source: twitter,
    keywords: ['twitter'],
    formats: ['{alnum 45}'],
  }),
  keyedToken({
    id: 'twitter_access_token',
    source: twitter,
    keywords: ['twitter'],
    formats: ['{digit 15-25}-{alnum 20-40}'],
  }),
  prefixToken({
    id: 'twitter_bearer_token',
    source: twitter,
    formats: [`${'A'.repeat(22)}{percent 80-100}`],
    minEntropy: 4,
    strict: true,
  }),
  keyedToken({
    id: 'twitch_api_token',
    source: 'Twitch: Authentication',
    keywords: ['twitch'],
    formats: ['{lownum 30}'],
  }),
  keyedToken({
    id: 'flickr_access_token',
    source: 'Flickr: API keys',
    keywords: ['flickr'],
    formats: ['{alnum 32}'],
    weight: 0.5,
  }),
  keyedToken({
    id: 'nytimes_access_token',
    source: 'The New York Times: Developer network',
    keywords: ['nytimes', 'newyorktimes', 'new_york_times', 'new-york-times'],
    formats: ['{urleq 32}'],
    weight: 0.4,
  }),
  keyedToken({
    id: 'dropbox_api_token',
    source: dropbox,
    keywords: ['dropbox'],
    formats: ['{lownum 15}'],
  }),
  keyedToken({
    id: 'dropbox_long_lived_api_token',
    source: dropbox,
    keywords: ['dropbox'],
    formats: ['{alnum 11}AAAAAAAAAA{urleq 43}'],
  }),
  prefixToken({
    id: 'dropbox_short_lived_api_token',
    source: dropbox,
    formats: ['sl.{urleq 130-}'],
    strict: true,
    minEntropy: 4,
    weight: 0.6,
  }),
  keyedToken({
    id: 'mapbox_public_token',
    source: 'Mapbox: Access tokens',
    keywords: ['mapbox'],
    formats: ['pk.{alnum 60}.{alnum 22}'],
    identifier: true,
  }),
  prefixToken({
    id: 'mapbox_secret_token',
    source: 'Mapbox: Access tokens',
    formats: ['sk.eyJ{url 40-}.{url 22}'],
  }),
];
