/** Clients of the Bot Connector, one for each service. */
import type { ConnectorClient } from 'botframework-connector';
import { ClaimsIdentity } from 'botframework-connector';
import { LRUCache } from 'lru-cache';
import type { ChannelAuthenticator } from '../auth/authenticator.ts';

/** What an unauthenticated bot asks its token for; an authenticated one knows its cloud's own audience. */
const AUDIENCE = 'https://api.botframework.com';
const MAX_CLIENTS = 64;

export type Clients = (serviceUrl: string) => Promise<ConnectorClient>;

/** Keeps the clients used last. They do not retry by themselves: the SDK knows nothing of rate limits and deadlines. */
export function createClients({ authentication }: Pick<ChannelAuthenticator, 'authentication'>): Clients {
  const clients = new LRUCache<string, Promise<ConnectorClient>>({ max: MAX_CLIENTS });
  return (serviceUrl) => {
    const known = clients.get(serviceUrl);
    if (known) return known;
    const created = authentication
      .createConnectorFactory(new ClaimsIdentity([], 'anonymous'))
      .create(serviceUrl, AUDIENCE)
      .then(withoutRetries);
    created.catch(() => clients.delete(serviceUrl));
    clients.set(serviceUrl, created);
    return created;
  };
}

interface Pipeline {
  removePolicy(policy: { name: string }): void;
}

function withoutRetries(client: ConnectorClient): ConnectorClient {
  const { pipeline, client: inner } = client as unknown as {
    readonly pipeline?: Pipeline;
    readonly client?: { readonly pipeline: Pipeline };
  };
  (inner?.pipeline ?? pipeline)?.removePolicy({ name: 'defaultRetryPolicy' });
  return client;
}
