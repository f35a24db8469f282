/*
 * test_permission.c -- the matrix says what its file says, cell by cell.
 *
 * The file is read a second time here, by other means, and every cell of role x
 * object.field x action is asked for: those written are allowed, all others
 * are not.
 */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guard/permission.h"

enum { LINE_BYTES = 1024, FIELDS_MAX = 64, CELLS_MAX = 4096 };

/* "role object field action" of each cell written. */
struct plain {
	char	cell[CELLS_MAX][160];
	size_t	cells;
	char	field[FIELDS_MAX][2][64];
	size_t	fields;
};

static void
add_field(struct plain *p, const char *object, const char *field)
{
	for (size_t i = 0; i < p->fields; i++)
		if (strcmp(p->field[i][0], object) == 0 &&
		    strcmp(p->field[i][1], field) == 0)
			return;
	assert_true(p->fields < FIELDS_MAX);
	snprintf(p->field[p->fields][0], 64, "%s", object);
	snprintf(p->field[p->fields++][1], 64, "%s", field);
}

static void
read_plain(struct plain *p)
{
	char path[LINE_BYTES], line[LINE_BYTES], *save, *object, *field,
	    *role, *actions;
	FILE *f;

	snprintf(path, sizeof path, "%s/permissions.csv", getenv("TAPR_LAW"));
	f = fopen(path, "r");
	assert_non_null(f);
	assert_non_null(fgets(line, sizeof line, f));
	while (fgets(line, sizeof line, f) != NULL) {
		object = strtok_r(line, ",", &save);
		field = strtok_r(NULL, ",", &save);
		role = strtok_r(NULL, ",", &save);
		actions = strtok_r(NULL, ",", &save);
		add_field(p, object, field);
		for (char *a = strtok_r(actions, " ", &save); a != NULL;
		    a = strtok_r(NULL, " ", &save)) {
			assert_true(p->cells < CELLS_MAX);
			snprintf(p->cell[p->cells++], sizeof p->cell[0],
			    "%s %s %s %s", role, object, field, a);
		}
	}
	fclose(f);
}

static bool
written(const struct plain *p, const char *cell)
{
	for (size_t i = 0; i < p->cells; i++)
		if (strcmp(p->cell[i], cell) == 0)
			return true;
	return false;
}

static void
every_cell_is_what_the_file_says(void **state)
{
	static struct plain p;
	struct permissions table;
	struct err err = { .code = TAPR_OK };
	char cell[160];
	size_t allowed = 0;

	(void)state;
	read_plain(&p);
	assert_int_equal(permissions_read(getenv("TAPR_LAW"), &table, &err),
	    TAPR_OK);
	for (int r = 0; r < ROLES; r++)
		for (size_t i = 0; i < p.fields; i++)
			for (int a = 0; a < ACTIONS; a++) {
				bool got = permission_cell(&table,
				    (enum role)r, p.field[i][0],
				    p.field[i][1], (enum permission_action)a)
				    != NULL;

				snprintf(cell, sizeof cell, "%s %s %s %s",
				    guard_role_words[r], p.field[i][0],
				    p.field[i][1], action_words[a]);
				if (got != written(&p, cell))
					fail_msg("%s", cell);
				allowed += got;
			}
	assert_int_equal(allowed, p.cells);
	assert_true(allowed > 100);
	permissions_free(&table);
}

/* What may not be, whoever edits the file. */
static void
no_line_gives_what_the_law_withholds(void **state)
{
	struct permissions t;
	struct err err = { .code = TAPR_OK };

	(void)state;
	assert_int_equal(permissions_read(getenv("TAPR_LAW"), &t, &err),
	    TAPR_OK);
	for (size_t i = 0; i < t.rows; i++) {
		const struct permission *c = &t.row[i];
		bool claim = strcmp(c->object, "claim") == 0;
		bool code = claim && (strcmp(c->field, "lesion") == 0 ||
		    strcmp(c->field, "disease") == 0);
		bool identity = claim && (strcmp(c->field, "nir") == 0 ||
		    strcmp(c->field, "surname") == 0);
		bool reads = (c->actions & 1u << ACTION_READ) != 0;

		/* S1-93: entered, counted, never read back. */
		assert_false(code && (reads ||
		    (c->actions & 1u << ACTION_UPDATE) != 0));
		assert_false(identity && (c->role == ROLE_PREVENTION ||
		    c->role == ROLE_NATIONAL || c->role == ROLE_SERVICE));
		/* S3-02: never a person. */
		assert_false(claim && c->role == ROLE_GOVERNANCE);
		/* Who keeps the machine keeps no content. */
		assert_false(c->role == ROLE_ADMIN &&
		    strcmp(c->object, "system") != 0);
		assert_false(c->role == ROLE_SUPPLIER);
		assert_false(c->role == ROLE_SERVICE && reads);
		/* S1-20 */
		assert_false(c->role == ROLE_PREVENTION &&
		    c->scope != SCOPE_PORTFOLIO);
	}
	permissions_free(&t);
}

static int
parse(const char *matrix, struct permissions *p, struct err *err)
{
	size_t n = strlen(matrix);
	char *text = malloc(n + 1);

	assert_non_null(text);
	memcpy(text, matrix, n + 1);
	memset(p, 0, sizeof *p);
	return permissions_parse(p, PERMISSION_MATRIX, text, n, err);
}

#define HEAD "object,field,role,actions,scope,purpose,source\n"

static void
a_wrong_file_is_refused_whole(void **state)
{
	static const struct { const char *text, *says; } rows[] = {
		{ HEAD "claim,nir,nobody,read,fund,tarification,x\n",
		    "rôle inconnu" },
		{ HEAD "claim,nir,medical,lire,fund,tarification,x\n",
		    "action inconnue" },
		{ HEAD "claim,nir,medical,read read,fund,tarification,x\n",
		    "deux fois" },
		{ HEAD "claim,nir,medical,,fund,tarification,x\n",
		    "action inconnue" },
		{ HEAD "claim,nir,medical,read,world,tarification,x\n",
		    "portée inconnue" },
		{ HEAD "claim,nir,medical,read,fund,curiosity,x\n",
		    "finalité inconnue" },
		{ HEAD "claim,nir,medical,read,fund,tarification,\n",
		    "colonne vide" },
		{ HEAD "claim,nir,medical,read,fund,tarification,x\n"
		    "claim,nir,medical,create,fund,tarification,x\n",
		    "deux fois" },
		{ "object,field,role,actions,scope,source\n", "purpose" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct permissions p;
		struct err err = { .code = TAPR_OK };

		assert_int_equal(parse(rows[i].text, &p, &err), TAPR_EINVAL);
		if (strstr(err.text, rows[i].says) == NULL)
			fail_msg("%s: %s", rows[i].text, err.text);
		permissions_free(&p);
	}
}

static void
all_that_is_needed_is_had_by_one_role(void **state)
{
	const struct permission *cell;
	struct permissions p;
	struct err err = { .code = TAPR_OK };

	(void)state;
	assert_int_equal(parse(HEAD
	    "a,x,tarification,read,fund,tarification,s\n"
	    "a,y,tarification,read,portfolio,prevention,s\n"
	    "a,z,medical,read,fund,rights,s\n", &p, &err), TAPR_OK);
	assert_int_equal(permission_needs(&p, ROLE_TARIFICATION,
	    "a.x:read a.y:read", &cell, &err), TAPR_OK);
	/* The narrowest of them limits the act. */
	assert_int_equal(cell->scope, SCOPE_PORTFOLIO);
	assert_int_equal(permission_needs(&p, ROLE_TARIFICATION,
	    "a.x:read a.z:read", &cell, &err), TAPR_OK);
	assert_null(cell);
	assert_int_equal(permission_needs(&p, ROLE_TARIFICATION,
	    "a.x:update", &cell, &err), TAPR_ELAW);
	assert_int_equal(permission_needs(&p, ROLE_TARIFICATION, "a:read",
	    &cell, &err), TAPR_ELAW);
	permissions_free(&p);
}

static void
roles_kept_apart_are_so_in_both_orders(void **state)
{
	struct permissions p;
	struct err err = { .code = TAPR_OK };

	(void)state;
	assert_int_equal(permissions_read(getenv("TAPR_LAW"), &p, &err),
	    TAPR_OK);
	for (int role = 0; role < ROLES; role++) {
		if (role == ROLE_ADMIN || role == ROLE_SUPPLIER ||
		    role == ROLE_SERVICE || role == ROLE_GOVERNANCE)
			continue;
		assert_non_null(permission_apart(&p, ROLE_ADMIN,
		    (enum role)role));
		assert_non_null(permission_apart(&p, (enum role)role,
		    ROLE_ADMIN));
	}
	assert_non_null(permission_apart(&p, ROLE_MEDICAL,
	    ROLE_TARIFICATION));
	assert_non_null(permission_apart(&p, ROLE_CLAIMS_ENTRY,
	    ROLE_PREVENTION));
	assert_true(permission_apart(&p, ROLE_PREVENTION,
	    ROLE_TARIFICATION)->dual);
	assert_null(permission_apart(&p, ROLE_AUDITOR, ROLE_DPO));
	permissions_free(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_cell_is_what_the_file_says),
		cmocka_unit_test(no_line_gives_what_the_law_withholds),
		cmocka_unit_test(a_wrong_file_is_refused_whole),
		cmocka_unit_test(all_that_is_needed_is_had_by_one_role),
		cmocka_unit_test(roles_kept_apart_are_so_in_both_orders),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
