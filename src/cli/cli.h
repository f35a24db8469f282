/*
 * cli.h -- the command line.
 *
 * The only part of the program that prints.  Documents go to the standard
 * output, whole or not at all; messages go to the standard error.  Exit
 * status: 0 done, 1 refused or bad input, 2 usage, 3 internal.
 */
#ifndef TAPR_CLI_CLI_H
#define TAPR_CLI_CLI_H

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/date.h"
#include "guard/guard.h"
#include "model/place.h"
#include "rating/rating.h"

enum exit_status { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2,
	EXIT_INTERNAL = 3 };

enum { CLI_WORDS_MAX = 256, CLI_LAW_DIRS = 4, CLI_KEPT_MAX = 32,
	CLI_SUBJECTS_MAX = 24 };

struct verb;
struct cli;

/*
 * The audit log of a fund (cli/fund/record.c): no entry, no act.  start() when
 * a verb asks for its fund, before it does anything; leave() before ${out}
 * leaves; refuse() when the verb was refused, before the message leaves.  A
 * verb without a line in its table does not start.  why() adds what each act of
 * a verb is for.
 */
struct cli_recorder {
	int	(*start)(struct cli *c, bool acts, struct place *place,
		    struct err *err);
	int	(*leave)(struct cli *c, const struct str *out,
		    struct err *err);
	int	(*refuse)(struct cli *c, struct err *err);
	void	(*why)(const char *verb, struct str *out);
};

/* What main knows of the world. */
struct cli_world {
	const char	*law_dir[CLI_LAW_DIRS];	/* tried in order; NULL ends */
	const char	*fund;			/* TAPR_FUND, or NULL */
	/* The verbs by subject: lists ended by a verb without a name. */
	const struct verb *verbs[CLI_SUBJECTS_MAX];
	struct date	 today;
	int64_t		(*now_s)(void);		/* UTC, for the audit log alone */
	const char	*keys;			/* folder of the keys */
	const char	*secret, *pkcs11;	/* see place.h */
	const char	*user;			/* account of the system */
	const struct cli_recorder *recorder;	/* NULL: no fund here */
	FILE		*out, *log;
	bool		 terminal;		/* the log is a person's screen */
	int64_t		(*now_ms)(void);	/* for progress alone */
	/* From now on Ctrl-C sets this instead of ending the program. */
	const volatile sig_atomic_t *(*catch_stop)(void);
};

/* A command line, cut: options of any verb, and the words left. */
struct cli {
	const struct cli_world *world;
	const char	*verb;
	const char	*word[CLI_WORDS_MAX];
	size_t		 words;
	enum format	 format;
	bool		 has_format;
	const char	*law_dir, *law_extra;
	const char	*set[CLI_WORDS_MAX];
	size_t		 sets;
	const char	*sweep[CLI_WORDS_MAX];
	size_t		 sweeps;
	struct date	 on;		/* --on */
	int		 year_from, year_to;	/* --years A-B */
	bool		 why, help, steps;
	const char	*fund, *actor;		/* -C, --as */
	/* The options of some verbs only, as given (cli_option). */
	struct {
		const char	*name, *value;
	}		 kept[CLI_KEPT_MAX];
	size_t		 kepts;
	struct law	*law;		/* open once asked for */
	/* What the recorder keeps of this command; act NULL: no fund asked. */
	struct {
		const struct record_act	*act;
		struct place		 place;
		struct grant		 grant;
		bool			 acts;
	}		 record;
};

int cli_main(int argc, char **argv, const struct cli_world *world);

/* ---- shared by the verbs ---- */

struct verb {
	const char	*name;
	int		(*run)(struct cli *c, struct err *err);
	const char	*usage;		/* after "tapr NAME" */
	const char	*summary;	/* one line, French */
	const char	*help;		/* the rest of `tapr help NAME` */
	const char	*basis;		/* --why: legal basis and purpose */
	const char	*options;	/* " --on --known ", of cli_option() */
};

/* What main may put into world.verbs. */
extern const struct verb cli_rating_verbs[];
extern const struct verb cli_law_verbs[];
extern const struct verb cli_register_verbs[];
extern const struct verb cli_synth_verbs[];
extern const struct verb cli_campaign_verbs[];
extern const struct verb cli_revision_verbs[];
extern const struct verb cli_delays_verbs[];
extern const struct verb cli_audit_verbs[];
extern const struct verb cli_keys_verbs[];
extern const struct verb cli_exchange_verbs[];
extern const struct cli_recorder cli_audit_recorder;

/* cli_law_dir(c, ret, err): where the law is read from. */
int cli_law_dir(const struct cli *c, const char **ret, struct err *err)
    MUST_USE;
/* cli_law(c, err): the law set of this command, opened once. */
int cli_law(struct cli *c, struct err *err) MUST_USE;
/* cli_read(path, ret, err): a document; cli_drop() gives its memory back. */
int cli_read(const char *path, struct document *ret, struct err *err) MUST_USE;
void cli_drop(struct document *d);
/* cli_print(c, out, err): the whole text on the standard output. */
int cli_print(struct cli *c, const struct str *out, struct err *err)
    MUST_USE;
/* cli_tell(c, out, err): what a verb that was refused found, as a message; the
 * log has the refusal first. */
void cli_tell(struct cli *c, const struct str *out, struct err *err);
/*
 * cli_option(c, name): the value of an option that only some verbs take, ""
 * when it has none; NULL when it was not given.
 */
const char *cli_option(const struct cli *c, const char *name);
/*
 * cli_place(c, ret, err): the fund of this command: -C DIR, else TAPR_FUND,
 * and the actor of --as, which an act needs (${acts}) and a reading does not.
 * From here on the audit log knows: an act has its entry already, a reading
 * gets its own before anything leaves.
 */
int cli_place(struct cli *c, bool acts, struct place *ret,
    struct err *err) MUST_USE;
/* A usage failure of the verb. */
int cli_usage(struct err *err, const char *fmt, ...) TAPR_PRINTF(2, 3);

#endif
