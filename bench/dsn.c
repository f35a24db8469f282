/*
 * dsn.c -- a DSN to read, and how long reading it takes.
 *
 *	dsn make FILE MEGABYTES		invented establishments and persons
 *	dsn read FILE LAW_DIR		"NAME NANOSECONDS" lines
 *
 * One thread; the file is mapped and was read once before, so that the disk
 * is not measured.  Every line passes all the checks: a file of make has no
 * finding, which is looked at here.  "lines" is memchr alone over the same
 * bytes: what no reader of lines can be faster than.
 */
#include <sys/mman.h>
#include <sys/stat.h>

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/ids.h"
#include "intake/dsn.h"

enum { PERSONS = 60, MEGA = 1000000 };

struct maker {
	FILE	*f;
	long	 lines;		/* of the envoi */
	long	 bytes;
	long	 persons;
};

static void
put(struct maker *m, const char *rubrique, const char *value)
{

	m->lines++;
	m->bytes += fprintf(m->f, "%s,'%s'\n", rubrique, value);
}

static void
put_all(struct maker *m, const char *const (*lines)[2], size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		put(m, lines[i][0], lines[i][1]);
}
#define PUT_ALL(m, lines) put_all(m, lines, sizeof(lines) / sizeof((lines)[0]))

static void
person(struct maker *m, int i)
{
	static const char *const head[][2] = {
		{ "S21.G00.30.002", "O'FICTIF" }, { "S21.G00.30.004", "\311lo\357se" },
		{ "S21.G00.30.006", "01051985" }, { "S21.G00.30.007", "VILLE FICTIVE" },
		{ "S21.G00.30.008", "2 RUE DE L'EXEMPLE" }, { "S21.G00.30.009", "69000" },
		{ "S21.G00.30.010", "LYON" }, { "S21.G00.30.013", "01" },
		{ "S21.G00.30.014", "75" }, { "S21.G00.30.015", "FR" },
		{ "S21.G00.30.019", "M0001" }, { "S21.G00.40.001", "01012020" },
		{ "S21.G00.40.002", "06" }, { "S21.G00.40.003", "04" },
		{ "S21.G00.40.004", "628a" }, { "S21.G00.40.006", "Op\351rateur" },
		{ "S21.G00.40.007", "01" }, { "S21.G00.40.008", "99" },
		{ "S21.G00.40.009", "C00001" }, { "S21.G00.40.011", "10" },
		{ "S21.G00.40.012", "151.67" }, { "S21.G00.40.013", "151.67" },
		{ "S21.G00.40.014", "10" }, { "S21.G00.40.016", "99" },
		{ "S21.G00.40.017", "3248" }, { "S21.G00.40.018", "200" },
		{ "S21.G00.40.020", "200" }, { "S21.G00.40.024", "99" },
		{ "S21.G00.40.026", "99" }, { "S21.G00.40.036", "01" },
		{ "S21.G00.40.037", "01" }, { "S21.G00.40.039", "200" },
	};
	static const char *const pay[][2] = {
		{ "S21.G00.71.002", "RUAA" }, { "S21.G00.50.001", "31012026" },
		{ "S21.G00.50.002", "2000.00" }, { "S21.G00.50.003", "01" },
		{ "S21.G00.50.004", "1950.00" }, { "S21.G00.50.006", "0.00" },
		{ "S21.G00.50.007", "13" }, { "S21.G00.50.008", "-1" },
		{ "S21.G00.50.009", "0.00" }, { "S21.G00.50.013", "2000.00" },
	};
	static const char *const tail[][2] = {
		{ "S21.G00.81.001", "045" }, { "S21.G00.81.002", "78861779300013" },
		{ "S21.G00.81.003", "2500.00" }, { "S21.G00.81.004", "158.50" },
		{ "S21.G00.81.007", "6.34" }, { "S21.G00.86.001", "07" },
		{ "S21.G00.86.002", "03" }, { "S21.G00.86.003", "6" },
		{ "S21.G00.86.005", "C00001" },
	};
	static const char *const types[] = { "001", "002", "003", "010" };
	static const char *const bases[] = { "02", "03", "04", "57" };
	char nir[16];
	size_t k;

	(void)snprintf(nir, sizeof nir, "2%02d057599%01d%03d", 50 + i % 48,
	    i / 48 % 10, 1 + i % 998);
	put(m, "S21.G00.30.001", nir);
	PUT_ALL(m, head);
	put(m, "S21.G00.40.040", i % 5 == 0 ? "271ZFB" : "271ZF");
	put(m, "S21.G00.40.043", i % 5 == 0 ? "0.90" : "6.34");
	PUT_ALL(m, pay);
	for (k = 0; k < 4; k++) {
		put(m, "S21.G00.51.001", "01012026");
		put(m, "S21.G00.51.002", "31012026");
		put(m, "S21.G00.51.010", "C00001");
		put(m, "S21.G00.51.011", types[k]);
		put(m, "S21.G00.51.013", "2500.00");
		if (k != 1)
			continue;
		put(m, "S21.G00.53.001", "01");
		put(m, "S21.G00.53.002", "151.67");
		put(m, "S21.G00.53.003", "10");
	}
	for (k = 0; k < 4; k++) {
		put(m, "S21.G00.78.001", bases[k]);
		put(m, "S21.G00.78.002", "01012026");
		put(m, "S21.G00.78.003", "31012026");
		put(m, "S21.G00.78.004", "2500.00");
	}
	PUT_ALL(m, tail);
	m->persons++;
}

/* The SIRET of establishment ${i}: 99990 and a number that make the keys. */
static void
siret_of(long i, char *ret)
{
	int a, b;

	for (a = 0; a < 10; a++) {
		(void)snprintf(ret, 15, "%08ld%d", 99900000 + i % 100000, a);
		if (siren_valid(ret))
			break;
	}
	for (b = 0; b < 10; b++) {
		(void)snprintf(ret + 9, 6, "0001%d", b);
		if (siret_valid(ret))
			break;
	}
}

static void
envoi(struct maker *m, long i)
{
	static const char *const head[][2] = {
		{ "S10.G00.00.001", "tapr" }, { "S10.G00.00.002", "tapr" },
		{ "S10.G00.00.003", "1" }, { "S10.G00.00.005", "02" },
		{ "S10.G00.00.006", "P26V01" }, { "S10.G00.00.007", "01" },
		{ "S10.G00.00.008", "01" }, { "S10.G00.01.001", "999985005" },
		{ "S10.G00.01.002", "00019" }, { "S10.G00.02.001", "02" },
		{ "S10.G00.02.002", "CONTACT FICTIF" }, { "S20.G00.05.001", "01" },
		{ "S20.G00.05.002", "01" }, { "S20.G00.05.003", "11" },
		{ "S20.G00.05.004", "1" }, { "S20.G00.05.005", "01012026" },
		{ "S20.G00.05.007", "05022026" }, { "S20.G00.05.008", "01" },
	};
	char siret[16], part[16], total[16];
	int k;

	m->lines = 0;
	PUT_ALL(m, head);
	siret_of(i, siret);
	(void)snprintf(part, sizeof part, "%.9s", siret);
	put(m, "S21.G00.06.001", part);
	put(m, "S21.G00.06.002", siret + 9);
	put(m, "S21.G00.06.003", "2451Z");
	put(m, "S21.G00.11.001", siret + 9);
	put(m, "S21.G00.11.002", "2451Z");
	for (k = 0; k < PERSONS; k++)
		person(m, k);
	(void)snprintf(total, sizeof total, "%ld", m->lines + 2);
	put(m, "S90.G00.90.001", total);
	put(m, "S90.G00.90.002", "1");
}

static int
make(const char *path, long megabytes)
{
	struct maker m = { .f = fopen(path, "wb") };
	long i;

	if (m.f == NULL) {
		perror(path);
		return 1;
	}
	for (i = 0; m.bytes < megabytes * MEGA; i++)
		envoi(&m, i);
	(void)fprintf(stderr, "# %ld bytes, %ld establishments, %ld persons\n",
	    m.bytes, i, m.persons);
	return fclose(m.f) == 0 ? 0 : 1;
}

/* --- reading --- */

static int
take(void *ctx, const struct dsn_declaration *d, enum dsn_outcome *ret,
    struct err *err)
{
	int64_t *payroll = ctx;
	size_t i;

	(void)err;
	*ret = DSN_APPLIED;
	for (i = 0; i < d->aggregates; i++)
		*payroll += d->aggregate[i].payroll.v;
	return TAPR_OK;
}

static int64_t
now(clockid_t clock)
{
	struct timespec t;

	(void)clock_gettime(clock, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int
read_all(const char *p, size_t n, const char *law)
{
	int64_t payroll = 0, cpu, wall;
	struct dsn_handler handler = { take, &payroll };
	struct dsn_report report = { 0 };
	struct err err = { 0 };
	struct dsn_norms *norms;
	const char *q, *end = p + n;
	long lines = 0;

	cpu = now(CLOCK_PROCESS_CPUTIME_ID);
	for (q = p; q < end && (q = memchr(q, '\n', (size_t)(end - q))) != NULL;
	    q++)
		lines++;
	cpu = now(CLOCK_PROCESS_CPUTIME_ID) - cpu;
	(void)printf("lines %lld\n", (long long)cpu);
	if (dsn_norms_open(law, &norms, &err) != TAPR_OK)
		return 1;
	cpu = now(CLOCK_PROCESS_CPUTIME_ID);
	wall = now(CLOCK_MONOTONIC);
	if (dsn_read(norms, "bench", p, n, &handler, &report, &err) != TAPR_OK)
		(void)fprintf(stderr, "%s : %s\n", err.where, err.text);
	(void)printf("dsn_cpu %lld\ndsn %lld\n",
	    (long long)(now(CLOCK_PROCESS_CPUTIME_ID) - cpu),
	    (long long)(now(CLOCK_MONOTONIC) - wall));
	(void)printf("count_lines %ld\ncount_bytes %zu\n", lines, n);
	(void)fprintf(stderr, "# %llu applied, %llu findings, payroll %lld "
	    "cents\n", (unsigned long long)report.applied,
	    (unsigned long long)report.signals +
	    (unsigned long long)report.blocking,
	    (long long)payroll);
	dsn_norms_free(norms);
	return report.read == report.applied && report.findings == 0 ? 0 : 1;
}

int
main(int argc, char **argv)
{
	struct stat st;
	void *p;
	int fd;

	if (argc == 4 && strcmp(argv[1], "make") == 0)
		return make(argv[2], strtol(argv[3], NULL, 10));
	if (argc != 4 || strcmp(argv[1], "read") != 0 ||
	    (fd = open(argv[2], O_RDONLY)) < 0 || fstat(fd, &st) != 0) {
		(void)fprintf(stderr, "dsn make FILE MB | read FILE LAW\n");
		return 2;
	}
	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (p == MAP_FAILED) {
		perror(argv[2]);
		return 1;
	}
	return read_all(p, (size_t)st.st_size, argv[3]);
}
