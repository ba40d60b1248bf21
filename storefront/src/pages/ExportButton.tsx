import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InventoryFilter } from '../api/client';
import { explain } from '../api/problems';
import { useServices } from '../components/services';
import { download } from '../csv';
import { exportBooks, type Progress } from '../exportBooks';

/** Saves the books that the filter finds as a CSV file. Shows how far it is, and can be stopped; leaving the page stops it. */
export function ExportButton({ filter }: { filter: InventoryFilter }) {
  const { t } = useTranslation();
  const { api, say } = useServices();
  const [progress, setProgress] = useState<Progress | null>(null);
  const running = useRef<AbortController>(null);
  const save = useMutation({
    mutationFn: ({ signal }: AbortController) => exportBooks(api, filter, setProgress, signal),
    onSuccess: ({ file, books }) => {
      download('inventory.csv', file);
      say(t('inventory.exported', { count: books }));
    },
    onError: (failure, { signal }) => {
      if (!signal.aborted) say(explain(failure, t).title);
    },
    onSettled: () => setProgress(null),
  });

  useEffect(() => () => running.current?.abort(), []);

  function start() {
    running.current = new AbortController();
    save.mutate(running.current);
  }

  if (!save.isPending) {
    return (
      <Button variant="outlined" startIcon={<Download size={18} aria-hidden />} onClick={start}>
        {t('inventory.export')}
      </Button>
    );
  }
  const { books = 0, total = null } = progress ?? {};
  return (
    <>
      <Box sx={{ minWidth: 160 }}>
        <Typography variant="body2" color="textSecondary">
          {total === null
            ? t('inventory.exportedSoFar', { count: books })
            : t('inventory.exportedOf', { count: books, total })}
        </Typography>
        <LinearProgress
          aria-label={t('inventory.exportProgress')}
          variant={total ? 'determinate' : 'indeterminate'}
          value={total ? Math.min(100, (100 * books) / total) : undefined}
        />
      </Box>
      <Button variant="outlined" onClick={() => running.current?.abort()}>
        {t('inventory.stopExport')}
      </Button>
    </>
  );
}
