import { firstRequests } from './catalogQuery';
import { drawFirstView } from './firstView';
import { loadConfig } from './config';
import { languageOfVisit, loadCatalog } from './i18n/languages';

/*
 * Requests what the first page needs, and draws its first texts. A small file of its own: it runs while the browser is still loading the
 * other scripts.
 */

export const language = languageOfVisit();
export const config = loadConfig();
export const texts = loadCatalog(language);

const paths = firstRequests(location.pathname, location.search);

const urlOf = (apiBase: string, path: string) => `${apiBase || location.origin}/catalog/v1${path}`;

const answers = new Map<string, Promise<Response>>();

/** The answer to a request that was sent early, once; undefined if there is none. */
export function takeAnswer(url: string): Promise<Response> | undefined {
  const answer = answers.get(url);
  answers.delete(url);
  return answer;
}

config.then(
  ({ apiBase }) => {
    for (const path of paths) {
      const url = urlOf(apiBase, path);
      // It may be someone who has just changed a book.
      const answer = fetch(url, { cache: 'no-cache' });
      // The caller that takes it gets the failure as well.
      answer.catch(() => undefined);
      answers.set(url, answer);
    }
  },
  // The site says so when it starts.
  () => undefined,
);
texts.catch(() => undefined);

const read = (path: string) =>
  paths.includes(path)
    ? config.then(async ({ apiBase }) => {
        // A copy: the application reads the answer as well.
        const answer = (await answers.get(urlOf(apiBase, path)))!.clone();
        if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
        return (await answer.json()) as unknown;
      })
    : undefined;

// Without it the application draws the page, or says what failed.
drawFirstView(document.getElementById('root')!, { language, texts, config, answer: read }).catch(() => undefined);
