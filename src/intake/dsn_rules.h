/*
 * dsn_rules.h -- the checks by name.
 *
 * C_ are checks of the official list (docs/formats/dsn.md); the norm of a
 * year says whether they apply to it.  T_ are our own: what the aggregates
 * need to be right, and what makes a file readable at all.
 */
#ifndef TAPR_INTAKE_DSN_RULES_H
#define TAPR_INTAKE_DSN_RULES_H

#include "intake/dsn.h"

enum dsn_rule {
	C_S10_008, C_EMITTER, C_TYPE_04, C_TYPE_EMPTY, C_TYPE_NOBODY,
	T_SOMEBODY, C_REPLACED, T_FUTURE, C_SIREN, C_NIC, C_NIR_DEP,
	C_NIR_NINES, C_NIR_TWICE, C_NIR_TAIL, C_NTT_NEEDED, C_NTT_SIREN,
	C_NTT_SEX, C_NTT_SPACE, C_START_END, C_CONTRACT_TWICE,
	C_PLANNED_END, C_QUOTA_DAYS, C_QUOTA_HOURS, C_QUOTA_ZERO, C_PLACE,
	C_PLACE_MISSION, C_REGIME_RA, C_IEG, C_TEMP_CODE, C_RA, T_CODE,
	T_CODE_ABSENT, T_REGIME_ABSENT, C_RATE, C_USER_03, C_USER_08,
	C_USER, C_PAY_PERIOD, C_PAY_CONTRACT, C_ACTIVITY, C_HOURS_IMPLIED,
	C_DAYS_IMPLIED, C_HOURS, C_DAYS, C_CALENDAR, C_STOP_END, C_ACCIDENT,
	C_ACCIDENT_START, C_BASE_PERIOD, C_BASE_FUTURE, C_BASE_YEAR,
	T_BASE_CONTRACT, T_PRODUCT, C_USER_SIREN, C_USER_SIRET,
	T_MISDECLARED, T_CONTRACTS, T_SUM, T_TEST, T_LINES,
	T_DECLARATIONS, T_NO_TOTAL, T_UTF8, T_NUL, T_LONG, T_NOT_LINE,
	T_NORM, T_START,
	/* A whole declaration beside the register (dsn_apply.c). */
	T_TWICE, T_SAME_ORDER, T_CLASS, T_SECTION, T_CODES, T_FRACTION,
	T_YEAR,
	DSN_RULES,
};

struct dsn_rule_text {
	const char		*rule;		/* S21.G00.40.040/CCH-12 */
	enum dsn_severity	 severity;
	const char		*text;
};

/* dsn_rule_text(rule): what the report says of it; static. */
const struct dsn_rule_text *dsn_rule_text(enum dsn_rule rule);

#endif
