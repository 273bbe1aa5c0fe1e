// One run of PGlite in node, with the measures of JdbcRun.
import { pathToFileURL } from 'node:url';
const { PGlite } = await import(pathToFileURL(process.argv[2] + '/dist/index.js'));
const divisor = Number(process.argv[3]);
const db = new PGlite();
const print = (name, value) => console.log(`${name} ${value}`);
const one = async (sql, params) => Object.values((await db.query(sql, params)).rows[0])[0];
const check = (expected, actual) => {
  if (Number(actual) !== expected) throw new Error(`expected ${expected} and got ${actual}`);
};
const timed = async (name, action) => {
  const start = performance.now();
  await action();
  print(name, performance.now() - start);
};
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

check(1, await one('SELECT 1'));
print('first-result-at', Date.now());
await timed('first-5000', async () => {
  await db.exec('CREATE TABLE small (id int PRIMARY KEY, name varchar(50), n int)');
  for (let i = 0; i < 1000 / divisor; i++) {
    await db.query(`INSERT INTO small (id, name, n) VALUES (${i}, 'name ${i}', 0)`);
    await db.query(`UPDATE small SET n = n + ${i} WHERE id = ${i}`);
    check(i, await one(`SELECT n FROM small WHERE id = ${i}`));
    check(1, await one(`SELECT count(*) FROM small s JOIN small t ON t.id = s.id WHERE s.id = ${i} AND t.name LIKE 'name%'`));
    await one(`SELECT coalesce(max(n), 0) + length('abc') FROM small WHERE id < ${i}`);
  }
});
const rows = 25000 / divisor;
await db.exec('CREATE TABLE item (id int PRIMARY KEY, k int, v varchar(100)); CREATE INDEX item_k ON item (k)');
await timed('25k-inserts', () => db.transaction(async (tx) => {
  for (let i = 0; i < rows; i++) {
    await tx.query('INSERT INTO item (id, k, v) VALUES ($1, $2, $3)', [i, i % 1000, `value of the row ${i}`]);
  }
}));
await timed('5k-indexed-selects', () => db.transaction(async (tx) => {
  for (let i = 0; i < 5000 / divisor; i++) {
    await tx.query('SELECT count(*), max(v) FROM item WHERE k = $1', [i % 1000]);
  }
}));
await timed('25k-indexed-updates', () => db.transaction(async (tx) => {
  for (let i = 0; i < rows; i++) {
    await tx.query('UPDATE item SET v = $1 WHERE id = $2', [`changed ${i}`, i]);
  }
}));
const many = 200000 / divisor;
await db.exec(`CREATE TABLE big (id int PRIMARY KEY, g int, v double precision);
  INSERT INTO big SELECT x, mod(x, 100), x * 0.5 FROM generate_series(1, ${many}) x; ANALYZE`);
const query = async (name, sql, expected) => {
  const times = [];
  for (let i = 0; i < 20; i++) {
    const start = performance.now();
    check(expected, await one(sql));
    times.push(performance.now() - start);
  }
  print(name, median(times.slice(0, 3)));
  print(`${name}-warm`, median(times.slice(15)));
};
await query('aggregate', 'SELECT count(*) FROM (SELECT g, sum(v), avg(v) FROM big GROUP BY g) a', 100);
await query('sort', `SELECT id FROM big ORDER BY v DESC, id LIMIT 1 OFFSET ${many / 2}`, many / 2);
await query('hash-join', 'SELECT count(*) FROM big a JOIN big b ON a.id = b.id WHERE a.g < 50', many / 2);
await query('window', 'SELECT max(r) FROM (SELECT row_number() OVER (PARTITION BY g ORDER BY v) r FROM big) s', many / 100);
const rounds = [];
for (let i = 0; i < 20; i++) {
  const calls = 1000 / divisor;
  const start = performance.now();
  for (let k = 0; k < calls; k++) check(1, await one('SELECT 1'));
  rounds.push((performance.now() - start) * 1000 / calls);
}
print('select-1-us', median(rounds.slice(10)));
process.exit(0);
