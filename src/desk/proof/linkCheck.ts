/** What a link still allows: it is read again at every use who its person is and what they may do now (R1, R6). */
import type { Claim } from '../../domain/claims/claim.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import { refusalFor } from '../../domain/claims/decide.ts';
import { mayRead } from '../../domain/claims/permission.ts';
import type { People, Person } from '../directory/people.ts';
import { settle } from '../directory/sides.ts';
import type { Link } from '../ports/links.ts';
import type { LinkProblem, RefusedLink } from '../ports/proof.ts';
import type { Language } from '../ports/system.ts';
import type { World } from '../ports/world.ts';
import { maySeeBroken } from '../queries/claims.ts';
import { HistoryBrokenError } from '../records/historyCheck.ts';
import type { ClaimPorts, ClaimRecord } from '../records/claimRecord.ts';
import { readClaim } from '../records/claimRecord.ts';

/** What checking links needs of the outside. */
export type LinkCheckPorts = ClaimPorts & Pick<World, 'clock' | 'links' | 'rules' | 'securityLog'>;

/** The links of one kind. */
export type LinkOf<Kind extends Link['kind']> = Extract<Link, { readonly kind: Kind }>;

/** A link that may be followed now, and the claim with everything applied that is due (R44). */
export interface CheckedLink<Kind extends Link['kind']> {
  readonly ok: true;
  readonly link: LinkOf<Kind>;
  readonly person: Person;
  readonly claim: Claim;
  readonly language: Language;
}

export interface LinkCheck {
  /** The link in a text of unknown origin; one that this desk did not make is refused. */
  read<Kind extends Link['kind']>(
    kind: Kind,
    text: string,
  ): Promise<RefusedLink | { readonly ok: true; readonly link: LinkOf<Kind> }>;
  /** Whether the link's person may do now what it is for; an upload needs the right to add proof. */
  allow<Kind extends Link['kind']>(link: LinkOf<Kind>): Promise<RefusedLink | CheckedLink<Kind>>;
  /** Records why a link opens nothing, and answers it in the language of its person. */
  refuse(link: Link, problem: LinkProblem): Promise<RefusedLink>;
}

export function createLinkCheck(ports: LinkCheckPorts, people: People): LinkCheck {
  const { clock, securityLog } = ports;

  async function read<Kind extends Link['kind']>(kind: Kind, text: string) {
    const link = await ports.links.unseal(kind, text);
    if (link) return { ok: true, link: link as unknown as LinkOf<Kind> } as const;
    securityLog.record({ what: 'linkRefused', link: kind, code: 'altered' });
    return { ok: false, problem: 'altered' } as const;
  }

  async function allow<Kind extends Link['kind']>(link: LinkOf<Kind>): Promise<RefusedLink | CheckedLink<Kind>> {
    const person = await people.find(link.person);
    if (!person) return refuse(link, 'foreign');
    const member = await people.memberOf(person);
    const record = await readOrBroken(link.claim);
    if (record instanceof HistoryBrokenError)
      return refuse(link, (await maySeeBroken(ports, member, record)) ? 'historyBroken' : 'foreign');
    if (!record || !mayRead(member, record.claim)) return refuse(link, 'foreign');
    const claim = await settle(people, record.claim, clock.now(), ports.rules.programme);
    const denied = link.kind === 'upload' ? refusalFor('AddPoe', member, claim) : undefined;
    if (denied) return refuse(link, denied.code === 'wrongStage' ? 'closed' : 'foreign');
    return { ok: true, link, person, claim, language: people.languageOf(person) };
  }

  async function readOrBroken(id: ClaimId): Promise<ClaimRecord | HistoryBrokenError | undefined> {
    try {
      return await readClaim(ports, id);
    } catch (error) {
      if (error instanceof HistoryBrokenError) return error;
      throw error;
    }
  }

  async function refuse(link: Link, problem: LinkProblem): Promise<RefusedLink> {
    const { kind, person, claim } = link;
    securityLog.record({ what: 'linkRefused', link: kind, person, claim, code: problem });
    return { ok: false, problem, language: people.languageOf(await people.find(person)) };
  }

  return { read, allow, refuse };
}
