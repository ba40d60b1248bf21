import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { categoriesOptions } from '../api/catalogQueries';
import { useServices } from './services';

/** The categories of the catalog with their numbers of books, one of which may be chosen; `""` for none. */
export function Categories({ chosen, onChoose }: { chosen: string; onChoose: (name: string) => void }) {
  const { t } = useTranslation();
  const { api } = useServices();
  const categories = useQuery(categoriesOptions(api));
  return (
    // As high as a row of chips from the start: the books below do not move when the categories arrive.
    <Box
      component="ul"
      aria-label={t('catalog.categories')}
      sx={{ display: 'flex', gap: 1, m: 0, mb: 3, p: '4px', minHeight: 48, overflowX: 'auto', listStyle: 'none' }}
    >
      {categories.data?.items.map(({ name, books }) => (
        <li key={name}>
          <Chip
            component="button"
            clickable
            label={t('catalog.category', { name, count: books })}
            aria-pressed={name === chosen}
            variant={name === chosen ? 'filled' : 'outlined'}
            color={name === chosen ? 'primary' : 'default'}
            onClick={() => onChoose(name === chosen ? '' : name)}
          />
        </li>
      ))}
    </Box>
  );
}
