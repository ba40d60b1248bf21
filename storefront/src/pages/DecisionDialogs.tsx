import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { body, type Registration } from '../api/client';
import { ErrorNotice } from '../components/notices';
import { useServices } from '../components/services';
import { useOnce } from '../components/useOnce';

export const nameOf = ({ givenName, familyName, email }: Registration, t: TFunction) =>
  [givenName, familyName].filter(Boolean).join(' ') || email || t('registrations.unnamed');

/** Asks once more, and says why the decision stays: the account exists and the applicant is told at once. */
export function ApproveDialog({ registration, onClose }: { registration: Registration; onClose: () => void }) {
  const { t } = useTranslation();
  const name = nameOf(registration, t);
  const { api, say } = useServices();
  const queries = useQueryClient();
  const approve = useMutation({
    mutationFn: () =>
      body(
        api.registrations.POST('/registrations/{approvalId}/approve', {
          params: { path: { approvalId: registration.approvalId } },
        }),
      ),
    onSuccess: () => {
      say(t('registrations.approved', { name }));
      onClose();
    },
    // Also after an error: another administrator may have decided.
    onSettled: () => queries.invalidateQueries({ queryKey: ['registrations'] }),
  });
  const send = useOnce(() => approve.mutateAsync());
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="approve-title">
      <DialogTitle id="approve-title">{t('registrations.approveTitle', { name })}</DialogTitle>
      <DialogContent>
        <DialogContentText sx={{ mb: approve.isError ? 2 : 0 }}>
          {t('registrations.approveText', { email: registration.email })}
        </DialogContentText>
        {approve.isError && <ErrorNotice error={approve.error} />}
      </DialogContent>
      <DialogActions>
        <Button color="inherit" onClick={onClose}>
          {t('actions.cancel')}
        </Button>
        <Button variant="contained" loading={approve.isPending} onClick={send}>
          {t('registrations.approve')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

export function RejectDialog({ registration, onClose }: { registration: Registration; onClose: () => void }) {
  const { t } = useTranslation();
  const name = nameOf(registration, t);
  const { api, say } = useServices();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const reject = useMutation({
    mutationFn: () =>
      body(
        api.registrations.POST('/registrations/{approvalId}/reject', {
          params: { path: { approvalId: registration.approvalId } },
          body: { reason: reason.trim() },
        }),
      ),
    onSuccess: () => {
      say(t('registrations.rejected', { name }));
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['registrations'] }),
  });

  const send = useOnce(() => reject.mutateAsync());

  function submit(event: FormEvent) {
    event.preventDefault();
    if (reason.trim()) send();
  }

  return (
    <Dialog
      open
      // The Esc key and a click beside the dialog do not discard what was typed.
      onClose={() => reason.trim() === '' && onClose()}
      fullWidth
      maxWidth="sm"
      aria-labelledby="reject-title"
    >
      <DialogTitle id="reject-title">{t('registrations.rejectTitle', { name })}</DialogTitle>
      <form onSubmit={submit}>
        <DialogContent>
          <DialogContentText sx={{ mb: 2 }}>
            {t('registrations.rejectText', { email: registration.email })}
          </DialogContentText>
          <TextField
            label={t('registrations.reason')}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            multiline
            minRows={2}
            fullWidth
            required
            // eslint-disable-next-line jsx-a11y/no-autofocus -- the dialog opens to ask for this and nothing else
            autoFocus
            slotProps={{ htmlInput: { maxLength: 500 } }}
          />
          {reject.isError && (
            <Box sx={{ mt: 2 }}>
              <ErrorNotice error={reject.error} />
            </Box>
          )}
        </DialogContent>
        <DialogActions>
          <Button color="inherit" onClick={onClose}>
            {t('actions.cancel')}
          </Button>
          <Button type="submit" variant="contained" color="error" disabled={!reason.trim()} loading={reject.isPending}>
            {t('registrations.reject')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
