/*
 * schema.h -- the files of sql/, in order, as the program carries them;
 * private to store/.  tools/embed-sql writes the array.
 */
#ifndef TAPR_STORE_SCHEMA_H
#define TAPR_STORE_SCHEMA_H

struct schema_step {
	const char	*name;		/* of the file, without .sql */
	const char	*text;
};

extern const struct schema_step schema_steps[];
extern const int schema_step_count;

#endif
