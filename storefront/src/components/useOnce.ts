import { useRef } from 'react';

/** Starts an action unless it still runs: a second click can arrive before React has disabled the button. Errors are the action's own. */
export function useOnce(action: () => Promise<unknown>): () => void {
  const running = useRef(false);
  return () => {
    if (running.current) return;
    running.current = true;
    action()
      .catch(() => undefined)
      .finally(() => {
        running.current = false;
      });
  };
}
