import type { Detector } from '../../detector.ts';
import { keyedToken } from './keyed-token.ts';
import { prefixToken } from './prefix-token.ts';

const openai = 'OpenAI: API reference, authentication';
const anthropic = 'Anthropic: API keys, Admin API';
const huggingFace = 'Hugging Face: User access tokens';

/** Tokens of services that run models. */
export const aiTokens: readonly Detector[] = [
  prefixToken({
    id: 'openai_api_key',
    source: openai,
    formats: [
      'sk-{alnum 20}T3BlbkFJ{alnum 20}',
      ...['proj', 'svcacct', 'admin', 'None'].map((kind) => `sk-${kind}-{url 48-200}`),
    ],
    contains: 'T3BlbkFJ',
    minEntropy: 3,
    base: 0.95,
  }),
  prefixToken({
    id: 'anthropic_api_key',
    source: anthropic,
    formats: ['sk-ant-api03-{url 93}AA', 'sk-ant-api03-{url 80-120}'],
  }),
  prefixToken({
    id: 'anthropic_admin_api_key',
    source: anthropic,
    formats: ['sk-ant-admin01-{url 95}', 'sk-ant-oat01-{url 80-120}'],
  }),
  keyedToken({
    id: 'cohere_api_token',
    source: 'Cohere: API keys',
    keywords: ['cohere', 'co_api'],
    formats: ['{alnum 40}'],
    minEntropy: 3.8,
  }),
  prefixToken({
    id: 'groq_api_key',
    source: 'Groq: API keys',
    formats: ['gsk_{alnum 52}'],
  }),
  prefixToken({
    id: 'huggingface_access_token',
    source: huggingFace,
    formats: ['hf_{letter 34}', 'hf_{alnum 34}'],
    minEntropy: 3,
  }),
  prefixToken({
    id: 'huggingface_organization_api_token',
    source: huggingFace,
    formats: ['api_org_{letter 34}'],
    minEntropy: 3,
  }),
  prefixToken({
    id: 'perplexity_api_key',
    source: 'Perplexity: API keys',
    formats: ['pplx-{alnum 48}'],
    minEntropy: 3,
  }),
  keyedToken({
    id: 'privateai_api_token',
    source: 'Private AI: API keys',
    keywords: ['privateai', 'private ai'],
    formats: ['{lownum 32}'],
    minEntropy: 3,
  }),
  prefixToken({
    id: 'replicate_api_token',
    source: 'Replicate: API tokens',
    formats: ['r8_{alnum 37}'],
  }),
  prefixToken({ id: 'xai_api_key', source: 'xAI: API keys', formats: ['xai-{alnum 80}'] }),
  keyedToken({
    id: 'rapidapi_access_token',
    source: 'RapidAPI: Authentication',
    keywords: ['rapidapi', 'rapid api'],
    formats: ['{url 50}'],
  }),
];
