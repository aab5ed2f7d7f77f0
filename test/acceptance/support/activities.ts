/** Activities as Teams sends them to a bot: raw JSON, for the desk's own endpoint. */

export type Activity = Readonly<Record<string, unknown>>;

/** A person in Teams. */
export interface Persona {
  readonly name: string;
  /** `29:…`, as one bot knows them. */
  readonly teamsId: string;
  /** In their own tenant's directory. */
  readonly objectId: string;
  readonly tenantId: string;
  readonly locale: string;
}

/** A channel of a team; `thread` is the id of the message that the thread began with. */
export interface Channel {
  readonly team: string;
  readonly channel: string;
  readonly thread?: string;
}

/** Where something happens: in the person's own chat with the bot where no channel is given. */
export interface Where {
  readonly in?: Channel;
  /** A new one where it is left out. */
  readonly id?: string;
  readonly replyTo?: string;
}

export interface Button {
  readonly verb: string;
  /** What the card put on the button. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** What the person filled in. */
  readonly inputs?: Readonly<Record<string, string>>;
}

export const BOT = { id: '28:c1a1b2d3-0000-4000-8000-00000000b077', name: 'CPOR Claims Desk' } as const;
const SENT_AT = '2026-11-23T17:00:00.000Z';

export function persona(name: string, tenantId: string, objectId: string, locale = 'en-US'): Persona {
  return { name, tenantId, objectId, locale, teamsId: `29:1${objectId.replaceAll('-', '')}` };
}

/** The id of a person's own chat with the bot. */
export function personalChat(person: Persona): string {
  return `a:1${person.teamsId.slice('29:'.length)}`;
}

/** The conversation id of a thread. */
export function threadOf({ channel, thread }: Channel): string {
  return thread === undefined ? channel : `${channel};messageid=${thread}`;
}

export type Activities = ReturnType<typeof activitiesOf>;

/** Activities for a bot that answers to `serviceUrl`. Ids count up, so a run is the same each time. */
export function activitiesOf(serviceUrl: string, bot: { readonly id: string; readonly name: string } = BOT) {
  let last = 0;

  function newId(where: Where): string {
    last += 1;
    return where.in ? String(1_780_000_000_000 + last) : `1${String(last).padStart(12, '0')}`;
  }

  function base(from: Persona, where: Where, own: Activity, channelData: Activity = {}): Activity {
    const id = where.id ?? newId(where);
    const channel = where.in;
    return {
      id,
      channelId: 'msteams',
      serviceUrl,
      timestamp: SENT_AT,
      localTimestamp: SENT_AT,
      localTimezone: 'Europe/Vienna',
      locale: from.locale,
      from: { id: from.teamsId, name: from.name, aadObjectId: from.objectId },
      recipient: { ...bot },
      conversation: channel
        ? {
            id: threadOf({ ...channel, thread: channel.thread ?? id }),
            isGroup: true,
            conversationType: 'channel',
            tenantId: from.tenantId,
          }
        : { id: personalChat(from), conversationType: 'personal', tenantId: from.tenantId },
      channelData: {
        tenant: { id: from.tenantId },
        ...(channel && {
          teamsChannelId: channel.channel,
          teamsTeamId: channel.team,
          channel: { id: channel.channel },
          team: { id: channel.team },
        }),
        ...channelData,
      },
      entities: [
        {
          type: 'clientInfo',
          locale: from.locale,
          country: from.locale.slice(3),
          platform: 'Web',
          timezone: 'Europe/Vienna',
        },
      ],
      ...(where.replyTo !== undefined && { replyToId: where.replyTo }),
      ...own,
    };
  }

  /** In a channel the bot is mentioned in front, unless it is said that it is not. */
  function message(from: Persona, text: string, where: Where & { readonly mention?: boolean } = {}): Activity {
    const spoken = spokenAs(text, where.mention ?? where.in !== undefined);
    const sent = base(from, where, {
      type: 'message',
      textFormat: 'plain',
      text: spoken.text,
      attachments: [{ contentType: 'text/html', content: spoken.html }],
    });
    return { ...sent, entities: [...(sent['entities'] as Activity[]), ...spoken.mentions] };
  }

  function spokenAs(text: string, mention: boolean) {
    const typed = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    if (!mention) return { text, html: `<p>${typed}</p>`, mentions: [] };
    const tag = `<at>${bot.name}</at>`;
    return {
      text: `${tag} ${text}`,
      html: `<p><span itemtype="http://schema.skype.com/Mention" itemscope itemid="0">${bot.name}</span>&nbsp;${typed}</p>`,
      mentions: [{ type: 'mention', text: tag, mentioned: { ...bot } }],
    };
  }

  /** Something happened to a message that the person wrote before. */
  function changed(
    type: 'messageUpdate' | 'messageDelete',
    eventType: string,
    from: Persona,
    where: Where & { readonly id: string },
    own: Activity,
  ): Activity {
    return base(from, where, { type, ...own }, { eventType });
  }

  const members = (
    from: Persona,
    where: Where,
    own: 'membersAdded' | 'membersRemoved',
    who: 'bot' | Persona,
  ): Activity => {
    const member = who === 'bot' ? { id: bot.id } : { id: who.teamsId, aadObjectId: who.objectId };
    const eventType = own === 'membersAdded' ? 'teamMemberAdded' : 'teamMemberRemoved';
    return base(from, where, { type: 'conversationUpdate', [own]: [member] }, where.in ? { eventType } : {});
  };

  return {
    message,

    /** A press on Action.Execute; `replyTo` is the message with the card. */
    press: (
      from: Persona,
      { verb, data = {}, inputs = {} }: Button,
      where: Where & { readonly replyTo: string },
    ): Activity =>
      base(
        from,
        where,
        {
          type: 'invoke',
          name: 'adaptiveCard/action',
          value: { action: { type: 'Action.Execute', verb, data: { ...data, ...inputs } }, trigger: 'manual' },
        },
        { source: { name: 'message' }, legacy: { replyToId: where.replyTo } },
      ),

    /** A press on Action.Submit, as old clients send it: a message without a text. */
    submit: (
      from: Persona,
      { data = {}, inputs = {} }: Omit<Button, 'verb'>,
      where: Where & { readonly replyTo: string },
    ): Activity =>
      base(
        from,
        where,
        { type: 'message', value: { ...data, ...inputs } },
        { source: { name: 'message' }, legacy: { replyToId: where.replyTo } },
      ),

    installed: (from: Persona, where: Where = {}): Activity =>
      base(from, where, { type: 'installationUpdate', action: 'add' }),
    removed: (from: Persona, where: Where = {}): Activity =>
      base(from, where, { type: 'installationUpdate', action: 'remove' }),
    /** A new version of the app. */
    updated: (from: Persona, where: Where = {}): Activity =>
      base(from, where, { type: 'installationUpdate', action: 'add-upgrade' }),
    /** Someone deleted the channel, or brought it back; Teams says so in a channel. */
    channelChanged: (from: Persona, eventType: 'channelDeleted' | 'channelRestored', where: Where): Activity =>
      base(from, where, { type: 'conversationUpdate' }, { eventType }),
    joined: (from: Persona, who: 'bot' | Persona, where: Where = {}): Activity =>
      members(from, where, 'membersAdded', who),
    left: (from: Persona, who: 'bot' | Persona, where: Where = {}): Activity =>
      members(from, where, 'membersRemoved', who),

    /** `where.id` is the id of the message that is edited. */
    edited: (from: Persona, text: string, where: Where & { readonly id: string }): Activity =>
      changed('messageUpdate', 'editMessage', from, where, { text, textFormat: 'plain' }),
    restored: (from: Persona, text: string, where: Where & { readonly id: string }): Activity =>
      changed('messageUpdate', 'undeleteMessage', from, where, { text, textFormat: 'plain' }),
    deleted: (from: Persona, where: Where & { readonly id: string }): Activity =>
      changed('messageDelete', 'softDeleteMessage', from, where, {}),

    /** A file handed to the bot in the person's own chat. */
    file: (from: Persona, file: { readonly name: string; readonly downloadUrl: string }, text = ''): Activity =>
      base(
        from,
        {},
        {
          type: 'message',
          text,
          textFormat: 'plain',
          attachments: [
            {
              contentType: 'application/vnd.microsoft.teams.file.download.info',
              name: file.name,
              contentUrl: `https://contoso-my.sharepoint.com/personal/documents/${encodeURIComponent(file.name)}`,
              content: {
                downloadUrl: file.downloadUrl,
                uniqueId: '1150d938-8870-4044-9f2c-5bbdebaf0001',
                fileType: file.name.split('.').at(-1) ?? '',
              },
            },
          ],
        },
      ),
  };
}
