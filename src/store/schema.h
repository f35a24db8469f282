/*
 * schema.h -- the files of sql/, in order, as the program carries them;
 * private to store/.  tools/embed-sql writes each schema.
 */
#ifndef TAPR_STORE_SCHEMA_H
#define TAPR_STORE_SCHEMA_H

struct schema_step {
	const char	*name;		/* of the file, without .sql */
	const char	*text;
};

struct schema {
	const struct schema_step	*step;
	int				 n;
};

extern const struct schema schema_register;	/* sql/ */
extern const struct schema schema_audit;	/* sql/audit/ */

#endif
