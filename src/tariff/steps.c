/* steps.c -- see steps.h. */
#include "tariff/steps.h"

#include <stdarg.h>
#include <string.h>

enum { LAW_PATH_MAX = 256 };

struct operand
from_fact(const char *name, struct frac exact, const char *path)
{
	return (struct operand){ .name = name, .exact = exact, .from = path };
}

struct operand
from_step(const char *name, struct frac exact, const char *id)
{
	return (struct operand){ .name = name, .exact = exact, .from = id };
}

/* Where ${p} comes from, as text in the arena of the sheet. */
static const char *
origin(const struct steps *s, const struct param *p)
{
	char from[sizeof "param:" + LAW_PATH_MAX] = "param:";
	size_t at = sizeof "param:" - 1;
	const char *text;

	if (p->row == NULL)
		return steps_text(s, "fact:%s", p->name);
	law_path(p->row, p->name, from + at, LAW_PATH_MAX);
	text = arena_strdup(s->trace->arena, from);
	return text == NULL ? "" : text;
}

struct operand
from_param(const struct steps *s, const char *name, const struct param *p)
{
	return (struct operand){ .name = name, .exact = p->exact,
	    .row = p->row, .from = s->trace == NULL ? NULL : origin(s, p) };
}

static int
no_memory(const struct steps *s)
{
	return err_set(s->err, TAPR_EIO, NULL,
	    "mémoire insuffisante pour écrire la feuille de calcul");
}

static int
grow(const struct steps *s, struct trace *t)
{
	size_t room = t->room == 0 ? 32 : t->room * 2;
	struct step *step = arena_array(t->arena, room, sizeof *step);

	if (step == NULL)
		return no_memory(s);
	if (t->steps > 0)
		memcpy(step, t->step, t->steps * sizeof *step);
	t->step = step;
	t->room = room;
	return TAPR_OK;
}

int
steps_check(const struct steps *s, const char *id, struct frac result)
{
	return frac_valid(result) ? TAPR_OK : err_set(s->err, TAPR_ERANGE,
	    NULL, "un nombre est trop grand pour être calculé exactement "
	    "(étape « %s ») : vérifiez les montants et les effectifs donnés",
	    id);
}

int
steps_write(const struct steps *s, const struct step *step,
    const struct operand *operands, size_t n)
{
	struct trace *t = s->trace;
	struct operand *copy;
	int rc;

	if ((rc = steps_check(s, step->id, step->result)) != TAPR_OK)
		return rc;
	if (t->steps == t->room && (rc = grow(s, t)) != TAPR_OK)
		return rc;
	copy = arena_array(t->arena, n == 0 ? 1 : n, sizeof *copy);
	if (copy == NULL)
		return no_memory(s);
	for (size_t i = 0; i < n; i++) {
		copy[i] = operands[i];
		if (copy[i].row == NULL && strchr(copy[i].from, ':') == NULL)
			copy[i].from = steps_text(s, "step:%s", copy[i].from);
	}
	if (arena_failed(t->arena))
		return no_memory(s);
	t->step[t->steps] = *step;
	t->step[t->steps].operand = copy;
	t->step[t->steps].operands = n;
	t->steps++;
	return TAPR_OK;
}

const char *
steps_text(const struct steps *s, const char *fmt, ...)
{
	va_list ap;
	char *text;

	if (s->trace == NULL)
		return "";
	va_start(ap, fmt);
	text = arena_vprintf(s->trace->arena, fmt, ap);
	va_end(ap);
	return text == NULL ? "" : text;
}
