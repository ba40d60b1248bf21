import createCache, { type EmotionCache } from '@emotion/cache';

interface SheetOptions {
  key: string;
  container: Node;
}

/**
 * Keeps Emotion's rules in a constructed style sheet. By default, Emotion uses a `<style>` element, which a Content-Security-Policy
 * without `'unsafe-inline'` forbids. A nonce is not an option, because the site consists of static files.
 */
class ConstructedSheet {
  readonly key: string;
  readonly container: Node;
  readonly isSpeedy = true;
  /** Emotion places new elements next to these. There are none. */
  readonly tags: never[] = [];
  before = null;
  private readonly sheet = new CSSStyleSheet();

  constructor({ key, container }: SheetOptions) {
    this.key = key;
    this.container = container;
    // Global styles come first, so that component styles override them.
    document.adoptedStyleSheets = key.endsWith('-global')
      ? [this.sheet, ...document.adoptedStyleSheets]
      : [...document.adoptedStyleSheets, this.sheet];
  }

  hydrate(): void {
    // Not needed: the site is not rendered on a server.
  }

  insert(rule: string): void {
    try {
      this.sheet.insertRule(rule, this.sheet.cssRules.length);
    } catch {
      // A selector that this browser does not know, such as ::-moz-focus-inner.
    }
  }

  flush(): void {
    this.sheet.replaceSync('');
  }
}

export function createStyleCache(): EmotionCache {
  const cache = createCache({ key: 'css' });
  cache.sheet = new ConstructedSheet({ key: 'css', container: document.head }) as unknown as EmotionCache['sheet'];
  return cache;
}
