import { expect } from 'chai';
import { makePackage } from '../../src/tools/teamsApp/appPackage.ts';
import type { ReadFile } from '../../src/tools/teamsApp/appPackage.ts';
import { at, listAt, textAt } from '../../src/tools/teamsApp/manifest.ts';
import type { Json, JsonObject } from '../../src/tools/teamsApp/manifest.ts';
import { asItIs, jsonOf, ORDER, textsOf, withFile, withJson } from './packageFolder.ts';

const LANGUAGE_FILES = ['en.json', 'ru.json', 'tr.json'];

function made(read: ReadFile = asItIs, order = ORDER): JsonObject {
  const result = makePackage(read, order);
  if ('problems' in result) throw new Error(result.problems.join('\n'));
  return JSON.parse(result.files.get('manifest.json')?.toString('utf8') ?? '') as JsonObject;
}

function problemsOf(read: ReadFile): readonly string[] {
  const result = makePackage(read, ORDER);
  return 'problems' in result ? result.problems : [];
}

/** The bot of the template with some properties replaced. */
function withBot(changed: Readonly<Record<string, Json>>): ReadFile {
  const bot = at(jsonOf('manifest.json'), 'bots', 0) as JsonObject;
  return withJson('manifest.json', { bots: [{ ...bot, ...changed }] });
}

const FIRST = 'bots[0].commandLists[0].commands[0]';

describe('The manifest of the Teams app', () => {
  it('keeps the schema and what Teams asks beside it, in every language', () => {
    expect(problemsOf(asItIs)).to.deep.equal([]);
  });

  it('is of version 1.25 and speaks English, with Russian and Turkish beside it', () => {
    const manifest = made();
    expect(textAt(manifest, 'manifestVersion')).to.equal('1.25');
    expect(at(manifest, 'localizationInfo')).to.deep.equal({
      defaultLanguageTag: 'en',
      defaultLanguageFile: 'en.json',
      additionalLanguages: [
        { languageTag: 'ru', file: 'ru.json' },
        { languageTag: 'tr', file: 'tr.json' },
      ],
    });
    expect(textAt(manifest, 'name', 'short')).to.equal(jsonOf('en.json')['name.short']);
  });

  it('has the bot in chats, teams and group chats, with files and a list of commands for each', () => {
    const bot = at(made(), 'bots', 0);
    expect(at(bot, 'botId')).to.equal(ORDER.appId);
    expect(at(bot, 'scopes')).to.deep.equal(['personal', 'team', 'groupChat']);
    expect(at(bot, 'supportsFiles')).to.equal(true);
    expect(listAt(bot, 'commandLists').map((list) => at(list, 'scopes'))).to.deep.equal([
      ['personal'],
      ['team'],
      ['groupChat'],
    ]);
  });

  it('asks for the messages of a team’s channels and for nothing else', () => {
    const manifest = made();
    expect(at(manifest, 'authorization')).to.deep.equal({
      permissions: { resourceSpecific: [{ name: 'ChannelMessage.Read.Group', type: 'Application' }] },
    });
    expect(at(manifest, 'webApplicationInfo')).to.deep.equal({ id: ORDER.appId, resource: 'https://desk.contoso.com' });
    for (const name of ['permissions', 'devicePermissions', 'composeExtensions', 'staticTabs'])
      expect(manifest, name).not.to.have.property(name);
  });

  it('asks for nothing at all where channel messages are not wanted', () => {
    const manifest = made(asItIs, { ...ORDER, channelMessages: false });
    expect(manifest).not.to.have.any.keys('authorization', 'webApplicationInfo', 'permissions');
  });

  it('says which pages and which domain are the organization’s own', () => {
    const manifest = made(asItIs, {
      ...ORDER,
      developerName: 'Contoso "A"',
      teamsAppId: '11111111-2222-4333-8444-555555555555',
    });
    expect(at(manifest, 'developer')).to.deep.equal({
      name: 'Contoso "A"',
      websiteUrl: ORDER.website,
      privacyUrl: ORDER.privacy,
      termsOfUseUrl: ORDER.terms,
    });
    expect([at(manifest, 'validDomains'), at(manifest, 'id'), at(manifest, 'version')]).to.deep.equal([
      ['desk.contoso.com'],
      '11111111-2222-4333-8444-555555555555',
      '1.2.0',
    ]);
    expect(JSON.stringify(manifest)).not.to.include('{{');
  });

  for (const file of LANGUAGE_FILES) {
    it(`names in ${file} only places that the manifest has`, () => {
      const manifest = made();
      const keys = Object.keys(textsOf(file));
      const lost = keys.filter(
        (key) =>
          textAt(
            manifest,
            ...[...key.matchAll(/[^.[\]]+/g)].map(([step]) => (/^\d+$/.test(step) ? Number(step) : step)),
          ) === undefined,
      );
      expect(lost).to.deep.equal([]);
    });

    it(`stays in ${file} within the lengths that Teams shows`, () => {
      const most: readonly (readonly [RegExp, number])[] = [
        [/^name\.short$/, 30],
        [/^name\.full$/, 100],
        [/^description\.short$/, 80],
        [/^description\.full$/, 4000],
        [/\.title$/, 32],
        [/\]\.description$/, 128],
      ];
      for (const [key, text] of Object.entries(textsOf(file))) {
        const limit = most.find(([pattern]) => pattern.test(key))?.[1] ?? 0;
        expect(text.length, key).to.be.within(1, limit);
      }
    });
  }
});

describe('A fault in the folder of the manifest is found', () => {
  const faults: readonly (readonly [string, () => ReadFile, RegExp])[] = [
    [
      'a scope that Teams does not know',
      () => withBot({ scopes: ['personal', 'team', 'groupChat', 'channel'] }),
      /manifest\.json: \/bots\/0\/scopes\/3 must be equal to one of the allowed values/,
    ],
    [
      'a scope without its commands',
      () => withBot({ commandLists: [{ scopes: ['personal'], commands: [] }] }),
      /scope (team|groupChat) has not exactly one list/,
    ],
    [
      'commands for a scope that the bot does not have',
      () => withBot({ scopes: ['personal', 'team'] }),
      /list of commands for groupChat/,
    ],
    [
      'a team’s bot that is silent on the kinds of channels',
      () => withJson('manifest.json', { supportsChannelFeatures: undefined }),
      /supportsChannelFeatures/,
    ],
    [
      'a property that the schema does not know',
      () => withJson('manifest.json', { colour: 'red' }),
      /manifest\.json: the whole file .*additional properties \(colour\)/i,
    ],
    [
      'another version of the schema',
      () => withJson('manifest.json', { manifestVersion: '1.24' }),
      /\/manifestVersion must be equal to constant/,
    ],
    [
      'a title that is too long',
      () => withJson('ru.json', { [`${FIRST}.title`]: 'С'.repeat(33) }),
      /ru\.json: \/bots\/0\/commandLists\/0\/commands\/0\/title has 33 letters; Teams shows 32/,
    ],
    [
      'a description that is too long',
      () => withJson('tr.json', { [`${FIRST}.description`]: 'y'.repeat(129) }),
      /tr\.json: .*\/description has 129 letters/,
    ],
    [
      'a name that is too long',
      () => withJson('tr.json', { 'name.short': 'm'.repeat(31) }),
      /tr\.json: \/name\.short must NOT have more than 30 characters/,
    ],
    [
      'the same title twice in a list',
      () => withJson('en.json', { [`${FIRST}.title`]: 'Status' }),
      /says "Status" again/,
    ],
    [
      'a command too many',
      () =>
        withJson('en.json', {
          'bots[0].commandLists[0].commands[10].title': 'Follow',
          'bots[0].commandLists[0].commands[10].description': 'Follows',
        }),
      /has 11 commands; Teams shows 1 to 10/,
    ],
    [
      'a command without its description',
      () => withJson('en.json', { [`${FIRST}.description`]: undefined }),
      /\/bots\/0\/commandLists\/0\/commands\/0 must have required property 'description'/,
    ],
    [
      'a sentence that a language lacks',
      () => withJson('ru.json', { [`${FIRST}.title`]: undefined }),
      /ru\.json: bots\[0\]\.commandLists\[0\]\.commands\[0\]\.title is missing/,
    ],
    [
      'a sentence that only one language has',
      () => withJson('ru.json', { 'staticTabs[0].name': 'Заявки' }),
      /ru\.json: staticTabs\[0\]\.name is not in en\.json/,
    ],
    [
      'a key that the schema does not know',
      () => withJson('tr.json', { 'bots[0].name': 'Masa' }),
      /tr\.json: the whole file must NOT have additional properties \(bots\[0\]\.name\)/,
    ],
    [
      'a language without the full name',
      () => withJson('tr.json', { 'name.full': undefined }),
      /tr\.json: name\.full is missing, and Teams wants it/,
    ],
    ['an empty sentence', () => withJson('en.json', { [`${FIRST}.title`]: ' ' }), /en\.json: .*title is empty/],
    [
      'a language file that is no JSON',
      () => withFile('ru.json', '{ "name.short": '),
      /ru\.json: it is not written in JSON/,
    ],
    ['a language file that is a list', () => withFile('ru.json', '[]'), /ru\.json: it has to be one JSON object/],
    ['a missing language file', () => withFile('tr.json', undefined), /tr\.json: there is no such file/],
    [
      'a missing icon',
      () => withFile('color.png', undefined),
      /color\.png: there is no such file; make it with: npm run icons/,
    ],
    [
      'icons that have changed places',
      () => withJson('manifest.json', { icons: { color: 'outline.png', outline: 'color.png' } }),
      /outline\.png: it has 32 × 32 pixels; Teams wants 192 × 192/,
    ],
    ['an icon that is no picture', () => withFile('outline.png', 'GIF89a'), /outline\.png: it is no PNG picture/],
  ];
  for (const [fault, read, sentence] of faults) {
    it(fault, () => {
      expect(problemsOf(read()).join('\n')).to.match(sentence);
    });
  }

  it('a place that nothing fills', () => {
    expect(() => makePackage(withJson('manifest.json', { version: '{{edition}}' }), ORDER)).to.throw(
      'nothing fills the place {{edition}}',
    );
  });
});
