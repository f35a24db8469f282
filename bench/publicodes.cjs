/*
 * publicodes.cjs -- the AT/MP contribution of modele-social, in publicodes.
 *
 * Prints "NAME NANOSECONDS" lines: reading the rules, one evaluation of a new
 * situation (a salary that changes), one of a situation it has just answered.
 * Both are warm: after WARM evaluations.
 */
const publicodes = require('publicodes');
const modele = require('modele-social');

const Engine = publicodes.default || publicodes;
const rules = modele.default || modele;
const CONTRIBUTION = 'salarié . cotisations . ATMP';
const SALARY = 'salarié . contrat . salaire brut';
const RATE = 'établissement . taux ATMP . taux collectif';
const [WARM, TIMES] = [5, 40];
const silent = { log() {}, warn() {}, error() {} };

// What the processor worked, as for tapr: a busy machine does not count.
function nanoseconds(work) {
  const start = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(start);
  return [(user + system) * 1000, value];
}

function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

const [parse, engine] = nanoseconds(() => new Engine(rules, { logger: silent }));

function contribution(salary) {
  engine.setSituation({ [SALARY]: `${salary} €/mois`, [RATE]: '2.09 %' });
  return engine.evaluate(CONTRIBUTION).nodeValue;
}

// 3 000 € at 2,09 %.
const check = contribution(3000);
if (Math.abs(check - 62.7) > 1e-9) {
  console.error(`publicodes answers ${check}, 62.7 is expected`);
  process.exit(1);
}
for (let i = 0; i < WARM; i++) contribution(3001 + i);
const fresh = [];
const again = [];
for (let i = 0; i < TIMES; i++) {
  fresh.push(nanoseconds(() => contribution(2000 + 25 * i))[0]);
  // Too short for that clock; the median leaves out who was interrupted.
  const start = process.hrtime.bigint();
  engine.evaluate(CONTRIBUTION);
  again.push(Number(process.hrtime.bigint() - start));
}
console.log(`publicodes_parse ${Math.round(parse)}`);
console.log(`publicodes_new ${Math.round(median(fresh))}`);
console.log(`publicodes_again ${Math.round(median(again))}`);
