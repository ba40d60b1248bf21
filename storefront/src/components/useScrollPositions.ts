import { useLayoutEffect } from 'react';
import { useLocation, useNavigationType } from 'react-router';

/** How far pages were scrolled, by the keys of their entries in the browser's history. */
const positions = new Map<string, number>();

/** A new page begins at its top; one that is shown again with Back or Forward, where it was left. */
export function useScrollPositions(): void {
  const { key, hash } = useLocation();
  const navigation = useNavigationType();

  useLayoutEffect(() => {
    // The browser would scroll before the page is there; after a reload it knows better.
    history.scrollRestoration = 'manual';
    const leave = () => (history.scrollRestoration = 'auto');
    addEventListener('pagehide', leave);
    return () => removeEventListener('pagehide', leave);
  }, []);

  useLayoutEffect(() => {
    const position = navigation === 'POP' ? positions.get(key) : 0;
    if (!hash && position !== undefined) scrollTo(0, position);
    const remember = () => positions.set(key, scrollY);
    addEventListener('scroll', remember, { passive: true });
    return () => removeEventListener('scroll', remember);
  }, [key, hash, navigation]);
}
