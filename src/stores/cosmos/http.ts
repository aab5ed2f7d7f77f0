/** The HTTP client of the Cosmos DB SDK, with what the SDK leaves out. */
import { createDefaultHttpClient, type PipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import type { CosmosClientOptions } from '@azure/cosmos';
import { checkClock, storeTimeOf } from './clockCheck.ts';
import type { MachineTime } from './clockCheck.ts';

export type HttpClient = NonNullable<CosmosClientOptions['httpClient']>;

export interface CheckedHttpClient extends HttpClient {
  /** What the newest request failed with that got no response; undefined once one gets a response. */
  readonly lastFailure: () => unknown;
}

/**
 * Sends requests by `http`, with two exceptions. The SDK asks for a query plan with every query, which a query of one
 * partition does not need: that request is not sent. And a read throws a {@link ClockError} where the store's time is
 * not this machine's, even if nothing was found or the read was refused. A write has happened, whatever the time.
 */
export function createHttpClient(
  { clock, steady }: MachineTime,
  http: HttpClient = createDefaultHttpClient(),
): CheckedHttpClient {
  let failure: unknown;

  async function send(request: PipelineRequest): Promise<PipelineResponse> {
    try {
      const response = await http.sendRequest(request);
      failure = undefined;
      return response;
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
      const response = await send(request);
      if (isRead(request)) checkClock(storeTimeOf(response.headers.get('date')), clock.now(), steady.now() - from);
      return response;
    },
  };
}

function isRead({ method, headers }: PipelineRequest): boolean {
  return method === 'GET' || headers.has('x-ms-documentdb-isquery');
}
