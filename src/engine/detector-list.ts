import type { Detector } from './detector.ts';
import { confidentialityMarking } from './detectors/confidentiality-marking.ts';
import { creditCard } from './detectors/credit-card.ts';
import { email } from './detectors/email.ts';
import { iban } from './detectors/iban.ts';
import { idDetectors } from './detectors/ids/id-detectors.ts';
import { privateKey } from './detectors/private-key.ts';
import { usSsn } from './detectors/us-ssn.ts';

/** Every detector the engine has, in the order of their ids. */
export const detectors: readonly Detector[] = [
  confidentialityMarking,
  creditCard,
  email,
  iban,
  privateKey,
  usSsn,
  ...idDetectors,
].sort((a, b) => (a.id < b.id ? -1 : 1));
