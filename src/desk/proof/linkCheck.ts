/** What a link still allows: it is read again at every use who its person is and what they may do now (R1, R6). */
import type { Claim } from '../../domain/claims/claim.ts';
import type { ClaimId } from '../../domain/claims/values.ts';
import { refusalFor } from '../../domain/claims/decide.ts';
import { mayRead } from '../../domain/claims/permission.ts';
import type { People } from '../directory/people.ts';
import { settle } from '../directory/sides.ts';
import type { Link } from '../ports/links.ts';
import type { LinkProblem, RefusedLink } from '../ports/proof.ts';
import type { Language } from '../ports/system.ts';
import type { World } from '../ports/world.ts';
import { maySeeBroken } from '../queries/claims.ts';
import { HistoryBrokenError } from '../records/historyCheck.ts';
import type { ClaimPorts, ClaimRecord } from '../records/claimRecord.ts';
import { readClaim } from '../records/claimRecord.ts';
import { schemaOf } from '../records/schemaVersion.ts';

/** What checking links needs of the outside. */
export type LinkCheckPorts = ClaimPorts & Pick<World, 'clock' | 'links' | 'rules' | 'securityLog'>;

/** A link that may be followed now, and the claim with everything applied that is due (R44). */
export interface CheckedLink<Kind extends Link['kind']> {
  readonly ok: true;
  readonly link: Extract<Link, { kind: Kind }>;
  readonly claim: Claim;
  readonly language: Language;
}

export interface LinkCheck {
  check<Kind extends Link['kind']>(kind: Kind, text: string): Promise<RefusedLink | CheckedLink<Kind>>;
  /** The same for an upload, which needs the right to add proof besides. */
  checkUpload(text: string): Promise<RefusedLink | CheckedLink<'upload'>>;
  /** Nothing can be uploaded by this link any more. */
  markUsed(link: Extract<Link, { kind: 'upload' }>): Promise<void>;
}

const USED_LINK = 'usedLink';
/** A used link is remembered until it has expired by the clock of any instance. */
const KEPT_AFTER_MS = 3_600_000;

export function createLinkCheck(ports: LinkCheckPorts, people: People): LinkCheck {
  const { clock, documents, securityLog } = ports;

  async function check<Kind extends Link['kind']>(kind: Kind, text: string): Promise<RefusedLink | CheckedLink<Kind>> {
    const link = await ports.links.verify(kind, text);
    if (!link) {
      securityLog.record({ what: 'linkRefused', link: kind, code: 'altered' });
      return { ok: false, problem: 'altered' };
    }
    const person = await people.find(link.person);
    const language = people.languageOf(person);
    const refused = (problem: LinkProblem): RefusedLink => {
      securityLog.record({ what: 'linkRefused', link: kind, person: link.person, claim: link.claim, code: problem });
      return { ok: false, problem, language };
    };
    if (clock.now() >= link.until) return refused('expired');
    if (await isUsed(link)) return refused('used');
    if (!person) return refused('foreign');
    const member = await people.memberOf(person);
    const record = await readOrBroken(link.claim);
    if (record instanceof HistoryBrokenError)
      return refused((await maySeeBroken(ports, member, record)) ? 'historyBroken' : 'foreign');
    if (!record || !mayRead(member, record.claim)) return refused('foreign');
    const claim = await settle(people, record.claim, clock.now(), ports.rules.programme);
    return { ok: true, link, claim, language };
  }

  async function readOrBroken(id: ClaimId): Promise<ClaimRecord | HistoryBrokenError | undefined> {
    try {
      return await readClaim(ports, id);
    } catch (error) {
      if (error instanceof HistoryBrokenError) return error;
      throw error;
    }
  }

  async function isUsed(link: Link): Promise<boolean> {
    return link.kind === 'upload' && (await documents.read(USED_LINK, link.nonce)) !== undefined;
  }

  async function checkUpload(text: string): Promise<RefusedLink | CheckedLink<'upload'>> {
    const checked = await check('upload', text);
    if (!checked.ok) return checked;
    const denied = refusalFor('AddPoe', await people.memberBy(checked.link.person), checked.claim);
    if (!denied) return checked;
    const problem = denied.code === 'wrongStage' ? 'closed' : 'foreign';
    const { person, claim } = checked.link;
    securityLog.record({ what: 'linkRefused', link: 'upload', person, claim, code: problem });
    return { ok: false, problem, language: checked.language };
  }

  async function markUsed({ nonce, until }: Extract<Link, { kind: 'upload' }>): Promise<void> {
    const keepMs = Math.max(0, until - clock.now()) + KEPT_AFTER_MS;
    await documents.create({
      kind: USED_LINK,
      id: nonce,
      body: { schema: schemaOf(USED_LINK), until },
      keys: [],
      keepMs,
    });
  }

  return { check, checkUpload, markUsed };
}
