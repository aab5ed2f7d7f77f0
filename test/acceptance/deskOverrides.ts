import type { Environment } from '../../src/config/environment.ts';
import type { DeskOverrides } from '../../src/app/startDesk.ts';
import { localCloud, localToken } from '../support/tokenIssuer.ts';

/** What a desk of the walks believes, in this process and in others: the issuer that `ACCEPTANCE_ISSUER` names, where it names one. */
export function deskOverridesFrom(env: Environment): Pick<DeskOverrides, 'cloud' | 'token'> {
  const url = env['ACCEPTANCE_ISSUER'];
  return url === undefined ? {} : { cloud: localCloud(url), token: localToken(url) };
}
