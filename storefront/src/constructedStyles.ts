import createCache, { type EmotionCache } from '@emotion/cache';

interface SheetOptions {
  key: string;
  container: Node;
}

/**
 * Keeps Emotion's rules in a constructed style sheet. Emotion's own way is a `<style>` element, which a Content-Security-Policy without
 * `'unsafe-inline'` forbids; a nonce would need a server that writes the page anew for every visitor, and this site is static files.
 */
class ConstructedSheet {
  readonly key: string;
  readonly container: Node;
  readonly isSpeedy = true;
  /** Emotion looks for elements here to place others beside them. There are none. */
  readonly tags: never[] = [];
  before = null;
  private readonly sheet = new CSSStyleSheet();

  constructor({ key, container }: SheetOptions) {
    this.key = key;
    this.container = container;
    // Global styles come first, so that those of components win.
    document.adoptedStyleSheets = key.endsWith('-global')
      ? [this.sheet, ...document.adoptedStyleSheets]
      : [...document.adoptedStyleSheets, this.sheet];
  }

  hydrate(): void {
    // No server renders this site.
  }

  insert(rule: string): void {
    try {
      this.sheet.insertRule(rule, this.sheet.cssRules.length);
    } catch {
      // A selector of another browser, such as ::-moz-focus-inner.
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
