/** The configuration file of a simulator: the Teams of one persona with one user, their chat and their team. */
import type { Place } from '../desk/directory/people.ts';
import type { Persona } from './personas.ts';

const BOT = { id: '28:c0000000-0000-4000-8000-00000000000b', name: 'Claims desk' };
/** The simulator requires exactly five people beside its user. They never write. */
const BYSTANDERS = ['Alex', 'Billie', 'Dana', 'Eli', 'Flo'];

/** The conversation id of the persona's personal chat. */
export const chatOf = ({ key }: Persona): string => `a:chat-${key}`;
/** The conversation id of the persona's extra channel. */
export const channelOf = ({ key }: Persona): string => `19:channel-${key}@thread.tacv2`;

/** The persona's extra channel, in the simulator that listens at `url`, as a place that the desk can write to. */
export function channelPlace(persona: Persona, serviceUrl: string): Place {
  return { conversationId: channelOf(persona), serviceUrl, tenantId: persona.company.tenantId, botId: BOT.id };
}

/** The content of the configuration file. It is JSON, which is YAML too. */
export function simulatorConfigOf(persona: Persona): string {
  const { key, company, channel } = persona;
  return JSON.stringify(
    {
      version: '0.1.1',
      tenantId: company.tenantId,
      bot: BOT,
      currentUser: user(`29:${key}`, persona.givenName, persona.surname, persona.objectId, persona.email),
      users: BYSTANDERS.map((name, index) =>
        user(
          `29:${key}-${index}`,
          name,
          'Bystander',
          `b000000${index}-0000-4000-8000-${company.tenantId.slice(-12)}`,
          `${name}@${company.domain}`.toLowerCase(),
        ),
      ),
      personalChat: { id: chatOf(persona) },
      groupChat: { id: `19:group-${key}@thread.v2`, name: 'Group chat' },
      team: {
        id: `19:general-${key}@thread.tacv2`,
        name: company.name,
        aadGroupId: `d0000000-0000-4000-8000-${company.tenantId.slice(-12)}`,
        channels: [{ id: channelOf(persona), name: channel }],
      },
    },
    null,
    2,
  );
}

function user(id: string, givenName: string, surname: string, aadObjectId: string, email: string): object {
  return { id, name: `${givenName} ${surname}`, userPrincipleName: email, aadObjectId, givenName, surname, email };
}
