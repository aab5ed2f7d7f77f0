/** The licences of packages whose metadata names none. */

export interface FoundLicence {
  /** As SPDX writes it. */
  readonly licence: string;
  /** Where it was read. */
  readonly where: string;
}

/** By name and version: another version may have another licence. */
export const UNDECLARED_LICENCES: Readonly<Record<string, FoundLicence>> = {
  'escape-regexp-component@1.0.2': { licence: 'MIT', where: 'its Readme.md, “License”' },
  'jspath@0.4.0': { licence: 'MIT', where: 'its LICENSE, the text of MIT under “Copyright (c) 2012 Dmitry Filatov”' },
  'semaphore@1.1.0': { licence: 'MIT', where: 'its README.md, “License”' },
};
