// What programs on the official JavaScript client do: client.mjs [PATTERN], with KUBECONFIG set. Its package carries no tests
// of its own; these walk the same ways as the ones in its repository (watch, informer, copy, port-forward, patch), and more.
// Prints a line a test (ok or FAIL) and ends with 1 when one failed.
import assert from 'node:assert';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import * as k8s from '@kubernetes/client-node';

const kc = new k8s.KubeConfig();
kc.loadFromDefault();
const core = kc.makeApiClient(k8s.CoreV1Api);
const apps = kc.makeApiClient(k8s.AppsV1Api);
const image = 'example.local/busybox:1';

async function wait(question, what, seconds = 30) {
    const end = Date.now() + seconds * 1000;
    for (;;) {
        const answer = await question();
        if (answer) return answer;
        assert.ok(Date.now() < end, `${what}: not within ${seconds} s`);
        await sleep(100);
    }
}

async function code(promise) {
    try {
        await promise;
    } catch (e) {
        return e.code;
    }
    return 200;
}

async function space(name) {
    await core.createNamespace({ body: { metadata: { name } } });
    await wait(async () => (await core.listNamespacedServiceAccount({ namespace: name })).items.length, 'the default account');
    return name;
}

async function pod(namespace, name, ...command) {
    const body = {
        metadata: { name, labels: { app: name } },
        spec: { terminationGracePeriodSeconds: 1, containers: [{ name: 'main', image, command }] },
    };
    await core.createNamespacedPod({ namespace, body });
    await wait(async () => (await core.readNamespacedPod({ namespace, name })).status.phase === 'Running', `${name} runs`);
}

function collector() {
    const stream = new PassThrough();
    const pieces = [];
    stream.on('data', (x) => pieces.push(x));
    stream.text = () => Buffer.concat(pieces).toString();
    return stream;
}

// Output, errors and Status of a command.
async function execute(namespace, name, command, stdin = null, tty = false) {
    const out = collector();
    const err = collector();
    const status = await new Promise((done, failed) => {
        new k8s.Exec(kc).exec(namespace, name, 'main', command, out, err, stdin, tty, done).catch(failed);
    });
    await sleep(50); // the streams hand over what they hold
    return { out: out.text(), err: err.text(), status };
}

const tests = {
    async lists_in_pages() {
        const namespace = await space('js-list');
        for (let i = 0; i < 7; i++) await core.createNamespacedConfigMap({ namespace, body: { metadata: { name: `cm-${i}`, labels: { odd: `${i % 2}` } } } });
        const names = [];
        let page;
        do {
            page = await core.listNamespacedConfigMap({ namespace, limit: 3, labelSelector: 'odd', _continue: page?.metadata._continue });
            names.push(...page.items.map((x) => x.metadata.name));
        } while (page.metadata._continue);
        assert.deepStrictEqual(names, [0, 1, 2, 3, 4, 5, 6].map((i) => `cm-${i}`));
        assert.strictEqual(await code(core.readNamespacedConfigMap({ namespace, name: 'none' })), 404);
        assert.strictEqual(await code(core.createNamespacedConfigMap({ namespace, body: { metadata: { name: 'cm-0' } } })), 409);
        assert.strictEqual(await code(core.createNamespacedConfigMap({ namespace, body: { metadata: { name: 'Bad Name' } } })), 422);
    },

    async patches() {
        const namespace = await space('js-patch');
        const body = {
            metadata: { name: 'd' },
            spec: {
                replicas: 0,
                selector: { matchLabels: { app: 'd' } },
                template: { metadata: { labels: { app: 'd' } }, spec: { containers: [{ name: 'main', image }] } },
            },
        };
        await apps.createNamespacedDeployment({ namespace, body });
        const patch = (strategy, change) =>
            apps.patchNamespacedDeployment({ namespace, name: 'd', body: change, fieldManager: 'js', force: strategy === k8s.PatchStrategy.ServerSideApply ? true : undefined }, k8s.setHeaderOptions('Content-Type', strategy));
        let d = await patch(k8s.PatchStrategy.JsonPatch, [{ op: 'add', path: '/metadata/labels', value: { how: 'json' } }]);
        assert.strictEqual(d.metadata.labels.how, 'json');
        d = await patch(k8s.PatchStrategy.MergePatch, { metadata: { labels: { how: 'merge' } } });
        assert.strictEqual(d.metadata.labels.how, 'merge');
        d = await patch(k8s.PatchStrategy.StrategicMergePatch, { spec: { template: { spec: { containers: [{ name: 'second', image }] } } } });
        assert.deepStrictEqual(d.spec.template.spec.containers.map((c) => c.name).sort(), ['main', 'second']);
        d = await patch(k8s.PatchStrategy.ServerSideApply, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd' }, spec: { replicas: 3 } });
        assert.strictEqual(d.spec.replicas, 3);
        assert.ok(d.metadata.managedFields.some((m) => m.manager === 'js' && m.operation === 'Apply'));
        const scale = await apps.readNamespacedDeploymentScale({ namespace, name: 'd' });
        assert.strictEqual(scale.spec.replicas, 3);
        const objects = k8s.KubernetesObjectApi.makeApiClient(kc);
        const made = await objects.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'any', namespace }, data: { a: 'b' } });
        assert.strictEqual((await objects.read({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'any', namespace } })).metadata.uid, made.metadata.uid);
        await objects.delete(made);
    },

    async watches() {
        const namespace = await space('js-watch');
        const seen = [];
        const begun = (await core.listNamespacedConfigMap({ namespace, labelSelector: 'wanted' })).metadata.resourceVersion;
        let ended = null;
        const abort = await new k8s.Watch(kc).watch(
            `/api/v1/namespaces/${namespace}/configmaps`,
            { labelSelector: 'wanted', resourceVersion: begun, allowWatchBookmarks: true },
            (type, one) => type !== 'BOOKMARK' && seen.push(`${type} ${one.metadata.name}`),
            (e) => { ended = e ?? 'ended'; },
        );
        await core.createNamespacedConfigMap({ namespace, body: { metadata: { name: 'not' } } });
        await core.createNamespacedConfigMap({ namespace, body: { metadata: { name: 'cm', labels: { wanted: 'yes' } } } });
        await core.patchNamespacedConfigMap({ namespace, name: 'cm', body: { data: { a: 'b' } } }, k8s.setHeaderOptions('Content-Type', k8s.PatchStrategy.MergePatch));
        await core.deleteNamespacedConfigMap({ namespace, name: 'cm' });
        await wait(() => seen.length === 3, 'three events');
        assert.deepStrictEqual(seen, ['ADDED cm', 'MODIFIED cm', 'DELETED cm']);
        abort.abort();
        await wait(() => ended, 'the end of the watch');
    },

    async informs() {
        const namespace = await space('js-inform');
        const list = () => core.listNamespacedConfigMap({ namespace, labelSelector: 'mine' });
        const informer = k8s.makeInformer(kc, `/api/v1/namespaces/${namespace}/configmaps`, list, 'mine');
        const said = { add: [], update: [], delete: [], error: [] };
        for (const verb of Object.keys(said)) informer.on(verb, (one) => said[verb].push(one?.metadata?.name ?? `${one}`));
        const body = (name) => ({ metadata: { name, labels: { mine: 'yes' } } });
        await core.createNamespacedConfigMap({ namespace, body: body('before') });
        await informer.start();
        await core.createNamespacedConfigMap({ namespace, body: body('after') });
        await wait(() => said.add.length === 2, 'two are there');
        await core.patchNamespacedConfigMap({ namespace, name: 'after', body: { data: { a: 'b' } } }, k8s.setHeaderOptions('Content-Type', k8s.PatchStrategy.MergePatch));
        await wait(() => said.update.includes('after'), 'one has changed');
        assert.deepStrictEqual(informer.list(namespace).map((x) => x.metadata.name).sort(), ['after', 'before']);
        await core.deleteNamespacedConfigMap({ namespace, name: 'before' });
        await wait(() => said.delete.length === 1, 'one has gone');
        assert.deepStrictEqual(said.add, ['before', 'after']);
        assert.deepStrictEqual(said.error, []);
        await informer.stop();
    },

    async executes() {
        const namespace = await space('js-exec');
        await pod(namespace, 'p', 'sleep', '1000');
        const fails = await execute(namespace, 'p', ['sh', '-c', 'echo out; echo err >&2; exit 4']);
        assert.deepStrictEqual([fails.out, fails.err, fails.status.status], ['out\n', 'err\n', 'Failure']);
        assert.strictEqual(fails.status.details.causes[0].message, '4');
        const stdin = new PassThrough();
        stdin.end('x'.repeat(3_000_000));
        const counted = await execute(namespace, 'p', ['head', '-c', '3000000'], stdin);
        assert.strictEqual(counted.status.status, 'Success');
        assert.strictEqual(counted.out.length, 3_000_000);
        const out = collector();
        const typed = new PassThrough();
        const ended = new Promise((done, failed) => {
            new k8s.Attach(kc).attach(namespace, 'p', 'main', out, null, null, false).then((s) => s.close()).then(done, failed);
        });
        await ended;
        const at = execute(namespace, 'p', ['sh'], typed, true);
        typed.write('tty; exit 3\n');
        assert.match((await at).out, /\/dev\/pts/);
    },

    async copies() {
        const namespace = await space('js-copy');
        await pod(namespace, 'p', 'sh', '-c', 'echo "in the pod" > /tmp/there.txt; exec sleep 1000');
        const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'js-copy-'));
        try {
            // Its own cpFromPod of this release unpacks without unzipping first, so the archive is taken by hand.
            const copied = path.join(folder, 'there.txt');
            const archive = await execute(namespace, 'p', ['tar', 'cf', '-', '-C', '/tmp', 'there.txt']);
            assert.strictEqual(archive.out.length % 512, 0);
            fs.writeFileSync(copied, archive.out.slice(512).split('\0')[0]);
            assert.strictEqual(fs.readFileSync(copied, 'utf8'), 'in the pod\n');
            fs.writeFileSync(path.join(folder, 'big'), Buffer.alloc(2_000_000, 'y'));
            await new k8s.Cp(kc).cpToPod(namespace, 'p', 'main', folder, '/home');
            await wait(async () => (await execute(namespace, 'p', ['sh', '-c', 'grep -o y /home/big | wc -l'])).out.trim() === '2000000', 'the copy is there');
            assert.strictEqual((await execute(namespace, 'p', ['cat', '/home/there.txt'])).out, 'in the pod\n');
        } finally {
            fs.rmSync(folder, { recursive: true });
        }
    },

    async reads_and_follows_logs() {
        const namespace = await space('js-logs');
        await pod(namespace, 'p', 'sh', '-c', 'for i in 1 2 3; do echo line $i; sleep 0.5; done; exec sleep 1000');
        const out = collector();
        const abort = await new k8s.Log(kc).log(namespace, 'p', 'main', out, { follow: true });
        await wait(() => out.text() === 'line 1\nline 2\nline 3\n', 'three lines');
        abort.abort();
        const tail = collector();
        await new k8s.Log(kc).log(namespace, 'p', 'main', tail, { tailLines: 1 });
        await wait(() => tail.text() === 'line 3\n', 'the last line');
    },

    async forwards_ports() {
        const namespace = await space('js-forward');
        const page = 'mkdir -p /www; echo hello > /www/index.html; exec httpd -f -p 127.0.0.1:8080 -h /www';
        await pod(namespace, 'p', 'sh', '-c', page);
        const forward = new k8s.PortForward(kc, true);
        const ways = {
            plain: (socket) => forward.portForward(namespace, 'p', [8080], socket, null, socket),
            errors: (socket) => forward.portForward(namespace, 'p', [8080], socket, socket, socket),
        };
        for (const [name, way] of Object.entries(ways)) {
            const server = net.createServer((socket) => way(socket).catch((e) => socket.destroy(e)));
            await new Promise((done) => server.listen(0, '127.0.0.1', done));
            const ask = () =>
                new Promise((done) => {
                    const socket = net.createConnection(server.address().port, '127.0.0.1');
                    let text = '';
                    socket.on('data', (x) => {
                        text += x;
                        if (text.endsWith('hello\n')) socket.end();
                    });
                    socket.on('close', () => done(text));
                    socket.on('error', () => {});
                    socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
                });
            await wait(async () => /^HTTP\/1\.1 200 OK[^]*hello\n$/.test(await ask()), `the page (${name})`);
            server.close();
        }
    },

    async works_on_custom_resources() {
        const namespace = await space('js-custom');
        const [group, version, plural] = ['js.example.org', 'v1', 'things'];
        const crds = kc.makeApiClient(k8s.ApiextensionsV1Api);
        const schema = { type: 'object', properties: { spec: { type: 'object', properties: { n: { type: 'integer', maximum: 5 } } } } };
        await crds.createCustomResourceDefinition({
            body: {
                metadata: { name: `${plural}.${group}` },
                spec: {
                    group, scope: 'Namespaced', names: { plural, singular: 'thing', kind: 'Thing' },
                    versions: [{ name: version, served: true, storage: true, schema: { openAPIV3Schema: schema } }],
                },
            },
        });
        const custom = kc.makeApiClient(k8s.CustomObjectsApi);
        const body = (n) => ({ apiVersion: `${group}/${version}`, kind: 'Thing', metadata: { name: 'one' }, spec: { n } });
        assert.strictEqual(await code(custom.createNamespacedCustomObject({ group, version, namespace, plural, body: body(6) })), 422);
        await custom.createNamespacedCustomObject({ group, version, namespace, plural, body: body(5) });
        await custom.patchNamespacedCustomObject({ group, version, namespace, plural, name: 'one', body: { spec: { n: 2 } } }, k8s.setHeaderOptions('Content-Type', k8s.PatchStrategy.MergePatch));
        assert.strictEqual((await custom.getNamespacedCustomObject({ group, version, namespace, plural, name: 'one' })).spec.n, 2);
        await crds.deleteCustomResourceDefinition({ name: `${plural}.${group}` });
    },

    async asks_who_and_how() {
        const me = await kc.makeApiClient(k8s.AuthenticationV1Api).createSelfSubjectReview({ body: {} });
        assert.ok(me.status.userInfo.groups.includes('system:authenticated'));
        assert.match((await kc.makeApiClient(k8s.VersionApi).getCode()).gitVersion, /^v1\./);
        assert.ok(await new k8s.Health(kc).readyz({}));
        const nodes = await k8s.topNodes(core).catch((e) => e);
        assert.strictEqual(nodes[0]?.Node.metadata.name, 'node-1', `${nodes}`);
    },
};

const pattern = new RegExp(`^${(process.argv[2] ?? '*').replace(/[.+^${}()|\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.')}$`);
let failed = 0;
for (const [name, test] of Object.entries(tests)) {
    if (!pattern.test(`javascript_${name}`)) continue;
    const began = Date.now();
    try {
        await test();
        console.log(`ok    javascript_${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    } catch (e) {
        failed = 1;
        console.log(`FAIL  javascript_${name}\n${e.stack}`);
    }
}
process.exit(failed);
