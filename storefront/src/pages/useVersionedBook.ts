import { useQuery } from '@tanstack/react-query';
import type { Api, Book } from '../api/client';
import { useServices } from '../components/services';

/** A book with the ETag of the version that was read. */
export interface Versioned {
  book: Book;
  etag: string;
}

/** The book as it is stored at this moment. */
export async function readVersioned(api: Api, bookId: number, signal?: AbortSignal): Promise<Versioned> {
  const answer = await api.catalog.GET('/books/{bookId}', {
    params: { path: { bookId } },
    cache: 'no-store',
    signal,
  });
  return { book: answer.data!, etag: answer.response.headers.get('ETag') ?? '' };
}

/** The book for a dialog: it starts from the current version, which does not change while someone edits it. */
export function useVersionedBook(bookId: number | null) {
  const { api } = useServices();
  return useQuery({
    queryKey: ['book', bookId, 'version'],
    enabled: bookId !== null,
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: ({ signal }) => readVersioned(api, bookId!, signal),
  });
}
