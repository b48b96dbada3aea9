import type { Ability, Principal } from '@orderloom/access';
import type { Tenant } from '@orderloom/database';
import { must } from '@orderloom/kernel';
import type { Platform } from '@orderloom/operations';
import type { Reader } from './reader.ts';

/** Who looks, where, and what they may do. */
export interface Viewer {
  readonly user: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    /** BCP 47 tag. */
    readonly language: string;
  };
  readonly tenant: Tenant;
  /** Every tenant the user belongs to. */
  readonly tenants: readonly Tenant[];
  readonly principal: Principal;
  readonly ability: Ability;
}

/** What resolvers get. One per request. */
export interface Context {
  readonly platform: Platform;
  /** Null when nobody is signed in. */
  readonly viewer: Viewer | null;
  /** Asks again who it is: sessions and roles end while a subscription is open. */
  readonly findViewer: () => Promise<Viewer | null>;
  /** BCP 47 tag of the names that come back. */
  readonly language: string;
  readonly reader: Reader;
}

/** Of a field that nobody reaches without being signed in; `builder.ts` sees to that. */
export function viewerOf({ viewer }: Context): Viewer {
  return must(viewer, 'a signed-in viewer');
}
