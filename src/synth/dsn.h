/*
 * dsn.h -- monthly declarations (DSN) of some establishments.
 *
 * The twelve months of 2024 in norm P24V01 and January 2026 in P26V01, a file
 * a month and a folder: lines as NEODeS has them, ISO-8859-1, CRLF.  What an
 * establishment declares over 2024 adds up, section by section, to its lines
 * of payroll.csv, to the cent and to the hour.
 */
#ifndef TAPR_SYNTH_DSN_H
#define TAPR_SYNTH_DSN_H

#include "synth/world.h"

/* dsn_open(w, folder, path, err): the files of a folder, below ${path}/dsn. */
int dsn_open(struct world *w, size_t folder, const char *path,
    struct err *err) MUST_USE;
/* dsn_write(w, e): the declarations of ${e}, if it is one of those chosen. */
void dsn_write(struct world *w, const struct estab *e);
/* dsn_close(w, folder): the totals that end each file. */
void dsn_close(struct world *w, size_t folder);

#endif
