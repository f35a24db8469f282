/*
 * reserve.h -- room on the disk that the audit log keeps for itself, so that
 * what is known can still be read, and the reading logged, on a full disk.
 */
#ifndef TAPR_GUARD_RESERVE_H
#define TAPR_GUARD_RESERVE_H

#include "store/fund.h"

/* Takes the room again where there is some; without it nothing fails. */
void reserve_keep(const struct fund *f);
/* Gives the room back to the disk; false when none was kept. */
bool reserve_give(const char *dir);

#endif
