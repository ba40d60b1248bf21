import type { User, UserManager } from 'oidc-client-ts';
import { createContext, use, useSyncExternalStore, type ReactNode } from 'react';
import type { TokenSource } from '../api/client';
import type { Config } from '../config';
import { SIGNED_IN_MARK } from './marks';

/** All scopes that pages of this site use; the identity server grants those that the user's roles allow. */
const SCOPES = [
  'openid',
  'profile',
  'email',
  'orders:create',
  'orders:read',
  'orders:read_all',
  'orders:process',
  'inventory:write',
  'registrations:approve',
  'reports:read',
  'prices:manage',
  'mails:manage',
].join(' ');

/** Stands for the page that a user's work begins with, where others have the address to return to. */
const LANDING = 'landing';

/** The page that a user's work begins with. */
function landingPage(scopes: ReadonlySet<string>): string {
  if (scopes.has('reports:read')) return '/dashboard';
  return scopes.has('orders:process') ? '/orders' : '/';
}

/** Marks that this tab asked the identity server whether it knows the visitor. */
const ASKED_MARK = 'books.asked';

/** What a sign-in brings back from the identity server. */
interface Return {
  to: string;
  /** The visitor was signed in before, so a refusal means that the session has expired. */
  resumed: boolean;
}

export interface SignedInUser {
  subject: string;
  name: string;
  email: string;
  scopes: ReadonlySet<string>;
}

/** `unreachable`: the identity server did not respond to a sign-in; `only-here`: it did not respond to a sign-out. */
export type SignedOutReason = 'expired' | 'unreachable' | 'only-here';

export type SessionState =
  | { status: 'starting' }
  | { status: 'signed-out'; reason?: SignedOutReason }
  | { status: 'signed-in'; user: SignedInUser };

/**
 * Signs in with OpenID Connect (authorization code with PKCE). Tokens are kept in the memory of the page and nowhere else: after a
 * reload the site asks the identity server again, with a redirect that shows no page (`prompt=none`).
 */
export class Session implements TokenSource {
  private state: SessionState = { status: 'starting' };
  private user: User | null = null;
  private readonly listeners = new Set<() => void>();
  private readonly userChangeListeners = new Set<() => void>();
  private manager: Promise<UserManager> | null = null;

  constructor(private readonly config: Config) {}

  /** The OpenID Connect library, loaded when it is needed first: most visits begin without signing in. */
  private connect(): Promise<UserManager> {
    this.manager ??= this.createManager();
    // After a lost connection the next attempt loads it again.
    this.manager.catch(() => (this.manager = null));
    return this.manager;
  }

  private async createManager(): Promise<UserManager> {
    const { InMemoryWebStorage, UserManager, WebStorageStateStore } = await import('oidc-client-ts');
    const { authority, clientId, additionalScopes, metadata } = this.config.oidc;
    const manager = new UserManager({
      authority,
      client_id: clientId,
      metadata,
      redirect_uri: `${location.origin}/callback`,
      post_logout_redirect_uri: `${location.origin}/`,
      scope: additionalScopes ? `${SCOPES} ${additionalScopes}` : SCOPES,
      userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
      // Holds only the code verifier and the address to return to, while the browser is at the identity server.
      stateStore: new WebStorageStateStore({ store: sessionStorage, prefix: 'books.sign-in.' }),
      automaticSilentRenew: true,
      revokeTokenTypes: ['refresh_token'],
      monitorSession: false,
      loadUserInfo: false,
    });
    manager.events.addUserLoaded((user) => this.signedIn(user));
    manager.events.addSilentRenewError(() => {
      // The token may still be valid for a while; the first 401 ends the session.
    });
    manager.events.addAccessTokenExpired(() => this.refused());
    return manager;
  }

  /**
   * Restores the sign-in after a reload, or reads the identity server's response at `/callback`.
   *
   * @returns the address to show instead of `/callback`, or null to stay
   */
  async start(): Promise<string | null> {
    if (location.pathname === '/callback') {
      return this.finishSignIn();
    }
    if (sessionStorage.getItem(SIGNED_IN_MARK)) {
      return this.resume(here());
    }
    this.become({ status: 'signed-out' });
    return null;
  }

  /** Leaves the page, so it returns only if the identity server does not respond. The mark is removed first, so that this is tried once. */
  private async resume(returnTo: string): Promise<null> {
    sessionStorage.removeItem(SIGNED_IN_MARK);
    try {
      const state: Return = { to: returnTo, resumed: true };
      await (await this.connect()).signinRedirect({ prompt: 'none', state });
    } catch {
      this.become({ status: 'signed-out', reason: 'expired' });
      return null;
    }
    return new Promise<never>(() => undefined);
  }

  private async finishSignIn(): Promise<string> {
    try {
      const user = await (await this.connect()).signinRedirectCallback();
      this.signedIn(user);
      const to = (user.state as Return | undefined)?.to ?? '/';
      return to === LANDING ? landingPage(new Set(user.scope?.split(' ') ?? [])) : to;
    } catch (failure) {
      // There is no session at the identity server, or the visitor opened this address directly.
      const state = (failure as { state?: Return }).state;
      if (state === undefined && sessionStorage.getItem(SIGNED_IN_MARK)) {
        return (await this.resume('/')) ?? '/';
      }
      this.become({ status: 'signed-out', reason: state?.resumed ? 'expired' : undefined });
      return state && state.to !== LANDING ? state.to : '/';
    }
  }

  /** Whether the identity server may know a visitor who is not signed in here: from another tab. */
  mayBeKnown(): boolean {
    return this.state.status === 'signed-out' && !this.state.reason && !sessionStorage.getItem(ASKED_MARK);
  }

  /** Asks the identity server, without showing its page, whether it knows the visitor; once in a tab. Leaves the page. */
  async askOnce(): Promise<void> {
    if (!this.mayBeKnown()) return;
    sessionStorage.setItem(ASKED_MARK, '1');
    this.become({ status: 'starting' });
    try {
      const state: Return = { to: here(), resumed: false };
      await (await this.connect()).signinRedirect({ prompt: 'none', state });
    } catch {
      this.become({ status: 'signed-out' });
    }
  }

  /** Leaves the page for the identity server, which returns to `returnTo`; from the home page, staff go on to their work. */
  async signIn(returnTo: string = here()): Promise<void> {
    try {
      const state: Return = { to: returnTo === '/' ? LANDING : returnTo, resumed: true };
      await (await this.connect()).signinRedirect({ state, ui_locales: document.documentElement.lang });
    } catch {
      this.become({ status: 'signed-out', reason: 'unreachable' });
    }
  }

  /** Leaves the page for the identity server; if that does not respond, only the tokens here are deleted. */
  async signOut(): Promise<void> {
    const manager = await this.connect();
    try {
      // A token that cannot be revoked expires soon anyway; the visitor is signed out all the same.
      await manager.revokeTokens().catch(() => undefined);
      // Not earlier: revoking loads the user once more, which sets the mark again.
      sessionStorage.removeItem(SIGNED_IN_MARK);
      sessionStorage.setItem(ASKED_MARK, '1');
      await manager.signoutRedirect();
    } catch {
      this.user = null;
      await manager.removeUser();
      this.become({ status: 'signed-out', reason: 'only-here' });
    }
  }

  accessToken(): string | null {
    return this.user && !this.user.expired ? this.user.access_token : null;
  }

  refused(): void {
    if (this.state.status !== 'signed-in') return;
    sessionStorage.removeItem(SIGNED_IN_MARK);
    this.user = null;
    void this.connect().then((manager) => manager.removeUser());
    this.become({ status: 'signed-out', reason: 'expired' });
  }

  private signedIn(user: User): void {
    this.user = user;
    sessionStorage.setItem(SIGNED_IN_MARK, '1');
    const {
      given_name: givenName,
      family_name: familyName,
      email,
      username,
    } = user.profile as Record<string, string | undefined>;
    this.become({
      status: 'signed-in',
      user: {
        subject: user.profile.sub,
        name: [givenName, familyName].filter(Boolean).join(' ') || username || email || user.profile.sub,
        email: email ?? '',
        scopes: new Set(user.scope?.split(' ') ?? []),
      },
    });
  }

  private become(state: SessionState): void {
    const before = subject(this.state);
    this.state = state;
    this.listeners.forEach((listener) => listener());
    if (subject(state) !== before) this.userChangeListeners.forEach((listener) => listener());
  }

  /** Called when a user signs in or out, not when the token is renewed. */
  onUserChange(listener: () => void): void {
    this.userChangeListeners.add(listener);
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = () => this.state;
}

const subject = (state: SessionState) => (state.status === 'signed-in' ? state.user.subject : null);

function here(): string {
  return location.pathname + location.search;
}

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('There is no SessionProvider');
  return session;
}

export function useSessionState(): SessionState {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, session.snapshot);
}

export interface Abilities {
  signedIn: boolean;
  user: SignedInUser | null;
  buys: boolean;
  readsOrders: boolean;
  readsAllOrders: boolean;
  processesOrders: boolean;
  keepsInventory: boolean;
  decidesRegistrations: boolean;
  seesFigures: boolean;
  managesPrices: boolean;
  managesMails: boolean;
}

/** What the visitor may do according to the scopes of the token. The APIs check it again. */
export function useAbilities(): Abilities {
  const state = useSessionState();
  const user = state.status === 'signed-in' ? state.user : null;
  const may = (scope: string) => user?.scopes.has(scope) ?? false;
  return {
    signedIn: user !== null,
    user,
    // Visitors can fill a cart before they sign in.
    buys: user === null || may('orders:create'),
    readsOrders: may('orders:read') || may('orders:read_all'),
    readsAllOrders: may('orders:read_all'),
    processesOrders: may('orders:process'),
    keepsInventory: may('inventory:write'),
    decidesRegistrations: may('registrations:approve'),
    seesFigures: may('reports:read'),
    managesPrices: may('prices:manage'),
    managesMails: may('mails:manage'),
  };
}
