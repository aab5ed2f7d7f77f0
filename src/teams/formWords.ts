/** What is wrong with an operator's form, in words. */
import type { Enrolled } from '../desk/enrolment.ts';
import type { Speech } from './cards.ts';
import { formProblem } from './sentences.ts';

type Problems = Extract<Enrolled, { ok: false }>['problems'];

export function fieldProblems(problems: Problems, speech: Speech): string {
  return problems.map(({ field, problem }) => formProblem(problem, field, speech)).join(' ');
}
