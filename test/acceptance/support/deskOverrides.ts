import type { Environment } from '../../../src/config/environment.ts';
import type { DeskOverrides } from '../../../src/app/startDesk.ts';
import { localCloud, localToken } from '../../support/tokenIssuer.ts';

/**
 * What a desk of the acceptance tests trusts, in this process and in others: the issuer that `ACCEPTANCE_ISSUER` names,
 * if it is set.
 */
export function deskOverridesFrom(env: Environment): Pick<DeskOverrides, 'cloud' | 'token'> {
  const url = env['ACCEPTANCE_ISSUER'];
  return url === undefined ? {} : { cloud: localCloud(url), token: localToken(url) };
}
