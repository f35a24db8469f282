/*
 * duckdb.cjs -- the national job in DuckDB, on one thread, through the bare
 * bindings of its C interface (the package that holds the library).
 *
 *	node duckdb.cjs DATABASE load TABLES.sql CSV_DIR
 *	node duckdb.cjs DATABASE query QUERY.sql	timed, with its memory
 *	node duckdb.cjs DATABASE export CSV
 */
const fs = require('fs');
const duckdb = require('@duckdb/node-bindings-linux-x64/duckdb.node');

const [database, verb, file, dir] = process.argv.slice(2);

async function main() {
	const config = duckdb.create_config();
	duckdb.set_config(config, 'threads', '1');
	const to = await duckdb.connect(await duckdb.open(database, config));
	// 20240131 / 10000 is 2024, as in SQLite and PostgreSQL.
	await duckdb.query(to, 'set integer_division = true');
	const run = (sql) => duckdb.query(to, sql);

	if (verb === 'load') {
		await run(fs.readFileSync(file, 'utf8'));
		for (const table of ['section', 'payroll', 'claim', 'cost'])
			await run(`copy ${table} from '${dir}/${table}.csv' (header false)`);
		await run('checkpoint');
	} else if (verb === 'query') {
		await run('drop table if exists gross');
		const cpu = process.cpuUsage(), began = process.hrtime.bigint();
		await run(fs.readFileSync(file, 'utf8'));
		const wall = Number(process.hrtime.bigint() - began) / 1e9;
		const spent = process.cpuUsage(cpu);
		console.log(`duckdb ${wall.toFixed(4)}`);
		console.log(`duckdb_cpu ${((spent.user + spent.system) / 1e6).toFixed(4)}`);
		console.log(`duckdb_mib ${Math.round(process.resourceUsage().maxRSS / 1024)}`);
	} else
		await run(`copy (select section, value, payroll from gross order by section)
		    to '${file}' (header false)`);
}

main().catch((e) => {
	console.error(`duckdb: ${e.message}`);
	process.exit(1);
});
