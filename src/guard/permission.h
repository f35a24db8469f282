/*
 * permission.h -- the matrix role x object x field x action, and which roles
 * nobody holds together.
 *
 * Both are files that a lawyer reads: law/permissions.csv, where a cell that is
 * not written is a refusal, and law/separations.csv.  The words of roles,
 * actions and scopes are closed lists; a file with another word, a cell given
 * twice or a line without its source is refused whole.
 */
#ifndef TAPR_GUARD_PERMISSION_H
#define TAPR_GUARD_PERMISSION_H

#include <stdbool.h>
#include <stddef.h>

#include "guard/entry.h"

/* REQUIREMENTS part C.  service: the batch account, which reads no content. */
enum role {
	ROLE_CLAIMS_ENTRY, ROLE_TARIFICATION, ROLE_PREVENTION, ROLE_MEDICAL,
	ROLE_NATIONAL, ROLE_DIRECTOR, ROLE_GOVERNANCE, ROLE_DPO, ROLE_AUDITOR,
	ROLE_ADMIN, ROLE_SUPPLIER, ROLE_SERVICE,
	ROLES,
};
extern const char *const guard_role_words[ROLES + 1];	/* NULL ends them */

/*
 * blind: entered and never read back; aggregate: through disclosure control
 * alone; workflow: that it exists, not what it says.
 */
enum permission_action {
	ACTION_CREATE, ACTION_READ, ACTION_UPDATE, ACTION_DECIDE, ACTION_BLIND,
	ACTION_AGGREGATE, ACTION_WORKFLOW,
	ACTIONS,
};
extern const char *const action_words[ACTIONS + 1];

/* The whole fund, or the establishments in the portfolio of that day. */
enum scope { SCOPE_FUND, SCOPE_PORTFOLIO, SCOPES };

struct permission {
	const char	*object, *field;
	enum role	 role;
	unsigned	 actions;		/* 1 << enum permission_action */
	enum scope	 scope;
	enum purpose	 purpose;
	const char	*source;
};

struct separation {
	enum role	 first, second;
	bool		 dual;		/* allowed by an explicit decision */
	const char	*source;
};

enum permission_file { PERMISSION_MATRIX, PERMISSION_APART,
	PERMISSION_FILES };

struct permissions {
	char			*text[PERMISSION_FILES];
	struct permission	*row;
	struct separation	*apart;
	size_t			 rows, aparts;
};

/* permissions_read(dir, p, err): the two files of the law folder ${dir};
 * permissions_free() gives them back, also after a failure. */
int permissions_read(const char *dir, struct permissions *p, struct err *err)
    MUST_USE;
void permissions_free(struct permissions *p);

/*
 * permissions_parse(p, file, text, n, err): the same from memory, one file after
 * the other into a ${p} of zeros; ${text}, of ${n} bytes and one that may be
 * written, is its own from then on.
 */
int permissions_parse(struct permissions *p, enum permission_file file,
    char *text, size_t n, struct err *err) MUST_USE;

/* The cell, NULL when it is not written. */
const struct permission *permission_cell(const struct permissions *p,
    enum role role, const char *object, const char *field,
    enum permission_action action);

/*
 * permission_needs(p, role, needs, ret, err): the widest that ${role} may do all
 * of ${needs}, "employer.identity:read claim.nature:read": ${ret} is the cell
 * that limits it most, NULL when one is missing.  TAPR_ELAW when ${needs}
 * names a field that nobody has: the act has no basis.
 */
int permission_needs(const struct permissions *p, enum role role,
    const char *needs, const struct permission **ret, struct err *err)
    MUST_USE;

/* Why ${a} and ${b} are not held together; NULL when they may be. */
const struct separation *permission_apart(const struct permissions *p,
    enum role a, enum role b);

#endif
