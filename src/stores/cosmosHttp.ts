import { createDefaultHttpClient } from '@azure/core-rest-pipeline';
import type { CosmosClientOptions } from '@azure/cosmos';

export type HttpClient = NonNullable<CosmosClientOptions['httpClient']>;

/** What carries requests to Cosmos DB, and remembers what went wrong. */
export interface Carrier extends HttpClient {
  /** What the newest request failed with that got no answer; undefined once one is answered. */
  readonly lastFailure: () => unknown;
}

/**
 * Carries requests as `http` does, but for one: the SDK asks for a plan beside every query, which a query of one partition does not
 * need, so that request is not sent.
 */
export function carrier(http: HttpClient = createDefaultHttpClient()): Carrier {
  let failure: unknown;
  return {
    lastFailure: () => failure,
    async sendRequest(request) {
      if (request.headers.has('x-ms-cosmos-is-query-plan-request')) throw new Error('A query of one partition needs no plan');
      try {
        const answer = await http.sendRequest(request);
        failure = undefined;
        return answer;
      } catch (error) {
        failure = error;
        throw error;
      }
    },
  };
}
