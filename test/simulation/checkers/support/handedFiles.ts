/** Files that people hand to the bot with a message in their own chat. For which claim each is, its address says. */
import { createHash } from 'node:crypto';
import type { ActivityAsked } from '../observations.ts';
import { objectsAt, member, textAt } from './looseJson.ts';

export interface HandedFile {
  readonly name: string;
  readonly claim: string;
  readonly sha256: string;
}

const MEANT = /\/(CPOR-\w{6})\//;

/** What is fetched from an address: a proof of its own for each. */
export function handedText(url: string): string {
  return `%PDF ${url}`;
}

export function handedFilesIn({ activity }: Pick<ActivityAsked, 'activity'>): readonly HandedFile[] {
  return objectsAt(activity, 'attachments').flatMap((attachment) => {
    const url = textAt(member(attachment, 'content'), 'downloadUrl');
    const claim = MEANT.exec(url)?.[1];
    if (claim === undefined) return [];
    return [
      { name: textAt(attachment, 'name'), claim, sha256: createHash('sha256').update(handedText(url)).digest('hex') },
    ];
  });
}
