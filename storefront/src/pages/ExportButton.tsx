import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { body, type Api, type Book, type BookPage, type InventoryFilter } from '../api/client';
import { useServices } from '../components/services';
import { explain } from '../api/problems';
import { csv, download } from '../csv';

const PER_REQUEST = 100;

const EXPORTED = [
  'bookId',
  'isbn',
  'title',
  'author',
  'price',
  'stockQuantity',
  'publisher',
  'publicationYear',
  'language',
  'category',
  'format',
  'coverImageUrl',
  'description',
] as const satisfies (keyof Book)[];

/** Books of one file at most: more would take this page minutes and much memory. */
const MAX_BOOKS = 20_000;

async function allBooks(api: Api, filter: InventoryFilter): Promise<Book[]> {
  const books: Book[] = [];
  let next: string | null = null;
  do {
    const query: InventoryFilter = { ...filter, limit: PER_REQUEST, next: next ?? undefined };
    const page: BookPage = await body(api.inventory.GET('/books', { params: { query } }));
    books.push(...page.items);
    next = page.next;
  } while (next && books.length < MAX_BOOKS);
  return books;
}

/** Saves the books that the filter finds as a CSV file. */
export function ExportButton({ filter }: { filter: InventoryFilter }) {
  const { t } = useTranslation();
  const { api, say } = useServices();
  const save = useMutation({
    mutationFn: () => allBooks(api, filter),
    onSuccess: (books) => {
      download(
        'inventory.csv',
        'text/csv;charset=utf-8',
        csv(
          [...EXPORTED, 'counted'],
          books.map((book) => [...EXPORTED.map((name) => book[name]), null]),
        ),
      );
      say(t('inventory.exported', { count: books.length }));
    },
    onError: (failure) => say(explain(failure, t).title),
  });
  return (
    <Button
      variant="outlined"
      startIcon={<Download size={18} aria-hidden />}
      loading={save.isPending}
      onClick={() => save.mutate()}
    >
      {t('inventory.export')}
    </Button>
  );
}
