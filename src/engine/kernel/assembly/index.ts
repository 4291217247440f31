export { eventCount, wordCount } from './events';
export { place, placeForms, setTextEnd } from './memory';
export { findCandidates, findContext, lastBeyondAscii } from './pass';
