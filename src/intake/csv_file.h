/*
 * csv_file.h -- a CSV file of any size, a row at a time.
 *
 * base/csv.h reads text that is in memory; this gives it a window on a file,
 * so that 44 million lines of SIRENE take as much memory as ten.  The window
 * always holds a whole row: one of CSV_ROW_MAX bytes or more is refused.
 * UTF-16 and files that are no text are refused at the start, a row that is no
 * UTF-8 when it comes.  The SHA-256 of the file is taken on the way.
 */
#ifndef TAPR_INTAKE_CSV_FILE_H
#define TAPR_INTAKE_CSV_FILE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/csv.h"
#include "base/sha256.h"

enum { CSV_ROW_MAX = 64 * 1024, CSV_WINDOW = 1024 * 1024 };

/* What a row was refused for. */
enum csv_fault { CSV_FAULT_FORM, CSV_FAULT_UTF8, CSV_FAULT_LONG };

struct csv_file {
	struct csv	 csv;		/* its field[]: the row last read */
	enum csv_fault	 fault;		/* of the row last refused */
	FILE		*in;
	const char	*name;
	char		*window;
	char		*names;		/* of the columns */
	struct sha256	 sha256;
	uint64_t	 done;		/* bytes read so far */
	bool		 at_end;	/* the window holds the end */
	bool		 cut;		/* the last line has no end */
};

/*
 * csv_file_start(f, in, name, err): reads the header of ${in}, which stays the
 * caller's; ${name} outlives ${f}.  csv_file_end() gives the memory back, also
 * after a failure.
 */
int csv_file_start(struct csv_file *f, FILE *in, const char *name,
    struct err *err) MUST_USE;
/*
 * csv_file_next(f, ret, err): ${ret} = 1 and a row in csv.field[], valid until
 * the next call, or 0 at the end.  TAPR_EINVAL: a row to set aside (${fault});
 * the next call reads on behind it.  TAPR_EIO: the file cannot be read.
 */
int csv_file_next(struct csv_file *f, int *ret, struct err *err) MUST_USE;
void csv_file_end(struct csv_file *f);

/* The digest of the file, once its end was read. */
void csv_file_digest(const struct csv_file *f, char ret[SHA256_HEX_MAX]);

#endif
