// Generates the types of the API clients from the OpenAPI definitions that Micro Integrator serves.
import { mkdir, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const definitions = new URL('../../sequences/src/main/wso2mi/resources/api-definitions/', import.meta.url);
const generated = new URL('../src/api/generated/', import.meta.url);
const apis = {
  catalog: 'CatalogAPI',
  inventory: 'InventoryAPI',
  orders: 'OrderAPI',
  registrations: 'RegistrationAPI',
  reports: 'ReportAPI',
  mails: 'MailAPI',
};

await mkdir(generated, { recursive: true });
await Promise.all(
  Object.entries(apis).map(async ([name, definition]) => {
    const types = await openapiTS(new URL(`${definition}.yaml`, definitions));
    await writeFile(new URL(`${name}.ts`, generated), astToString(types));
  }),
);
