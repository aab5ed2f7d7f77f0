/** Faults that the fuzz has found, each with the smallest input that showed it. */
import { expect } from 'chai';
import type { PersonId } from '../../src/domain/claims/values.ts';
import { readConfig } from '../../src/config/config.ts';
import { safeFileName } from '../../src/desk/proof/fileName.ts';
import { ConfigError } from '../../src/config/environment.ts';
import { readIncoming } from '../../src/teams/activity.ts';
import { MAX_CARD_BYTES, sizeOf } from '../../src/teams/cards/sizeBudget.ts';
import { textActivity } from '../../src/teams/sending/messenger.ts';
import { RULES } from '../domain/claims/scenario.ts';
import { activitiesOf } from '../acceptance/support/activities.ts';
import { PERSONAS } from '../acceptance/support/personas.ts';
import { claimsOfAct } from './claimsOfAct.ts';
import { idOf, openDeskUnderFuzz, SERVICE } from './deskUnderFuzz.ts';

const { message, file } = activitiesOf(SERVICE);

describe('What the fuzz has found', () => {
  it('a file name of a million dots is shortened like any other, at once', () => {
    expect(safeFileName(`-${'.'.repeat(1_000_000)}x`)).to.equal('-.x');
    expect(safeFileName(`${' .'.repeat(500_000)}proof.pdf${'. '.repeat(500_000)}`)).to.equal('proof.pdf');
  });

  it('a name in Teams with halves of letters, line breaks or turned-round text is cleaned before it is put into a line', () => {
    const named = (name: string) => readIncoming(message({ ...PERSONAS.anna, name }, 'help'));
    expect(named('Anna \ud83d')).to.have.nested.property('from.name', 'Anna \ufffd');
    expect(named('Anna\n\u202eahlberg')).to.have.nested.property('from.name', 'Anna ahlberg');
    expect(named('x'.repeat(499) + '🙂'))
      .to.have.nested.property('from.name')
      .that.satisfies((name: string) => name.isWellFormed());
  });

  it('a host with a control character in it is none, also where it begins as an address of this machine', () => {
    expect(() => readConfig({ HOST: '127.0.0.1\u0000.pdf' })).to.throw(ConfigError, /^HOST is /);
  });

  it('a line mentions no one, in capitals neither', () => {
    expect(textActivity('<AT >all</at > <at>all</at>').text).not.to.match(/<at/i);
  });

  it('a form is named as the desk names forms: a template in the name of one comes onto no card', async () => {
    const { actions, people } = await openDeskUnderFuzz();
    const person = await people.personOf(idOf(PERSONAS.anna) as PersonId);
    const press = {
      verb: 'create',
      inputs: { form: "${json('x')}{{x}}", mpnId: 'x' },
      message: { conversationId: 'a', messageId: '' },
      personal: true,
    };
    const card = JSON.stringify(
      await actions.act(press, { person, speech: { language: 'en', zone: RULES.programme.policy.zone } }),
    );
    expect(card)
      .to.contain('"form":""')
      .and.not.to.match(/\$\{|\{\{/);
  });

  it('a field and a page that are no text, and cannot be made one, are refused and left aside like any other', async () => {
    const fuzzed = await openDeskUnderFuzz();
    const claims = await claimsOfAct(fuzzed);
    const asker = {
      person: await fuzzed.people.personOf(idOf(PERSONAS.anna) as PersonId),
      speech: { language: 'en', zone: RULES.programme.policy.zone } as const,
    };
    const press = { claim: claims.submitted, message: { conversationId: 'a', messageId: '1' }, personal: true };
    fuzzed.forget();
    const refused = await fuzzed.actions.act(
      { ...press, verb: 'create', inputs: { form: 'f', mpnId: { toString: 'x' } } },
      asker,
    );
    expect(JSON.stringify(refused)).to.contain('MPN ID');
    const edited = await fuzzed.actions.act(
      { ...press, claim: claims.complete, version: 1, verb: 'edit', inputs: { products: [{ toString: 'x' }] } },
      asker,
    );
    expect(JSON.stringify(edited)).to.match(/"style":"attention"/);
    expect(fuzzed.documents.writes).to.deep.equal([]);
    const first = await fuzzed.actions.act({ ...press, verb: 'history', inputs: {} }, asker);
    expect(
      await fuzzed.actions.act({ ...press, verb: 'history', inputs: { page: { toString: 'x' } } }, asker),
    ).to.deep.equal(first);
  });

  it('a file that is not taken is named on the card by a name of the usual length', async () => {
    const fuzzed = await openDeskUnderFuzz();
    const claims = await claimsOfAct(fuzzed);
    const sent = file(
      PERSONAS.anna,
      { name: `${'語'.repeat(70_000)}.pdf`, downloadUrl: `${SERVICE}bad` },
      claims.complete,
    );
    fuzzed.forget();
    await fuzzed.adapter.handle(sent, { proof: undefined });
    const [card] = fuzzed.spoken
      .flatMap(({ activity }) => activity.attachments ?? [])
      .map(({ content }) => content as unknown);
    expect(JSON.stringify(card))
      .to.match(/語{116}\.pdf/)
      .and.not.to.match(/語{117}/);
  });

  it('a text of far too many letters comes back on a card of the usual size, still too long to be taken as it is', async () => {
    const fuzzed = await openDeskUnderFuzz();
    const claims = await claimsOfAct(fuzzed);
    const person = await fuzzed.people.personOf(idOf(PERSONAS.anna) as PersonId);
    const asker = { person, speech: { language: 'ru', zone: RULES.programme.policy.zone } as const };
    const press = {
      verb: 'comment',
      claim: claims.submitted,
      version: 1,
      inputs: { comment: 'я'.repeat(300_000) },
      message: { conversationId: 'a', messageId: '1' },
      personal: true,
    };
    const card = await fuzzed.actions.act(press, asker);
    expect(sizeOf(card)).to.be.at.most(MAX_CARD_BYTES);
    expect(JSON.stringify(card)).to.match(/я{4001}/);
  });
});
