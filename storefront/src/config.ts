import type { OidcMetadata } from 'oidc-client-ts';

/** Settings of an installation: `/config.json`, which the web server of the site provides. */
export interface Config {
  /** Base URL of the APIs, such as `https://api.books.com`; empty for the origin of the site. */
  apiBase: string;
  /** Currency of the catalog prices (ISO 4217). */
  currency: string;
  /** Hosts whose pictures of covers are shown; they are those of the site's `img-src` policy. None if it is missing. */
  coverHosts?: string[];
  oidc: {
    /** The issuer. Its discovery document is read unless `metadata` has the endpoints. */
    authority: string;
    clientId: string;
    /** Further scopes that the identity server requires, separated by spaces. */
    additionalScopes?: string;
    metadata?: Partial<OidcMetadata>;
  };
}

/** Where users change their name and password: the page that Identity Server and the embedded identity server have at the same path. */
export function accountPage({ oidc }: Config, language: string): string {
  return new URL(`/myaccount?ui_locales=${language}`, oidc.metadata?.authorization_endpoint ?? oidc.authority).href;
}

export async function loadConfig(): Promise<Config> {
  const response = await fetch('/config.json');
  if (!response.ok) {
    throw new Error(`/config.json answered ${response.status}`);
  }
  return (await response.json()) as Config;
}
