import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { MapPinOff } from 'lucide-react';
import { Link as RouterLink } from 'react-router';
import { EmptyState } from '../components/notices';
import { useTitle } from '../components/Page';

export function NotFoundPage() {
  useTitle('Not found');
  return (
    <EmptyState icon={<MapPinOff size={48} />} title="There is no such page">
      <Typography>The address may be mistyped, or the page has moved.</Typography>
      <Button component={RouterLink} to="/" variant="contained">
        To the books
      </Button>
    </EmptyState>
  );
}
