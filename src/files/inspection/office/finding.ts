/** What is found in an Office package, before it is a verdict on the file. */
import type { PoeMark } from '../../../domain/claims/values.ts';
import type { InspectionProblem } from '../../../desk/ports/inspection.ts';
import { MAX_CULPRIT_LENGTH } from '../../../desk/ports/inspection.ts';

/** Why a package is not accepted, and what in it is to blame. */
export interface Rejection {
  readonly problem: InspectionProblem;
  readonly culprit?: string;
}

/** A rejection, or something that a reviewer should know. */
export type Finding = Rejection | { readonly mark: PoeMark };

/** A rejection with the name of what is to blame on one line of printable characters. */
export function reject(problem: InspectionProblem, culprit = ''): Rejection {
  const shown = culprit
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, MAX_CULPRIT_LENGTH)
    .toWellFormed();
  return shown === '' ? { problem } : { problem, culprit: shown };
}

export function isRejection(found: object): found is Rejection {
  return 'problem' in found;
}

/** The graver reason first: a person who is told of one thing should be told of the one that matters. */
const BY_WEIGHT: readonly InspectionProblem[] = ['encrypted', 'archiveBomb', 'macros', 'active', 'external'];

/** The rejection that says most; undefined where there is none. Between equals, the first that was found. */
export function gravest(findings: readonly Finding[]): Rejection | undefined {
  const weight = ({ problem }: Rejection): number => {
    const place = BY_WEIGHT.indexOf(problem);
    return place < 0 ? BY_WEIGHT.length : place;
  };
  return findings.filter(isRejection).toSorted((one, other) => weight(one) - weight(other))[0];
}

/** Each mark once. */
export function marksIn(findings: readonly Finding[]): readonly PoeMark[] {
  return [...new Set(findings.flatMap((finding) => ('mark' in finding ? [finding.mark] : [])))];
}

/** Why XML that cannot be read to its end is not accepted; `name` is that of its part. */
export function unreadable(outcome: 'malformed' | 'doctype' | 'tooComplex', name: string): Rejection {
  switch (outcome) {
    case 'doctype':
      return reject('broken', 'DOCTYPE');
    case 'tooComplex':
      return reject('tooComplex', name);
    default:
      return reject('broken', name);
  }
}
