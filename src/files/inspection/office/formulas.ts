/** The formulas of a workbook: which of them reach beyond it. */
import type { Finding } from './finding.ts';
import { reject } from './finding.ts';

/** Longer formulas are not Excel's. */
const MAX_FORMULA = 64 * 1024;

/** Functions that fetch, or call what is none of the workbook's. */
const REACHING =
  /(?:^|[^\p{L}\d_.])(?:_xlfn\.|_xlws\.|_xludf\.|_xll\.)*(WEBSERVICE|IMAGE|RTD|CALL|REGISTER|REGISTER\.ID|EXEC)\s*\(/iu;

/**
 * What a formula does that a workbook may not do (R9): ask another program by DDE, `server|topic!item`, or fetch. In a
 * formula a bar outside of texts, names of sheets and of columns is nothing else.
 */
export function judgeFormula(formula: string): Finding | undefined {
  if (formula.length > MAX_FORMULA) return reject('tooComplex');
  const plain = withoutTexts(formula);
  if (plain.includes('|')) return reject('active', 'DDE');
  const name = REACHING.exec(plain)?.[1];
  return name === undefined ? undefined : reject('external', name.toUpperCase());
}

/**
 * Without texts in quotes, columns in brackets, and names of sheets in single quotes, unless a bar comes behind: that
 * is a server. Goes letter by letter, so that no formula makes it slow.
 */
function withoutTexts(formula: string): string {
  let plain = '';
  let at = 0;
  while (at < formula.length) {
    const letter = formula.charAt(at);
    const close = letter === '[' ? ']' : letter;
    if (letter !== '"' && letter !== "'" && letter !== '[') {
      plain += letter;
      at += 1;
      continue;
    }
    const end = formula.indexOf(close, at + 1);
    // A quote without its other one hides nothing.
    if (end < 0) return plain + formula.slice(at);
    plain += ' ';
    at = end + 1;
  }
  return plain;
}
