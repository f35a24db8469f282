// pages.js PAGE.html... -- what a browser makes of our pages, as ok lines.
// A page is opened without network, in light and dark, at 360 and 1280 pixels
// with every detail open; then as it would be printed.
'use strict';
const path = require('path');
const { chromium } = require('playwright-core');
const axe = require.resolve('axe-core/axe.min.js');

let failures = 0;

function result(name, faults) {
	console.log((faults.length === 0 ? 'ok - ' : 'not ok - ') + name);
	for (const fault of faults.slice(0, 20))
		console.log('    ' + fault);
	failures += faults.length > 0;
}

async function violations(page) {
	await page.addScriptTag({ path: axe });
	const { violations } = await page.evaluate(() => window.axe.run());

	return violations.map(v => v.id + ': ' + v.help + ': ' +
	    v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(', '));
}

// What sticks out on the right of the screen.
function overflow() {
	const wide = document.documentElement.scrollWidth - innerWidth;

	return wide > 0 ? [wide + ' pixels too wide'] : [];
}

// What a reader of paper would not see, or see twice.
function unprinted() {
	const closed = [...document.querySelectorAll('details ul')]
	    .filter(e => !e.checkVisibility());
	const repeated = [...document.querySelectorAll('tfoot')]
	    .filter(e => getComputedStyle(e).display === 'table-footer-group');

	return [...closed.map(() => 'a detail is closed'),
	    ...repeated.map(() => 'a total is repeated on each page')];
}

async function screen(browser, file, colorScheme, width) {
	const page = await browser.newPage({ colorScheme, offline: true,
	    viewport: { width, height: 900 }, bypassCSP: true });
	const asked = [], name = colorScheme + ', ' + width + ' px: ';

	page.on('request', r => asked.push(r.url()));
	await page.goto('file://' + path.resolve(file));
	const faults = asked.slice(1).map(u => 'asks for ' + u);
	await page.evaluate(() => document.querySelectorAll('details')
	    .forEach(d => { d.open = true; }));
	faults.push(...await page.evaluate(overflow),
	    ...await violations(page));
	await page.close();
	return faults.map(f => name + f);
}

async function paper(browser, file) {
	const page = await browser.newPage({ offline: true,
	    viewport: { width: 680, height: 1000 } });

	await page.goto('file://' + path.resolve(file));
	await page.emulateMedia({ media: 'print' });
	const faults = [...await page.evaluate(unprinted),
	    ...await page.evaluate(overflow)];
	await page.close();
	return faults;
}

async function main(files) {
	const browser = await chromium.launch({
	    executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });

	for (const file of files) {
		const name = path.basename(file, '.html'), faults = [];

		for (const scheme of ['light', 'dark'])
			for (const width of [360, 1280])
				faults.push(...await screen(browser, file,
				    scheme, width));
		result(name + ' breaks no rule of axe-core, fits the screen ' +
		    'and loads nothing', faults);
		result(name + ' prints with details open and totals once',
		    await paper(browser, file));
	}
	await browser.close();
}

main(process.argv.slice(2)).then(() => process.exit(failures > 0 ? 1 : 0),
    e => { console.log('not ok - the browser runs\n    ' + e.message);
	process.exit(1); });
