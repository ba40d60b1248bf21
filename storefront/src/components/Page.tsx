import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useEffect, type ReactNode } from 'react';

/** Sets the title of the browser tab. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === 'books.com' ? title : `${title} · books.com`;
  }, [title]);
}

/** The heading of a page, with an optional introduction and controls beside it. */
export function PageHeader({ title, children, lead }: { title: string; lead?: ReactNode; children?: ReactNode }) {
  useTitle(title);
  return (
    <Box
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center', justifyContent: 'space-between', mb: 3 }}
    >
      <Box>
        <Typography variant="h1">{title}</Typography>
        {lead && (
          <Typography color="textSecondary" sx={{ mt: 0.75, maxWidth: '42rem' }}>
            {lead}
          </Typography>
        )}
      </Box>
      {children}
    </Box>
  );
}
