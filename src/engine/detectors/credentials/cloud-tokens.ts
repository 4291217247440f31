import type { Detector } from '../../detector.ts';
import { infixToken } from './infix-token.ts';
import { keyedToken } from './keyed-token.ts';
import { prefixToken } from './prefix-token.ts';

const aws = 'AWS IAM User Guide: unique identifier prefixes';
const bedrock = 'Amazon Bedrock User Guide: API keys';
const azure = 'Microsoft Entra: application credentials';
const google = 'Google Cloud: API keys, OAuth 2.0 client credentials';
const alibaba = 'Alibaba Cloud: AccessKey pairs';
const yandex = 'Yandex Cloud: API keys, IAM tokens, static access keys';
const ibm = 'IBM Cloud: API keys, Object Storage HMAC credentials, Cloudant';

/** Keys of the large cloud platforms. */
export const cloudTokens: readonly Detector[] = [
  prefixToken({
    id: 'aws_access_key',
    source: aws,
    formats: ['AKIA', 'ASIA', 'ABIA', 'ACCA'].map((head) => `${head}{base32 16}`),
    weight: 0.8,
    minEntropy: 0,
    check: (token) => {
      const isDocumented = token.endsWith('EXAMPLE');
      return { validator: 'shape:passed', base: isDocumented ? 0.45 : 0.9 };
    },
    published: { [`AKIA${'IOSFODNN7EXAMPLE'}`]: 'AWS documentation' },
    misses: [`aws_access_key_id = AKIA${'IOSFODNN7EXAMPLE'}`],
  }),
  keyedToken({
    id: 'aws_secret_access_key',
    source: aws,
    keywords: ['aws', 'secret access key', 'secretaccesskey'],
    formats: ['{base64 40}'],
    key: /secret|access|sk/i,
    exampleKey: 'aws_secret_key',
    minEntropy: 3.8,
    weight: 0.9,
    published: { [`wJalrXUtnFEMI/K7MDENG/${'bPxRfiCYEXAMPLEKEY'}`]: 'AWS documentation' },
  }),
  prefixToken({
    id: 'aws_bedrock_api_key',
    source: bedrock,
    formats: ['ABSKQmVkcm9ja0FQSUtleS1{base64 100-269}{= 0-2}'],
    base: 0.95,
  }),
  prefixToken({
    id: 'aws_bedrock_session_key',
    source: bedrock,
    formats: ['bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t{base64eq 0-}'],
    weight: 0.6,
    minEntropy: 0,
  }),
  infixToken({
    id: 'azure_ad_client_secret',
    source: azure,
    formats: ['{secret 3}{digit 1}Q~{secret 31-34}'],
    anchors: { signs: [{ sign: '~', before: 'Q' }] },
    leads: [5],
    minEntropy: 3,
  }),
  keyedToken({
    id: 'azure_client_id',
    source: azure,
    keywords: ['azure', 'arm_', 'ad_'],
    formats: ['{uuid}'],
    key: /(?:client|app(?:lication)?)[_-]?id$/i,
    exampleKey: 'azure_client_id',
    identifier: true,
  }),
  keyedToken({
    id: 'azure_tenant_id',
    source: azure,
    keywords: ['azure', 'arm_', 'ad_', 'tenant'],
    formats: ['{uuid}'],
    key: /tenant[_-]?id$/i,
    exampleKey: 'azure_tenant_id',
    identifier: true,
  }),
  prefixToken({
    id: 'gcp_api_key',
    source: google,
    formats: ['AIzaSy{url 33}'],
    weight: 0.6,
    minEntropy: 4,
    strict: true,
  }),
  prefixToken({
    id: 'google_oauth_client_secret',
    source: google,
    formats: ['GOCSPX-{url 28}'],
  }),
  prefixToken({
    id: 'google_oauth_access_token',
    source: google,
    formats: ['ya29.{url 40-}'],
    weight: 0.6,
  }),
  prefixToken({
    id: 'alibaba_access_key_id',
    source: alibaba,
    formats: ['LTAI{alnum 20}'],
    weight: 0.3,
    strict: true,
  }),
  keyedToken({
    id: 'alibaba_secret_key',
    source: alibaba,
    keywords: ['alibaba', 'aliyun'],
    formats: ['{alnum 30}'],
  }),
  prefixToken({
    id: 'yandex_api_key',
    source: yandex,
    formats: ['AQVN{url 35-38}'],
    strict: true,
  }),
  prefixToken({
    id: 'yandex_access_token',
    source: yandex,
    formats: ['t1.{url 8-}{= 0-2}.{url 86}{= 0-2}'],
  }),
  keyedToken({
    id: 'yandex_aws_access_token',
    source: yandex,
    keywords: ['yandex', 'yc_'],
    formats: ['YC{url 38}'],
  }),
  keyedToken({
    id: 'ibm_cloud_iam_key',
    source: ibm,
    keywords: [
      'ibm',
      'ibmcloud',
      'cloud iam',
      'iam',
      'cloud api',
      'cloud key',
      'apikey',
      'api key',
    ],
    formats: ['{url 44}'],
    key: /key|pw|pass|pwd|token|secret/i,
  }),
  keyedToken({
    id: 'ibm_cos_hmac',
    source: ibm,
    keywords: ['ibm cos', 'cos', 'coshmac', 'hmac', 'secret access key', 'secret key'],
    formats: ['{hex 48}'],
    key: /secret|key|pw|pass|token/i,
  }),
  keyedToken({
    id: 'ibm_cloudant',
    source: ibm,
    keywords: ['cloudant', 'clou'],
    formats: ['{hex 64}'],
    key: /pw|pass|pwd|key|token|secret/i,
    minEntropy: 2.8,
  }),
  prefixToken({
    id: 'ibm_softlayer_url',
    source: ibm,
    formats: ['api.softlayer.com/soap/v3/{lownum 64}', 'api.softlayer.com/soap/v3.1/{lownum 64}'],
  }),
  keyedToken({
    id: 'ibm_softlayer',
    source: ibm,
    keywords: ['softlayer', 'slapi', 'sl_', 'sl-'],
    formats: ['{lownum 64}'],
    key: /key|pw|pass|pwd|token|secret/i,
  }),
];
