/*
 * limitation.c -- CSS art. L. 243-6 and L. 244-3: how long a rectified rate can
 * still be claimed.
 *
 *	refund		« se prescrit par trois ans »; since the law 2014-1554
 *			(art. 27) a claim made in time after the notice of a
 *			rectified rate bears on all the years rectified, so
 *			the years are counted from that notice;
 *	complement	« se prescrivent par trois ans à compter de la fin de
 *			l'année civile au titre de laquelle elles sont dues ».
 *
 * A limitation is no procedural period: it is not carried to a working day.
 */
#include "deadline/deadline.h"

enum { YEARS_MAX = 100 };

int
limitation(const struct law *law, bool refund, int year,
    struct date notified, struct limitation *ret, struct err *err)
{
	struct date start = notified;
	const struct law_row *row;
	int64_t years;
	int rc;

	if (!refund)
		start = (struct date){ .y = (int16_t)year, .m = 12, .d = 31 };
	if ((rc = law_need(law, "limitation", LAW_KEYS(refund ? "refund" :
	    "complement"), notified, &row, err)) != TAPR_OK)
		return rc;
	if (!frac_scaled(row->number, 0, &years) || years < 1 ||
	    years > YEARS_MAX)
		return err_set(err, TAPR_ELAW, row->file, "ligne %ld : un "
		    "nombre entier d'années est attendu, de 1 à %d, pas "
		    "« %s »", row->line, (int)YEARS_MAX, row->value);
	ret->row = row;
	ret->last_day = date_add_months(start, 12 * (int)years);
	if (!date_is(ret->last_day))
		return err_set(err, TAPR_ERANGE, NULL, "la prescription sort "
		    "du calendrier");
	ret->over = date_cmp(ret->last_day, notified) < 0;
	return TAPR_OK;
}
