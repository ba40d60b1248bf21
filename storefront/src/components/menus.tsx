import Divider from '@mui/material/Divider';
import Drawer from '@mui/material/Drawer';
import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import ListItemButton from '@mui/material/ListItemButton';
import ListItemText from '@mui/material/ListItemText';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import type { SignedInUser } from '../auth/session';

/** The menus of the header: loaded when one is opened, because most visits need none. */

/** A landmark of its own: the menu is not inside of the header. */
const menuSlots = (name: string) => ({
  root: { role: 'region', 'aria-label': name },
  list: { 'aria-label': name },
});

export function AccountMenu({
  anchor,
  user,
  accountPage,
  onClose,
  onSignOut,
}: {
  anchor: HTMLElement | null;
  user: SignedInUser;
  /** Where users change their account: a page of the identity server. */
  accountPage: string;
  onClose: () => void;
  onSignOut: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Menu open={anchor !== null} anchorEl={anchor} onClose={onClose} slotProps={menuSlots(t('layout.account'))}>
      <MenuItem disabled sx={{ opacity: '1 !important', display: 'block' }}>
        <Typography sx={{ fontWeight: 600 }}>{user.name}</Typography>
        <Typography variant="body2" color="textSecondary">
          {user.email}
        </Typography>
      </MenuItem>
      <Divider />
      <MenuItem component="a" href={accountPage}>
        {t('layout.accountPage')}
      </MenuItem>
      <MenuItem onClick={onSignOut}>{t('actions.signOut')}</MenuItem>
    </Menu>
  );
}

/** Pages that the header has no place for. */
export function MoreMenu({
  anchor,
  items,
  onClose,
}: {
  anchor: HTMLElement | null;
  items: { to: string; text: string }[];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Menu open={anchor !== null} anchorEl={anchor} onClose={onClose} slotProps={menuSlots(t('layout.more'))}>
      {items.map(({ to, text }) => (
        <MenuItem key={to} component={NavLink} to={to} onClick={onClose} sx={{ '&.active': { fontWeight: 650 } }}>
          {text}
        </MenuItem>
      ))}
    </Menu>
  );
}

export function NavigationDrawer({
  items,
  open,
  onClose,
}: {
  items: { to: string; text: string }[];
  open: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Drawer
      open={open}
      onClose={onClose}
      slotProps={{ paper: { 'aria-label': t('layout.menu'), component: 'nav' } as object }}
    >
      <List sx={{ width: 260, pt: 2 }}>
        {items.map(({ to, text }) => (
          <ListItem key={to} disablePadding>
            <ListItemButton
              component={NavLink}
              to={to}
              end={to === '/'}
              onClick={onClose}
              sx={{ '&.active': { color: 'primary.main' } }}
            >
              <ListItemText primary={text} slotProps={{ primary: { sx: { fontWeight: 600 } } }} />
            </ListItemButton>
          </ListItem>
        ))}
      </List>
    </Drawer>
  );
}
