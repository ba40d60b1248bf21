import { Fragment } from 'react';
import { addressLines, type Address } from '../address';

/** An address, a line for each part. */
export function AddressLines({ address }: { address: Address }) {
  return (
    <address style={{ fontStyle: 'normal' }}>
      {addressLines(address).map((line, i) => (
        <Fragment key={i}>
          {i > 0 && <br />}
          {line}
        </Fragment>
      ))}
    </address>
  );
}
