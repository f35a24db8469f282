/*
 * embed.c -- a payroll program that asks libtapr for a rate, in 50 lines.
 *
 *	cc embed.c $(pkg-config --cflags --libs tapr) -o embed
 *	./embed /usr/share/tapr/law etablissement.json
 */
#include <stdio.h>
#include <string.h>

#include "tapr.h"

static int
refused(const struct tapr_error *error)
{
	fprintf(stderr, "%s : %s\n", error->where, error->text);
	return 1;
}

int
main(int argc, char **argv)
{
	/* What the fund notified; 3,10 % is 31000. */
	const struct tapr_notified rates[] = {
		{ "99900102700013", "main", "285DF", 24200, "2023-01-01" },
		{ "99900102700013", "main", "285DF", 23700, "2024-01-01" },
	};
	struct tapr_question pay = { "99900102700013", "main", "285DF",
		"general", 'A', "2025-04-30" };
	struct tapr_error error;
	struct tapr_declared declared;
	struct tapr_law *law;
	char facts[65536], *answer;
	FILE *f = argc == 3 ? fopen(argv[2], "rb") : NULL;
	size_t n;

	if (f == NULL)
		return fprintf(stderr, "embed LAW_DIR FACTS.json\n"), 2;
	n = fread(facts, 1, sizeof facts, f);
	fclose(f);
	if (tapr_law_open(argv[1], NULL, &law, &error) != TAPR_DONE)
		return refused(&error);
	if (tapr_rate(law, facts, n, &answer, &error) != TAPR_DONE)
		return refused(&error);
	printf("%.60s...\n", strstr(answer, "\"notified\""));
	tapr_free(answer);
	if (tapr_rate_to_declare(law, rates, 2, &pay, &declared, &error) != 0)
		return refused(&error);
	printf("to declare on %s: %d.%04d %%, since %s\n", pay.pay_date,
	    (int)(declared.rate / 10000), (int)(declared.rate % 10000),
	    declared.effective_on);
	tapr_law_close(law);
	return 0;
}
