import { expect } from 'chai';
import type { ClaimId } from '../../src/domain/claims/values.ts';
import type { FileStore } from './support/fileStore.ts';
import { startFileStore } from './support/fileStore.ts';
import { claimIn, DETAILS, NEW_CLAIM, newPdf, submitted } from './support/filing.ts';
import { HOUR, MINUTE, startScenario } from './support/scenario.ts';
import type { Scenario } from './support/scenario.ts';
import type { ShownCard } from './support/shownCard.ts';
import { buttonOf, textOf, verbsOf } from './support/shownCard.ts';

/** A file goes to a claim only where it is sure to which (R12, R13). */
describe('acceptance: which claim a file is for', () => {
  let scenario: Scenario;
  let store: FileStore;
  const kept = new Map<string, Buffer>();

  before(async () => {
    scenario = await startScenario();
    store = await startFileStore((path, response) => {
      const bytes = kept.get(path) ?? newPdf();
      kept.set(path, bytes);
      response.end(bytes);
    });
  });
  after(async () => {
    await store.close();
    await scenario.stop();
  });
  beforeEach(() => store.forget());
  afterEach(() => scenario.check());

  async function draft(customerName = 'Contoso'): Promise<ClaimId> {
    const created = await scenario.anna.press(await scenario.anna.ask('new claim'), 'create', {
      ...NEW_CLAIM,
      customerName,
    });
    await scenario.anna.press(created, 'edit', DETAILS);
    return claimIn(created.card);
  }
  async function discard(id: ClaimId): Promise<void> {
    await scenario.anna.press(await scenario.home(id, 'partner'), 'discard');
  }
  const hand = (text: string, name = 'other customer.pdf'): Promise<ShownCard> =>
    scenario.anna.sendFile(name, store.urlOf(name), text);
  const proofOf = async (id: ClaimId): Promise<readonly string[]> =>
    (await scenario.claim(id)).poe.map(({ name }) => name);
  const offered = (card: ShownCard): readonly string[] => {
    const input = buttonOf(card.card, 'fileFor').inputs.find((one) => String(one['id']).endsWith('claim'));
    return ((input?.['choices'] ?? []) as readonly { readonly value: string }[]).map(({ value }) => value);
  };

  describe('with one claim that takes files', () => {
    let id: ClaimId;

    before(async () => {
      id = await draft();
    });
    after(() => discard(id));

    for (const [what, text] of Object.entries({
      'an id cut short': 'this is for CPOR-7F3K',
      'an id of no claim, with a zero-width space in it': 'for CPOR-7F3\u200bK9Q',
      'an unknown id': 'CPOR-7F3K9Q',
      'an id with a letter too many': 'CPOR-7F3K9QX',
      'an id with a letter that ids do not have': 'CPOR-7F3K9U',
      'a mistyped word': 'CPRO-7F3K9Q',
      'a Cyrillic letter that looks like none of an id': 'CPOR-7F3Ж9Q',
      'the name of another customer': 'this is for Woodgrove Bank',
      'the name in Russian': 'это для Вудгроув',
      'the name in Turkish': 'bu Woodgrove için',
      'two customers': 'for Contoso, not for Woodgrove',
      'a question': 'which claim is it for?',
    }))
      it(`asks which where the message has ${what}`, async () => {
        const before = await proofOf(id);
        const card = await hand(text);
        expect(textOf(card.card))
          .to.match(/which claim/i)
          .and.to.contain('other customer.pdf');
        expect(offered(card)).to.deep.equal([id]);
        expect(await proofOf(id), 'nothing on the wrong claim').to.deep.equal(before);
        expect(store.asked, 'nothing fetched for no one').to.deep.equal([]);
      });

    for (const name of ['CPOR-7F3K proof.pdf', 'CPOR7F3K9.pdf', 'CPOR-7F3K9Qv2.pdf', 'PoE CPOR-7F3K9QX.pdf'])
      it(`asks which where the name of the file has no whole id: ${name}`, async () => {
        expect(verbsOf((await hand('', name)).card)).to.include('fileFor');
        expect(await proofOf(id)).to.deep.equal([]);
        expect(store.asked).to.deep.equal([]);
      });

    it('asks where words deny the id, or say that the file is for another customer', async () => {
      for (const text of [`not ${id}, for Northwind Traders`, `this is NOT for ${id}`, `${id} for Woodgrove`])
        expect(verbsOf((await hand(text)).card), text).to.include('fileFor');
      expect(await proofOf(id)).to.deep.equal([]);
    });

    it('asks where the words name the claim and something like another', async () => {
      for (const text of [`${id} and CPOR-7F3K`, `for ${id}, not CPOR-7F3K9Q`])
        expect(verbsOf((await hand(text)).card), text).to.include('fileFor');
      expect(verbsOf((await hand(id, 'CPOR-7F3K9Q offer.pdf')).card), 'the name of the file').to.include('fileFor');
      expect(await proofOf(id)).to.deep.equal([]);
    });

    it('takes it where nothing is said, or nothing that could name a customer, or the customer itself', async () => {
      for (const [at, text] of [
        '',
        'Here is the signed order, please.',
        'вот договор',
        'imzalı sözleşme ekte',
        'for Contoso',
        `here is the signed order for ${id}, thanks`,
        `see attached ${id}`,
      ].entries()) {
        const card = await hand(text, `proof ${at}.pdf`);
        expect(textOf(card.card), text).to.contain(`proof ${at}.pdf`);
        expect(await proofOf(id), text).to.include(`proof ${at}.pdf`);
      }
    });

    it('reads its id as people write it', async () => {
      const six = id.slice('CPOR-'.length);
      for (const [at, text] of [
        id.toLowerCase(),
        `${id.slice(0, 8)}\u200b${id.slice(8)}`,
        `CPOR \u2212 ${six}`,
        `\u0421\u0420\u041e\u0420\u2014${six}`,
        `for CPOR${six}'e`,
      ].entries()) {
        await hand(text, `written ${at}.pdf`);
        expect(await proofOf(id), text).to.include(`written ${at}.pdf`);
      }
      await hand('', `${id} offer.pdf`);
      expect(await proofOf(id)).to.include(`${id} offer.pdf`);
    });

    it('keeps the file until the claim is chosen, and then adds it, once', async () => {
      const card = await hand('for Woodgrove', 'kept.pdf');
      const press = scenario.anna.pressOn(card, 'fileFor', { claim: id });
      await scenario.post(press);
      await scenario.idle();
      expect(await proofOf(id)).to.include('kept.pdf');
      await scenario.post(press);
      await scenario.idle();
      expect((await proofOf(id)).filter((name) => name === 'kept.pdf')).to.have.lengthOf(1);
    });

    it('but not without a choice, not for another person, and not for longer than an hour', async () => {
      const card = await hand('for Woodgrove', 'late.pdf');
      expect(textOf((await scenario.anna.press(card, 'fileFor')).card)).to.contain('Choose the claim');
      const stolen = await scenario.boris.press(card, 'fileFor', { claim: id });
      expect(textOf(stolen.card)).to.contain('no longer here');
      const blind = await scenario.tomas.press(card, 'fileFor', { claim: id });
      expect(textOf(blind.card)).to.contain('cannot find a claim').and.not.to.contain('Contoso');
      await scenario.turn(HOUR + MINUTE);
      const late = await scenario.anna.press(card, 'fileFor', { claim: id });
      expect(textOf(late.card)).to.contain('no longer here').and.to.contain('send them again');
      expect(await proofOf(id)).not.to.include('late.pdf');
      expect(store.asked).to.deep.equal([]);
    });

    it('asks in the language of the sender', async () => {
      for (const [locale, words] of [
        ['ru-RU', 'Для какой заявки'],
        ['tr-TR', 'hangi talep'],
      ] as const) {
        const before = scenario.said(scenario.anna.chat).length;
        const sent = scenario.activities.file(
          scenario.anna.persona,
          { name: 'a.pdf', downloadUrl: store.urlOf('a.pdf') },
          'X',
        );
        await scenario.post({ ...sent, locale });
        await scenario.idle();
        const said = scenario.said(scenario.anna.chat).slice(before);
        expect(said.join()).to.contain(words);
      }
    });
  });

  describe('with several', () => {
    let contoso: ClaimId;
    let woodgrove: ClaimId;

    before(async () => {
      contoso = await draft();
      woodgrove = await draft('Woodgrove Bank');
    });

    it('takes the one whose customer alone is named', async () => {
      await hand('for Woodgrove Bank, please', 'named.pdf');
      expect(await proofOf(woodgrove)).to.deep.equal(['named.pdf']);
      expect(await proofOf(contoso)).to.deep.equal([]);
    });

    it('asks where id and customer, or the name of the file, contradict each other', async () => {
      for (const [text, name] of [
        [`${contoso} for Woodgrove Bank`, 'a.pdf'],
        [`${contoso}, the Woodgrove order`, 'a.pdf'],
        [contoso, 'Woodgrove offer.pdf'],
        ['', 'Woodgrove offer.pdf'],
        [contoso, 'Woodgrove Bank offer.pdf'],
        ['for Contoso', 'Woodgrove_Bank_offer.pdf'],
        [`${contoso} ${woodgrove}`, 'a.pdf'],
        ['', 'a.pdf'],
      ] as const) {
        const card = await hand(text, name);
        expect([...offered(card)].sort(), text).to.deep.equal([contoso, woodgrove].sort());
      }
      expect(await proofOf(contoso)).to.deep.equal([]);
      expect(await proofOf(woodgrove)).to.have.lengthOf(1);
    });

    it('what was given to one claim is not given to another by a second press', async () => {
      const card = await hand('', 'only once.pdf');
      const first = await scenario.anna.press(card, 'fileFor', { claim: contoso });
      expect(textOf(first.card)).to.contain('only once.pdf');
      const second = await scenario.anna.press(card, 'fileFor', { claim: woodgrove });
      expect(textOf(second.card)).to.contain(contoso);
      expect(await proofOf(woodgrove)).not.to.include('only once.pdf');
    });

    it('of more files than are taken at once it says that the others were not', async () => {
      const before = scenario.said(scenario.anna.chat).length;
      const sent = scenario.activities.file(
        scenario.anna.persona,
        { name: 'x.pdf', downloadUrl: store.urlOf('x') },
        'X',
      );
      const [one] = sent['attachments'] as readonly object[];
      await scenario.post({ ...sent, attachments: Array.from({ length: 12 }, () => one) });
      await scenario.idle();
      const said = scenario.said(scenario.anna.chat).slice(before);
      expect(said.join()).to.contain('first 10 files');
    });
  });

  describe('of someone for whom no claim takes files', () => {
    async function told(sender: Scenario['anna']): Promise<string> {
      const before = scenario.said(sender.chat).length;
      const file = { name: 'x.pdf', downloadUrl: store.urlOf('x') };
      await scenario.post(scenario.activities.file(sender.persona, file, ''));
      await scenario.idle();
      return scenario.said(sender.chat).slice(before).join();
    }

    it('says to each what they can do instead, and fetches nothing', async () => {
      const fetched = store.asked.length;
      expect(await told(scenario.dana))
        .to.contain('Only partners send files')
        .and.to.contain('how you can answer');
      expect(await told(scenario.arun)).to.contain('Only partners can add files');
      expect(await told(scenario.tomas)).to.contain('None of your claims takes files');
      expect(store.asked).to.have.lengthOf(fetched);
    });
  });

  describe('with words beside it', () => {
    let id: ClaimId;

    before(async () => {
      id = await submitted(scenario);
    });

    /** What the desk answers to a file with words. */
    async function told(name: string, text: string): Promise<readonly string[]> {
      const before = scenario.said(scenario.anna.chat).length;
      const file = { name, downloadUrl: store.urlOf(name) };
      await scenario.post(scenario.activities.file(scenario.anna.persona, file, text));
      await scenario.idle();
      return scenario.said(scenario.anna.chat).slice(before);
    }
    const comments = async (): Promise<readonly string[]> =>
      (await scenario.claim(id)).comments.map(({ text }) => text);

    it('adds the file and the comment of a message that has both', async () => {
      const said = await told('both.pdf', `comment ${id} see the attached, page 3 is new`);
      expect(await proofOf(id)).to.include('both.pdf');
      expect(await comments()).to.deep.equal(['see the attached, page 3 is new']);
      expect(said).to.have.lengthOf(2);
    });

    it('takes the file and offers other words as a comment on that claim', async () => {
      const said = await told('page.pdf', `${id} page 3 shows the signature`);
      expect(await proofOf(id)).to.include('page.pdf');
      expect(said.join()).to.contain('Add as a comment?').and.to.contain(id);
      expect(await comments()).to.have.lengthOf(1);
    });

    it('adds the comment also where it asks for the claim of the file', async () => {
      const said = await told('CPOR-7F3K.pdf', `comment ${id} the order is here`);
      expect(said[0])
        .to.match(/which claim|cannot tell/i)
        .and.not.to.contain('not added to a claim');
      expect((await comments()).at(-1)).to.equal('the order is here');
    });

    it('and says of words that no claim takes that they are in none', async () => {
      const draftId = await draft();
      expect((await told('draft.pdf', `${draftId} page 3 shows the signature`)).join()).to.contain(
        'not added to a claim',
      );
      expect((await told('which.pdf', 'page 3 shows the signature')).join())
        .to.match(/which claim/i)
        .and.to.contain('not added to a claim');
      await discard(draftId);
    });
  });
});
