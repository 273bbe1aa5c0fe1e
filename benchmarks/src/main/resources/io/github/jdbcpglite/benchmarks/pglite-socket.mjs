// PGlite in memory behind a socket, until the input ends.
import { pathToFileURL } from 'node:url';
const load = (directory) => import(pathToFileURL(directory + '/dist/index.js'));
const { PGlite } = await load(process.argv[2]);
const { PGLiteSocketServer } = await load(process.argv[3]);
// The end comes when whoever started this closes the pipe or dies.
process.stdin.on('end', () => process.exit(0)).resume();
const server = new PGLiteSocketServer({ db: await PGlite.create(), host: '127.0.0.1', port: 0 });
await server.start();
console.log(`listening ${server.getServerConn().split(':').pop()}`);
