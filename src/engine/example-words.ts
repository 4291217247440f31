import type { ContextWords } from './detector.ts';

/** Words that say that a value near them is made up; they lower any type that heeds them. */
export const exampleContext: ContextWords = {
  effect: -0.35,
  words: {
    en: ['example', 'sample', 'test', 'dummy', 'fake', 'placeholder', 'mock', 'lorem', 'foo'],
    de: ['beispiel', 'muster', 'platzhalter', 'attrappe'],
    fr: ['exemple', 'fictif', 'échantillon'],
    es: ['ejemplo', 'muestra', 'ficticio'],
    it: ['esempio', 'fittizio', 'campione'],
    pt: ['exemplo', 'amostra', 'fictício'],
    nl: ['voorbeeld', 'fictief'],
    pl: ['przykład', 'przykładowy', 'testowy'],
  },
};
