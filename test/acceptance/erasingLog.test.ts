/**
 * A person is erased beside a desk that runs in a process of its own and logs to a file: nothing of them is in any byte
 * of what it keeps, its log included, in whatever form a program may have written it.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { persona } from './support/activities.ts';
import { ON_AZURE } from './support/backend.ts';
import type { CrashScenario } from './support/crashScenario.ts';
import { startCrashScenario } from './support/crashScenario.ts';
import { filesWith } from './support/erasedBytes.ts';
import { drafted, submitted } from './support/filing.ts';
import { operate } from './support/operator.ts';
import { DIRECTORY, PARTNER_TENANT } from './support/personas.ts';
import { REVIEWS } from './support/scenario.ts';
import { createUser } from './support/user.ts';

const NAME = 'Zoë Žižka-Öztürk';
const EMAIL = 'zoe.zizka@fabrikam.example';
const OBJECT = 'aaaaaaaa-0000-4000-8000-000000000099';
const ZOE = { ...persona(NAME, PARTNER_TENANT, OBJECT), email: EMAIL };
/** The name whole and in parts, the address, and words of her own. */
const WORDS = [NAME, 'Žižka', 'Öztürk', EMAIL, 'zoe.zizka', 'a saying of hers alone'];

describe('erasing a person beside a desk that logs to a file', function () {
  this.timeout(180_000);
  let scenario: CrashScenario;

  before(async () => {
    const { name, tenantId, objectId } = ZOE;
    const row = {
      name,
      tenantId,
      objectId,
      email: EMAIL,
      organisationTenantId: PARTNER_TENANT,
      roles: ['incentivesAdmin'],
    };
    scenario = await startCrashScenario({
      directory: { ...DIRECTORY, members: [...DIRECTORY.members, row] },
      isLogged: true,
    });
  });
  after(() => scenario.stop());

  it('leaves nothing of them in database, files and log', async () => {
    const { arun, lena, boris, anna } = scenario;
    const zoe = createUser(scenario, ZOE);
    await zoe.install();
    const contact = { partnerContactName: NAME, partnerContactEmail: EMAIL };
    const id = await submitted(scenario, { by: zoe, details: contact });
    await arun.press(await scenario.home(id, 'review'), 'start');
    const text = `As ${NAME} (${EMAIL}) said`;
    await arun.press(await scenario.home(id, 'review'), 'comment', { comment: text });
    await arun.press(await scenario.home(id, 'review'), 'reject', { reason: 'insufficientPoe', comment: text });
    await zoe.press(await scenario.home(id, 'partner'), 'dispute', { justification: 'a saying of hers alone' });
    await lena.press(await scenario.home(id, 'review'), 'uphold', { comment: text });
    expect((await scenario.claim(id)).clocks).to.deep.equal({});
    // A draft of a colleague that names her, and what goes wrong with her words in it.
    const draft = await drafted(scenario, { by: boris, details: contact });
    await boris.press(draft, 'discard');
    await zoe.say('a saying of hers alone');
    await scenario.post({ type: 'message', text: `${NAME} ${EMAIL}`, from: { id: NAME } });
    await scenario.post(scenario.activities.press(ZOE, { verb: NAME, data: { claim: EMAIL } }, { replyTo: NAME }));
    scenario.connector.rule({ match: ({ path }) => path.includes(zoe.chat), status: 400, code: NAME });
    await zoe.say('help');
    await scenario.idle();
    await anna.mention(REVIEWS, `ask ${NAME}`);
    if (!ON_AZURE) expect(await filesWith(scenario.dataDir, [NAME])).not.to.deep.equal([]);

    // It names her, and is in the folder that is searched: an operator takes her out of it.
    await writeFile(join(scenario.dataDir, 'directory.json'), JSON.stringify(DIRECTORY));
    const { code, out, problems } = await operate(
      scenario.backend.env,
      'erase-person',
      `${PARTNER_TENANT}/${OBJECT}`,
      '--yes',
    );
    expect({ code, problems: problems.replaceAll(/^\{.*"log":"security".*\n?/gm, '') }, out).to.deep.equal({
      code: 0,
      problems: '',
    });
    await writeFile(join(scenario.dataDir, 'answer.txt'), out);
    const exported = await operate(scenario.backend.env, 'export-claim', id);
    await writeFile(join(scenario.dataDir, 'export.json'), exported.out);
    await scenario.restart();
    await scenario.idle();
    if (!ON_AZURE) expect(await filesWith(scenario.dataDir, WORDS)).to.deep.equal([]);
    expect(await operate(scenario.backend.env, 'verify')).to.include({ code: 0 });
  });
});
