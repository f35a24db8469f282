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

function nanoseconds(work) {
  const start = process.hrtime.bigint();
  const value = work();
  return [Number(process.hrtime.bigint() - start), value];
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
  again.push(nanoseconds(() => engine.evaluate(CONTRIBUTION).nodeValue)[0]);
}
console.log(`publicodes_parse ${parse}`);
console.log(`publicodes_new ${median(fresh)}`);
console.log(`publicodes_again ${median(again)}`);
