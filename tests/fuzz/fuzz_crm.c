/*
 * fuzz_crm.c -- a report of rates from anyone.
 *
 * Reading ends; a document type is never taken; what comes out is lines of CSV
 * that the reader of CSV takes, as many as there are rates, without a byte that
 * is no UTF-8.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "intake/crm.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(int condition)
{
	if (!condition)
		abort();
}

/* The names of the data file, and one rate an element « t ». */
static void
names(struct crm_names *ret)
{
	static const char file[] = "field,path,status\n"
	    "flow,rapport/envoi/envoi_identification/idflux,seen\n"
	    "sender,rapport/envoi/envoi_identification/emetteur_siret,seen\n"
	    "state,rapport/envoi/envoi_bilan/envoi_etat,seen\n"
	    "siren,rapport/declaration/declaration_identification/SIREN,seen\n"
	    "nic,rapport/declaration/declaration_identification/"
	    "nic_affectation,seen\n"
	    "entry,rapport/declaration/taux_at,assumed\n"
	    "risk_code,rapport/declaration/taux_at/code_risque,assumed\n"
	    "section,rapport/declaration/taux_at/section,assumed\n"
	    "rate,rapport/declaration/taux_at/taux,assumed\n"
	    "mode,rapport/declaration/taux_at/mode_tarification,assumed\n"
	    "effective_on,rapport/declaration/taux_at/date_effet,assumed\n"
	    "notified_on,rapport/declaration/taux_at/date_notification,"
	    "assumed\n";
	char text[sizeof file];
	struct err err;

	memcpy(text, file, sizeof file);
	must(crm_names_read(text, sizeof file - 1, ret, &err) == TAPR_OK);
}

static void
check_lines(struct str *csv, size_t rates)
{
	struct err err;
	struct csv c;
	size_t n = 0;
	int got;

	must(utf8_valid(csv->p, csv->n, NULL));
	must(csv_open(&c, "crm", csv->p, csv->n, &err) == TAPR_OK);
	while (csv_next(&c, &got, &err) == TAPR_OK && got != 0)
		n++;
	must(n == rates);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *bytes = (const char *)data;
	struct crm_report report;
	struct crm_names n;
	struct err err;
	struct str csv;

	names(&n);
	str_init(&csv, 1 << 24);
	if (crm_read(&n, true, "crm", bytes, size, &csv, &report, &err) ==
	    TAPR_OK)
		check_lines(&csv, report.rates);
	str_free(&csv);
	return 0;
}
