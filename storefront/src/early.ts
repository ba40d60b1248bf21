import { firstRequests } from './catalogQuery';
import { loadConfig } from './config';
import { languageOfVisit, loadCatalog } from './i18n/languages';

/*
 * Requests what the first page needs. A small file of its own: it runs while the browser is still loading the other scripts.
 */

export const language = languageOfVisit();
export const config = loadConfig();
export const texts = loadCatalog(language);

const answers = new Map<string, Promise<Response>>();

/** The answer to a request that was sent early, once; undefined if there is none. */
export function takeAnswer(url: string): Promise<Response> | undefined {
  const answer = answers.get(url);
  answers.delete(url);
  return answer;
}

config.then(
  ({ apiBase }) => {
    for (const path of firstRequests(location.pathname, location.search)) {
      const url = `${apiBase || location.origin}/catalog/v1${path}`;
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
