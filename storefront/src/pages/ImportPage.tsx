import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import LinearProgress from '@mui/material/LinearProgress';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import { body } from '../api/client';
import { ProblemError } from '../api/problems';
import { Choice } from '../components/Choice';
import { ErrorNotice } from '../components/notices';
import { PageHeader } from '../components/Page';
import { Pager } from '../components/Pager';
import { RequireSignIn } from '../components/RequireSignIn';
import { useServices } from '../components/services';
import { send, textOf, type Staged } from '../importFile';
import { pageStart } from '../paging';

const PER_PAGE = 25;
const RESULTS = ['wrong', 'changed', 'new', 'unchanged'] as const;
type Result = (typeof RESULTS)[number];
/** A large file may take longer than the page waits for one answer. */
const LOOK_AGAIN_MILLIS = 2000;
const LOOKS = 150;

function useApply(staged: Staged | undefined) {
  const { api } = useServices();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ importId, lines }: Staged) => {
      const path = { importId };
      try {
        return await body(api.inventory.POST('/imports/{importId}/apply', { params: { path }, body: { lines } }));
      } catch (failure) {
        // The answer was lost or too late: the import may still be applied.
        if (!(failure instanceof ProblemError && failure.outcomeUnknown)) throw failure;
        for (let look = 0; look < LOOKS; look++) {
          await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MILLIS));
          const now = await body(api.inventory.GET('/imports/{importId}', { params: { path, query: { limit: 1 } } }));
          if (now.applied) return { ...now.counts, importId };
        }
        throw failure;
      }
    },
    onSettled: () =>
      queries.invalidateQueries({
        predicate: ({ queryKey }) =>
          ['book', 'books', 'categories'].includes(String(queryKey[0])) || queryKey[1] === staged?.importId,
      }),
  });
}

function Preview({ staged }: { staged: Staged }) {
  const { t } = useTranslation();
  const { api } = useServices();
  const [chosen, setChosen] = useState<Result | null>(null);
  const [{ page, place }, setPage] = useState({ page: 1, place: '' });
  const apply = useApply(staged);
  const path = { importId: staged.importId };
  const counts = useQuery({
    queryKey: ['import', staged.importId],
    queryFn: ({ signal }) =>
      body(api.inventory.GET('/imports/{importId}', { params: { path, query: { limit: 1 } }, signal })),
    select: (preview) => preview.counts,
  });
  const result = chosen ?? RESULTS.find((each) => counts.data && counts.data[each] > 0) ?? 'unchanged';
  const lines = useQuery({
    queryKey: ['import', staged.importId, result, page, place],
    enabled: counts.isSuccess,
    queryFn: ({ signal }) =>
      body(
        api.inventory.GET('/imports/{importId}', {
          params: { path, query: { result, limit: PER_PAGE, ...pageStart(page, PER_PAGE, place) } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const failure = counts.error ?? lines.error ?? apply.error;
  if (apply.isSuccess) {
    return (
      <Alert severity="success" role="status" action={<BackLink />}>
        {t('import.applied', { added: apply.data.new, changed: apply.data.changed })}
      </Alert>
    );
  }
  return (
    <>
      {Boolean(failure) && <ErrorNotice error={failure} />}
      {counts.data && (
        <>
          <Typography role="status" sx={{ mb: 2 }}>
            {t('import.summary', { ...counts.data, added: counts.data.new })}
          </Typography>
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, mb: 2, alignItems: 'center' }}>
            <Choice
              label={t('import.show')}
              value={result}
              options={RESULTS.map((value) => ({ value, text: t(`import.result.${value}`) }))}
              onChange={(value) => {
                setChosen(value);
                setPage({ page: 1, place: '' });
              }}
              minWidth={180}
            />
            <Button
              variant="contained"
              loading={apply.isPending}
              disabled={counts.data.wrong > 0 || counts.data.new + counts.data.changed === 0 || apply.isError}
              onClick={() => apply.mutate(staged)}
            >
              {t('import.apply')}
            </Button>
          </Box>
          {counts.data.wrong > 0 && (
            <Alert severity="warning" variant="outlined" sx={{ mb: 2 }}>
              {t('import.correct')}
            </Alert>
          )}
        </>
      )}
      {lines.data && lines.data.items.length > 0 && (
        <>
          <TableContainer component={Card} tabIndex={0} role="region" aria-label={t('import.lines')}>
            <Table size="small" sx={{ '& td, & th': { verticalAlign: 'top', overflowWrap: 'anywhere' } }}>
              <TableHead>
                <TableRow>
                  <TableCell>{t('import.line')}</TableCell>
                  <TableCell>{t('bookForm.field.title')}</TableCell>
                  <TableCell>{t(`import.result.${result}`)}</TableCell>
                </TableRow>
              </TableHead>
              <TableBody>
                {lines.data.items.map((line) => (
                  <TableRow key={line.line}>
                    <TableCell>{line.line}</TableCell>
                    <TableCell>{line.title}</TableCell>
                    <TableCell>
                      {line.errors.map(({ field, message }, index) => (
                        <div key={index} lang="en">{`${field} ${message}`}</div>
                      ))}
                      {line.changes.map(({ field, before, after }) => (
                        <div key={field}>
                          {field}: <del>{before}</del> → <ins>{after}</ins>
                        </div>
                      ))}
                    </TableCell>
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          </TableContainer>
          <Pager
            total={lines.data.total}
            limit={PER_PAGE}
            page={page}
            next={lines.isPlaceholderData ? null : lines.data.next}
            onPage={(chosen, next) => setPage({ page: chosen, place: next })}
          />
        </>
      )}
    </>
  );
}

function BackLink() {
  const { t } = useTranslation();
  return (
    <Button component={RouterLink} to="/inventory" color="inherit" size="small">
      {t('navigation.inventory')}
    </Button>
  );
}

function Import() {
  const { t } = useTranslation();
  const { api } = useServices();
  const chooser = useRef<HTMLInputElement>(null);
  const [progress, setProgress] = useState(0);
  const upload = useMutation({
    mutationFn: async (file: File) => send(api, await textOf(file), setProgress),
    onMutate: () => setProgress(0),
  });
  return (
    <>
      <PageHeader title={t('import.title')} lead={t('import.lead')}>
        <BackLink />
      </PageHeader>
      <input
        ref={chooser}
        type="file"
        accept=".csv,text/csv"
        hidden
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file) upload.mutate(file);
          // The same file may be chosen again after it was corrected.
          target.value = '';
        }}
      />
      <Button
        variant="outlined"
        startIcon={<Upload size={18} aria-hidden />}
        disabled={upload.isPending}
        onClick={() => chooser.current?.click()}
        sx={{ mb: 3 }}
      >
        {t('import.choose')}
      </Button>
      {upload.isPending && (
        <LinearProgress variant="determinate" value={progress * 100} aria-label={t('import.sending')} />
      )}
      {upload.isError && <ErrorNotice error={upload.error} />}
      {upload.isSuccess && <Preview key={upload.data.importId} staged={upload.data} />}
    </>
  );
}

export function ImportPage() {
  return (
    <RequireSignIn page="inventory" may={(can) => can.keepsInventory}>
      <Import />
    </RequireSignIn>
  );
}
