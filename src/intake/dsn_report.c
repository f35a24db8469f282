/*
 * dsn_report.c -- noting what is wrong.
 *
 * A finding is a line, a rule and a sentence that was written beforehand:
 * there is no way to put a value of the file into it.  The first thousand
 * are kept, all are counted.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "intake/dsn_report.h"

static const struct { const char *id, *text; } faults[DSN_FAULTS] = {
	[DSN_FAULT_LENGTH] = { "LONGUEUR",
	    "la valeur est plus courte ou plus longue que la norme ne veut" },
	[DSN_FAULT_CLASS] = { "FORME",
	    "la valeur n'a pas la forme que veut la norme" },
	[DSN_FAULT_VALUE] = { "VALEUR",
	    "la valeur n'est pas dans la liste de la norme" },
	[DSN_FAULT_UNKNOWN] = { "INCONNUE",
	    "la norme de l'envoi ne connaît pas ce bloc ou cette rubrique ; "
	    "elle est passée" },
	[DSN_FAULT_ABSENT] = { "ABSENTE",
	    "il manque une rubrique obligatoire du bloc" },
	[DSN_FAULT_PARENT] = { "PARENT",
	    "le bloc n'est pas à sa place : celui dont il dépend n'est pas "
	    "ouvert" },
	[DSN_FAULT_ORDER] = { "ORDRE",
	    "le bloc vient après un bloc qu'il devait précéder" },
	[DSN_FAULT_MANY] = { "NOMBRE",
	    "le bloc est là plus souvent que la norme ne l'admet" },
	[DSN_FAULT_FEW] = { "ABSENT",
	    "un bloc que la norme veut sous celui-ci manque" },
};

/* A place for one more finding, NULL when there is none. */
static struct dsn_finding *
more(struct dsn_report *r)
{

	if (r->findings == DSN_FINDINGS_MAX)
		return NULL;
	if (r->finding == NULL)
		r->finding = calloc(DSN_FINDINGS_MAX, sizeof *r->finding);
	return r->finding == NULL ? NULL : &r->finding[r->findings++];
}

static struct dsn_finding *
count(struct dsn_notes *notes, enum dsn_severity severity, long line,
    const char *text)
{
	struct dsn_finding *f;

	if (severity == DSN_SIGNAL)
		notes->report->signals++;
	else
		notes->report->blocking++;
	if (severity != DSN_SIGNAL)
		notes->blocked = true;
	if ((f = more(notes->report)) != NULL)
		*f = (struct dsn_finding){ .line = line, .severity = severity,
		    .text = text };
	return f;
}

void
dsn_note(struct dsn_notes *notes, enum dsn_rule rule, long line)
{
	const struct dsn_rule_text *t = dsn_rule_text(rule);
	struct dsn_finding *f;

	if (notes->norm != NULL && !notes->norm->on[rule])
		return;
	if ((f = count(notes, t->severity, line, t->text)) != NULL)
		(void)snprintf(f->rule, sizeof f->rule, "%s", t->rule);
}

void
dsn_note_fault(struct dsn_notes *notes, enum dsn_fault fault, unsigned code,
    unsigned number, enum dsn_severity severity, long line)
{
	struct dsn_finding *f;
	char what[8] = "";

	if ((f = count(notes, severity, line, faults[fault].text)) == NULL)
		return;
	if (number != 0)
		(void)snprintf(what, sizeof what, ".%03u", number % 1000);
	(void)snprintf(f->rule, sizeof f->rule, "S%02u.G00.%02u%s/%s",
	    code / 100 % 100, code % 100, what, faults[fault].id);
}

void
dsn_report_name(struct dsn_report *report, size_t from, const char *siret)
{

	for (; from < report->findings; from++)
		(void)snprintf(report->finding[from].siret,
		    sizeof report->finding->siret, "%s", siret);
}

void
dsn_report_clear(struct dsn_report *report)
{

	free(report->finding);
	*report = (struct dsn_report){ 0 };
}
