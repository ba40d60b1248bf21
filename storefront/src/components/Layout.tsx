import AppBar from '@mui/material/AppBar';
import Badge from '@mui/material/Badge';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Container from '@mui/material/Container';
import IconButton from '@mui/material/IconButton';
import InputBase from '@mui/material/InputBase';
import Link from '@mui/material/Link';
import Toolbar from '@mui/material/Toolbar';
import Typography from '@mui/material/Typography';
import { useColorScheme } from '@mui/material/styles';
import { BookOpen, ChevronDown, CircleUser, Menu, Moon, Search, ShoppingBag, Sun, X } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { Link as RouterLink, NavLink, Outlet, useLocation, useNavigate, useSearchParams } from 'react-router';
import { useAbilities, useSession, useSessionState, type Abilities } from '../auth/session';
import { copies, EMPTY_CART } from '../cart/cart';
import { cartStore, useCart } from '../cart/store';
import { ErrorBoundary } from './ErrorBoundary';
import { useScrollPositions } from './useScrollPositions';
import { useEditedText } from './useEditedText';
import { useWaiting } from './useWaiting';
import { useTranslation } from 'react-i18next';
import { LanguageMenu } from './LanguageMenu';
import type en from '../i18n/locales/en.json';
import { accountPage } from '../config';
import { useServices } from './services';
import { useOnline } from './useOnline';

const AccountMenu = lazy(async () => ({ default: (await import('./menus')).AccountMenu }));
const MoreMenu = lazy(async () => ({ default: (await import('./menus')).MoreMenu }));
const NavigationDrawer = lazy(async () => ({ default: (await import('./menus')).NavigationDrawer }));

/** Content that is loaded when it is shown first. */
function Late({ children }: { children: ReactNode }) {
  return (
    <ErrorBoundary>
      <Suspense fallback={null}>{children}</Suspense>
    </ErrorBoundary>
  );
}

interface Entry {
  to: string;
  text: keyof typeof en.navigation;
  /** How many things wait there. */
  waiting?: number;
  /** In the menu of a wide screen's header that opens on a click: the row has no place for all pages of administrators. */
  inMenu?: boolean;
}

/** The name of a page with the number of things that wait there. */
function useEntryText() {
  const { t } = useTranslation();
  return ({ text, waiting }: Entry) =>
    waiting ? t('navigation.withCount', { page: t(`navigation.${text}`), count: waiting }) : t(`navigation.${text}`);
}

function entries(can: Abilities, waiting: ReturnType<typeof useWaiting>): Entry[] {
  const found: Entry[] = [{ to: '/', text: 'books' }];
  if (can.readsOrders)
    found.push({ to: '/orders', text: can.readsAllOrders ? 'orders' : 'myOrders', waiting: waiting.orders });
  if (can.keepsInventory) found.push({ to: '/inventory', text: 'inventory', inMenu: can.decidesRegistrations });
  if (can.decidesRegistrations)
    found.push({ to: '/registrations', text: 'registrations', waiting: waiting.registrations });
  if (can.seesFigures) found.push({ to: '/dashboard', text: 'dashboard' });
  if (can.managesPrices) found.push({ to: '/prices', text: 'prices', inMenu: true });
  if (can.managesMails) found.push({ to: '/mails', text: 'emails', inMenu: true });
  if (can.seesFigures) found.push({ to: '/audit', text: 'audit', inMenu: true });
  return found;
}

/** The width from which the search field is always in the header. */
type Wide = 'md' | 'lg';

/** Always in the header of a wide screen; on a narrower one it takes the place of the row while it is open. */
function SearchField({ open, wide, onClose }: { open: boolean; wide: Wide; onClose: () => void }) {
  const { t } = useTranslation();
  const [parameters] = useSearchParams();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const current = pathname === '/' ? (parameters.get('q') ?? '') : '';
  const [text, setText] = useEditedText(current);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (open) input.current?.focus();
  }, [open]);

  function search(event: FormEvent) {
    event.preventDefault();
    const q = text.trim();
    onClose();
    // Within the category that the page shows.
    const next = new URLSearchParams(q ? { q } : {});
    const category = parameters.get('category');
    if (category) next.set('category', category);
    void navigate({ pathname: '/', search: next.toString() });
  }

  return (
    <Box
      component="form"
      role="search"
      onSubmit={search}
      sx={{
        display: { xs: open ? 'flex' : 'none', [wide]: 'flex' },
        alignItems: 'center',
        gap: 1,
        pl: 1.75,
        pr: { xs: 0, [wide]: 1.75 },
        borderRadius: 999,
        border: 1,
        borderColor: 'divider',
        bgcolor: 'background.paper',
        flex: { xs: 1, [wide]: '0 1 26rem' },
        minWidth: 0,
        '&:focus-within': { outline: '2px solid', outlineColor: 'info.main' },
      }}
    >
      <Search size={18} aria-hidden />
      <InputBase
        type="search"
        placeholder={t('layout.searchHint')}
        inputRef={input}
        inputProps={{ 'aria-label': t('layout.search'), maxLength: 200, enterKeyHint: 'search' }}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onClose()}
        sx={{ flex: 1, minWidth: 0, fontSize: '0.95rem', py: 0.35 }}
      />
      <IconButton onClick={onClose} aria-label={t('layout.closeSearch')} sx={{ display: { [wide]: 'none' } }}>
        <X size={20} aria-hidden />
      </IconButton>
    </Box>
  );
}

function ThemeSwitch() {
  const { t } = useTranslation();
  const { mode, systemMode, setMode } = useColorScheme();
  const dark = (mode === 'system' ? systemMode : mode) === 'dark';
  const text = dark ? t('layout.lightMode') : t('layout.darkMode');
  return (
    <IconButton onClick={() => setMode(dark ? 'light' : 'dark')} aria-label={text} title={text} color="inherit">
      {dark ? <Sun size={20} aria-hidden /> : <Moon size={20} aria-hidden />}
    </IconButton>
  );
}

function CartLink() {
  const { t } = useTranslation();
  const number = copies(useCart());
  return (
    <IconButton
      component={RouterLink}
      to="/cart"
      color="inherit"
      title={t('layout.cart')}
      aria-label={number === 0 ? t('layout.cartEmpty') : t('layout.cartCount', { count: number })}
    >
      <Badge badgeContent={number || null} color="primary" max={999}>
        <ShoppingBag size={20} aria-hidden />
      </Badge>
    </IconButton>
  );
}

/** Whether a menu was opened since the page is shown: it stays then, so that it can close with its animation. */
function useUsed(open: boolean): boolean {
  const [used, setUsed] = useState(open);
  if (open && !used) setUsed(true);
  return used;
}

function Account() {
  const { t, i18n } = useTranslation();
  const session = useSession();
  const can = useAbilities();
  const { config } = useServices();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const used = useUsed(anchor !== null);

  if (!can.user) {
    return (
      <>
        <Button
          component={RouterLink}
          to="/register"
          color="inherit"
          sx={{ display: { xs: 'none', sm: 'inline-flex' } }}
        >
          {t('actions.createAccount')}
        </Button>
        <Button variant="contained" onClick={() => void session.signIn()} sx={{ px: { xs: 1.25, sm: 2.5 } }}>
          {t('actions.signIn')}
        </Button>
      </>
    );
  }

  function signOut() {
    // The next user of this browser starts with an empty cart.
    cartStore.update(() => EMPTY_CART);
    void session.signOut();
  }

  return (
    <>
      <IconButton
        onClick={(event) => setAnchor(event.currentTarget)}
        aria-label={t('layout.accountOf', { name: can.user.name })}
        aria-haspopup="menu"
        title={can.user.name}
        color="inherit"
      >
        <CircleUser size={22} aria-hidden />
      </IconButton>
      {used && (
        <Late>
          <AccountMenu
            anchor={anchor}
            user={can.user}
            accountPage={accountPage(config, i18n.resolvedLanguage ?? 'en')}
            onClose={() => setAnchor(null)}
            onSignOut={signOut}
          />
        </Late>
      )}
    </>
  );
}

const navigationButton = {
  px: { md: 1, lg: 1.5 },
  whiteSpace: 'nowrap',
  fontWeight: 500,
  color: 'text.secondary',
  '&.active': { color: 'text.primary', fontWeight: 650 },
};

function MorePages({ items }: { items: Entry[] }) {
  const { t } = useTranslation();
  const textOf = useEntryText();
  const { pathname } = useLocation();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const used = useUsed(anchor !== null);
  if (items.length === 0) return null;
  return (
    <>
      <Button
        color="inherit"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
        endIcon={<ChevronDown size={16} aria-hidden />}
        className={items.some(({ to }) => to === pathname) ? 'active' : undefined}
        sx={navigationButton}
      >
        {t('layout.more')}
      </Button>
      {used && (
        <Late>
          <MoreMenu
            anchor={anchor}
            items={items.map((entry) => ({ to: entry.to, text: textOf(entry) }))}
            onClose={() => setAnchor(null)}
          />
        </Late>
      )}
    </>
  );
}

function DesktopNavigation({ items }: { items: Entry[] }) {
  const { t } = useTranslation();
  const textOf = useEntryText();
  return (
    <Box
      component="nav"
      aria-label={t('layout.mainNavigation')}
      sx={{ display: { xs: 'none', md: 'flex' }, gap: 0.5, flex: 1 }}
    >
      {items
        .filter(({ inMenu }) => !inMenu)
        .map((entry) => (
          <Button
            key={entry.to}
            component={NavLink}
            to={entry.to}
            end={entry.to === '/'}
            color="inherit"
            sx={navigationButton}
          >
            {textOf(entry)}
          </Button>
        ))}
      <MorePages items={items.filter(({ inMenu }) => inMenu)} />
    </Box>
  );
}

function PhoneNavigation({ items, signedIn }: { items: Entry[]; signedIn: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const used = useUsed(open);
  const textOf = useEntryText();
  const all = items.map((entry) => ({ to: entry.to, text: textOf(entry) }));
  if (!signedIn) all.push({ to: '/register', text: t('actions.createAccount') });
  return (
    <>
      <IconButton
        aria-label={t('layout.menu')}
        aria-expanded={open}
        onClick={() => setOpen(true)}
        color="inherit"
        edge="start"
        sx={{ display: { md: 'none' } }}
      >
        <Menu size={22} aria-hidden />
      </IconButton>
      {used && (
        <Late>
          <NavigationDrawer items={all} open={open} onClose={() => setOpen(false)} />
        </Late>
      )}
    </>
  );
}

/** Moves the focus to the start of a new page, as loading one would: for keyboards and screen readers. */
function useFocusOnNavigation() {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}

export function Layout() {
  const { t } = useTranslation();
  const can = useAbilities();
  const state = useSessionState();
  const session = useSession();
  const main = useFocusOnNavigation();
  useScrollPositions();
  const { pathname } = useLocation();
  const items = entries(can, useWaiting(can));
  // Beside the pages of administrators there is no place for it on a middle-sized screen.
  const wide: Wide = items.length > 5 ? 'lg' : 'md';
  const online = useOnline();
  const [searching, setSearching] = useState(false);
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', minHeight: '100dvh' }}>
      <Link
        href="#main"
        sx={{
          position: 'absolute',
          left: -9999,
          zIndex: 2000,
          bgcolor: 'background.paper',
          p: 1.5,
          '&:focus': { left: 8, top: 8 },
        }}
      >
        {t('layout.skip')}
      </Link>
      <AppBar
        position="sticky"
        elevation={0}
        sx={{
          bgcolor: 'background.default',
          color: 'text.primary',
          borderBottom: 1,
          borderColor: 'divider',
          displayPrint: 'none',
          // At 400 % zoom a header that stays would cover a quarter of the page.
          '@media (max-height: 480px)': { position: 'static' },
        }}
      >
        <Container maxWidth="lg">
          <Toolbar disableGutters sx={{ gap: { xs: 0.5, sm: 1 }, minHeight: 64 }}>
            <Box sx={{ display: { xs: searching ? 'none' : 'contents', [wide]: 'contents' } }}>
              <PhoneNavigation items={items} signedIn={can.signedIn} />
              <Link
                component={RouterLink}
                to="/"
                underline="none"
                color="inherit"
                sx={{ display: 'inline-flex', alignItems: 'center', gap: 1, mr: { xs: 'auto', md: 1, lg: 2 } }}
              >
                <Box
                  component="span"
                  aria-hidden
                  sx={{ color: 'primary.main', lineHeight: 0, display: { xs: 'none', sm: 'inline' } }}
                >
                  <BookOpen size={26} />
                </Box>
                <Typography
                  component="span"
                  sx={{
                    fontFamily: 'h1.fontFamily',
                    typography: 'h2',
                    fontSize: { xs: '1.25rem', sm: '1.375rem' },
                    '@media (max-width: 359px)': { fontSize: '1.05rem' },
                  }}
                >
                  books.com
                </Typography>
              </Link>
              <DesktopNavigation items={items} />
            </Box>
            <SearchField open={searching} wide={wide} onClose={() => setSearching(false)} />
            <Box
              sx={{
                display: { xs: searching ? 'none' : 'flex', [wide]: 'flex' },
                alignItems: 'center',
                gap: 0.25,
                flexShrink: 0,
                whiteSpace: 'nowrap',
              }}
            >
              <IconButton
                onClick={() => setSearching(true)}
                aria-label={t('layout.openSearch')}
                title={t('layout.openSearch')}
                color="inherit"
                sx={{ display: { [wide]: 'none' } }}
              >
                <Search size={20} aria-hidden />
              </IconButton>
              <Box sx={{ display: { xs: 'none', sm: 'block' } }}>
                <ThemeSwitch />
              </Box>
              {can.buys && <CartLink />}
              <Account />
            </Box>
          </Toolbar>
        </Container>
      </AppBar>
      <Box role="status">
        {!online && (
          <Box sx={{ bgcolor: 'warning.main', color: 'warning.contrastText', py: 1 }}>
            <Container maxWidth="lg">
              <Typography variant="body2">{t('layout.offline')}</Typography>
            </Container>
          </Box>
        )}
      </Box>
      {state.status === 'signed-out' && state.reason && (
        <Box role="status" sx={{ bgcolor: 'info.main', color: 'info.contrastText', py: 1 }}>
          <Container maxWidth="lg" sx={{ display: 'flex', gap: 2, alignItems: 'center' }}>
            <Typography variant="body2" sx={{ flex: 1 }}>
              {t(`signedOut.${state.reason}`)}
            </Typography>
            {state.reason !== 'only-here' && (
              <Button size="small" color="inherit" variant="outlined" onClick={() => void session.signIn()}>
                {state.reason === 'expired' ? t('actions.signInAgain') : t('actions.tryAgain')}
              </Button>
            )}
          </Container>
        </Box>
      )}
      <Container
        id="main"
        component="main"
        ref={main}
        tabIndex={-1}
        maxWidth="lg"
        // The footer begins below the screen, so that it does not move while the page is loaded.
        sx={{ flex: 1, minHeight: '100dvh', py: { xs: 3, md: 5 } }}
      >
        {/* Outside of the keyed element, so that a page stays until the next one is loaded. */}
        <Suspense fallback={null}>
          <ErrorBoundary key={pathname}>
            <Outlet />
          </ErrorBoundary>
        </Suspense>
      </Container>
      <Box
        component="footer"
        sx={{ borderTop: 1, borderColor: 'divider', py: 3, color: 'text.secondary', displayPrint: 'none' }}
      >
        <Container
          maxWidth="lg"
          sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center', justifyContent: 'space-between' }}
        >
          <Typography variant="body2">{t('layout.footer')}</Typography>
          <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
            <Box sx={{ display: { sm: 'none' } }}>
              <ThemeSwitch />
            </Box>
            <LanguageMenu />
          </Box>
        </Container>
      </Box>
    </Box>
  );
}
