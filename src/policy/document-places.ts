import { type Document, isMap, isScalar, isSeq, type Node, type Pair, visit } from 'yaml';
import type { PolicyPath } from './policy-problem.ts';

interface Forbidden {
  path: PolicyPath;
  message: string;
  at: number;
}

/** Finds what YAML allows and a policy does not: keys given twice, anchors and aliases. */
export function listForbidden(document: Document): Forbidden[] {
  const found: Forbidden[] = [];
  const add = (node: unknown, message: string): void => {
    found.push({ path: [], message, at: startOf(node) });
  };
  const checkAnchor = (node: { anchor?: string }): void => {
    if (node.anchor !== undefined) {
      add(node, 'anchors are not for policies: write it out where it is needed');
    }
  };
  visit(document, {
    Alias: (_, node) => {
      add(node, 'aliases are not for policies: write it out');
    },
    Scalar: (_, node) => checkAnchor(node),
    Seq: (_, node) => checkAnchor(node),
    Map: (_, node) => {
      checkAnchor(node);
      const keys = new Set<string>();
      for (const pair of node.items) {
        const key = keyOf(pair);
        if (key === undefined) add(pair.key, 'a key must be plain text');
        else if (keys.has(key)) add(pair.key, `${key} is here twice: leave one of them`);
        else keys.add(key);
      }
    },
  });
  return found;
}

/**
 * Gives the offset of what is at a path, or of as much of the path as there is; `ofKey` means the
 * last key itself and not its value.
 */
export function findPlace(document: Document, path: PolicyPath, ofKey: boolean): number {
  let node: unknown = document.contents;
  let at = startOf(node);
  for (const [n, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find((one) => keyOf(one) === String(step));
      if (pair === undefined) return at;
      at = startOf(pair.key);
      node = pair.value;
      if (ofKey && n === path.length - 1) return at;
      // An empty value has no place of its own worth pointing at.
      if (isScalar(node) && node.source === '') return at;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
    } else {
      return at;
    }
    at = startOf(node, at);
  }
  return at;
}

function keyOf({ key }: Pair): string | undefined {
  return isScalar(key) ? String(key.value) : undefined;
}

function startOf(node: unknown, otherwise = 0): number {
  return (node as Node | null | undefined)?.range?.[0] ?? otherwise;
}
