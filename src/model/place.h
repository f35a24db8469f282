/*
 * place.h -- where and as whom a use case works on a fund.
 */
#ifndef TAPR_MODEL_PLACE_H
#define TAPR_MODEL_PLACE_H

#include "base/date.h"

struct place {
	const char	*dir;		/* of the fund */
	const char	*actor;		/* who acts; until part 3, as given */
	struct date	 today;
};

#endif
