// What a carrier is told about who we are.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import net from 'node:net';
import { after, test } from 'node:test';
import { endAll, makeWorld, simSocket, sql, startDialler } from '../bed.mjs';

after(endAll);

// A site's calls that have no row are hung up: of two installations, both of
// them "outdial" in their databases, each would hang up those of the other.
test('a carrier knows an installation by a name that no other has', async () => {
  makeWorld();
  rmSync(simSocket, { force: true });
  const hello = new Promise(resolve => {
    const server = net.createServer(peer => peer.once('data', data => {
      resolve(String(data).split('\n')[0].split('\t'));
      peer.destroy();
      server.close();
    }));
    server.listen(simSocket);
  });
  await startDialler('first');
  const [word, node, site] = await hello;
  assert.deepEqual([word, node], ['HELLO', 'first']);
  assert.match(site, /^[0-9a-f]{16}$/);
  assert.equal(site, sql('SELECT site FROM installation'));
});
