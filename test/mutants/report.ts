/** The report of the hunt for planted bugs. */
import type { Mutant } from './mutant.ts';
import type { Verdict } from './nets.ts';

/** A bug and what each net said; a net that was not asked said nothing. */
export interface Finding {
  readonly mutant: Mutant;
  readonly tests?: Verdict;
  readonly simulator?: Verdict;
}

/** The share of all bugs that must be caught, in percent. */
const LEAST_CAUGHT = 95;

export function isCaught({ tests, simulator }: Finding): boolean {
  return tests?.isCaught === true || simulator?.isCaught === true;
}

/** Whether enough were caught to rely on the nets. */
export function isEnough(findings: readonly Finding[]): boolean {
  return findings.filter(isCaught).length * 100 >= findings.length * LEAST_CAUGHT;
}

/** One row of the table: the bug, what either net said, and whether it escaped. */
export function rowOf(finding: Finding): string {
  const { mutant, tests, simulator } = finding;
  const cells = [
    mutant.name,
    ...(tests ? [`tests: ${told(tests)}`] : []),
    ...(simulator ? [`simulator: ${told(simulator)}`] : []),
    ...(isCaught(finding) ? [] : [`ESCAPED: ${mutant.what}`]),
  ];
  return cells.join(' | ');
}

function told({ isCaught: caught, how, seconds }: Verdict): string {
  return caught ? `caught after ${seconds.toFixed(1)} s by ${how}` : how;
}

/** The last line. */
export function sumOf(findings: readonly Finding[]): string {
  const escaped = findings.filter((finding) => !isCaught(finding)).map(({ mutant }) => mutant.name);
  return (
    `${findings.length} planted, ${findings.length - escaped.length} caught, ${escaped.length} escaped` +
    `${escaped.length > 0 ? `: ${escaped.join(', ')}` : ''}`
  );
}

/** Who saw what, where both nets saw everything. */
export function comparison(findings: readonly Finding[]): string {
  return [
    `by both: ${named(findings, ({ tests, simulator }) => tests?.isCaught === true && simulator?.isCaught === true)}`,
    `by the tests alone: ${named(findings, ({ tests, simulator }) => tests?.isCaught === true && simulator?.isCaught !== true)}`,
    `by the simulator alone: ${named(findings, ({ tests, simulator }) => tests?.isCaught !== true && simulator?.isCaught === true)}`,
    `by neither: ${named(findings, (finding) => !isCaught(finding))}`,
  ].join('\n');
}

/** What escaped the simulator, whatever the tests say: what it runs without noticing, and what it does not run. */
export function ofSimulator(findings: readonly Finding[]): string {
  return [
    `escaped the simulator: ${named(findings, ({ simulator }) => simulator?.isCaught === false && !simulator.isOutOfReach)}`,
    `not run by the simulator: ${named(findings, ({ simulator }) => simulator?.isOutOfReach === true)}`,
  ].join('\n');
}

function named(findings: readonly Finding[], isMeant: (finding: Finding) => boolean): string {
  const meant = findings.filter(isMeant).map(({ mutant }) => mutant.name);
  return `${meant.length}${meant.length > 0 ? `: ${meant.join(', ')}` : ''}`;
}
