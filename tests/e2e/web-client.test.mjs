// A stranger's tools on the description that is served: a public validator
// takes it, and a client that a public generator makes of it works.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';

const { OUTDIAL_URL: url, OUTDIAL_API_KEY: key } = process.env;
const fromWeb = createRequire(path.resolve(import.meta.dirname, '../../web/package.json'));
const { Validator } = await import(pathToFileURL(fromWeb.resolve('@seriousme/openapi-schema-validator')));
const { generate } = fromWeb('openapi-typescript-codegen');
const { build } = fromWeb('esbuild');

const served = async () => (await fetch(`${url}/api/v1/openapi.json`)).json();

test('the description is valid OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(await served());

  assert.ok(valid, JSON.stringify(errors));
});

test('a generated client makes, starts, pauses and stops a campaign', async (t) => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'outdial-client-'));
  t.after(() => fs.rmSync(dir, { recursive: true }));

  await generate({ input: await served(), output: `${dir}/src`, clientName: 'Outdial',
    useOptions: true });
  await build({ entryPoints: [`${dir}/src/index.ts`], bundle: true, format: 'esm', platform: 'node',
    outfile: `${dir}/client.mjs`, logLevel: 'error' });
  const { Outdial, ApiError } = await import(pathToFileURL(`${dir}/client.mjs`));
  const { campaigns, botsCarriersAndNumbers: catalog } = new Outdial({ BASE: `${url}/api/v1`, TOKEN: key });
  const { bots } = await catalog.listBots({}), { numbers } = await catalog.listNumbers({});
  const made = await campaigns.createCampaign({ requestBody: { name: 'By a generated client',
    bot_id: bots[0].id, numbers: [numbers[0].id], always_on: true, mode: 'multi_day',
    window_start: '00:00', window_end: '24:00', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] } });
  const campaign = made.id, status = async (got) => assert.equal((await got).status,
    (await campaigns.readCampaign({ campaign })).status);

  assert.equal(made.status, 'draft');
  await status(campaigns.startCampaign({ campaign }));
  await status(campaigns.pauseCampaign({ campaign }));
  await status(campaigns.resumeCampaign({ campaign }));
  await status(campaigns.stopCampaign({ campaign, idempotencyKey: 'stop' }));
  assert.equal((await campaigns.readCampaign({ campaign })).status, 'completed');
  await assert.rejects(campaigns.startCampaign({ campaign }),
    (e) => e instanceof ApiError && e.status === 409 && e.body.code === 'conflict');
});
