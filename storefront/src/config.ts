import type { OidcMetadata } from 'oidc-client-ts';

/** What differs between installations: `/config.json`, which the server of the site provides. */
export interface Config {
  /** Where the APIs are: empty for the site's own origin, else such as `https://api.books.com`. */
  apiBase: string;
  /** ISO 4217; what catalogue prices are in. */
  currency: string;
  /** Discounts for copies of the same book as the Order API is set, such as `5:5,10:10`: quantity and percent. */
  quantityTiers: string;
  oidc: {
    /** The issuer; its discovery document is read unless `metadata` says where the endpoints are. */
    authority: string;
    clientId: string;
    /** Scopes of the identity server's own that the APIs need a user to have, separated by blanks. */
    additionalScopes?: string;
    metadata?: Partial<OidcMetadata>;
  };
}

export async function loadConfig(): Promise<Config> {
  const response = await fetch('/config.json', { cache: 'no-cache' });
  if (!response.ok) {
    throw new Error(`/config.json answered ${response.status}`);
  }
  return (await response.json()) as Config;
}
