import { createDefaultHttpClient, type PipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import type { CosmosClientOptions } from '@azure/cosmos';
import { checkClock, storeTimeOf } from './clockCheck.ts';
import type { MachineTime } from './clockCheck.ts';

export type HttpClient = NonNullable<CosmosClientOptions['httpClient']>;

/** What carries requests to Cosmos DB, and remembers what went wrong. */
export interface Carrier extends HttpClient {
  /** What the newest request failed with that got no answer; undefined once one is answered. */
  readonly lastFailure: () => unknown;
}

/**
 * Carries requests as `http` does, but for two things. The SDK asks for a plan beside every query, which a query of one partition does
 * not need, so that request is not sent. And what is read is not answered where the store's time is not this machine's, be it that
 * nothing was found or that the reading was refused: it throws a {@link ClockError}. A write has happened, whatever the time.
 */
export function carrier({ clock, steady }: MachineTime, http: HttpClient = createDefaultHttpClient()): Carrier {
  let failure: unknown;

  async function send(request: PipelineRequest): Promise<PipelineResponse> {
    try {
      const answer = await http.sendRequest(request);
      failure = undefined;
      return answer;
    } catch (error) {
      failure = error;
      throw error;
    }
  }

  return {
    lastFailure: () => failure,
    async sendRequest(request) {
      if (request.headers.has('x-ms-cosmos-is-query-plan-request'))
        throw new Error('A query of one partition needs no plan');
      const from = steady.now();
      const answer = await send(request);
      if (isReading(request)) checkClock(storeTimeOf(answer.headers.get('date')), clock.now(), steady.now() - from);
      return answer;
    },
  };
}

function isReading({ method, headers }: PipelineRequest): boolean {
  return method === 'GET' || headers.has('x-ms-documentdb-isquery');
}
