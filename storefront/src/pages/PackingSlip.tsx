import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { Order } from '../api/client';
import { AddressLines } from '../components/AddressLines';
import { dateTime } from '../format';

/** What is packed, without prices. It is seen on paper only. */
export function PackingSlip({ order }: { order: Order }) {
  const { t } = useTranslation();
  return (
    <Box
      sx={{
        display: 'none',
        displayPrint: 'block',
        color: '#000',
        '& th, & td': { textAlign: 'left', py: 1, pr: 3, borderBottom: '1px solid #999', verticalAlign: 'top' },
      }}
    >
      <Typography variant="h2" component="p">
        {t('order.slip.title')}
      </Typography>
      <p>
        {t('order.title', { orderId: order.orderId })} · {dateTime(order.orderDate)}
        <br />
        {order.userEmail}
      </p>
      {order.deliveryAddress && <AddressLines address={order.deliveryAddress} />}
      <table style={{ width: '100%', borderCollapse: 'collapse' }}>
        <thead>
          <tr>
            <th scope="col">{t('order.slip.packed')}</th>
            <th scope="col">{t('order.slip.copies')}</th>
            <th scope="col">{t('order.slip.book')}</th>
          </tr>
        </thead>
        <tbody>
          {order.items.map((line) => (
            <tr key={line.bookId}>
              <td>☐</td>
              <td>{line.quantity}</td>
              <td>{line.title}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Box>
  );
}
