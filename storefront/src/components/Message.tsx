import Alert from '@mui/material/Alert';
import Snackbar from '@mui/material/Snackbar';
import { useTranslation } from 'react-i18next';

export interface Said {
  text: string;
  severity: 'success' | 'error';
  open: boolean;
}

/** A message at the bottom of the screen for a few seconds. */
export function Message({ said, onClose }: { said: Said; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Snackbar
      open={said.open}
      autoHideDuration={5000}
      onClose={(_event, reason) => reason !== 'clickaway' && onClose()}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'center' }}
    >
      <Alert
        severity={said.severity}
        variant="filled"
        role="status"
        closeText={t('actions.close')}
        sx={{ bgcolor: 'text.primary', color: 'background.default' }}
        onClose={onClose}
      >
        {said.text}
      </Alert>
    </Snackbar>
  );
}
