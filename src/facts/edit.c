/*
 * edit.c -- what-if questions: facts_set and facts_copy.
 *
 * The tree is changed before it is read, so that a simulated fact passes
 * exactly the checks a real one does.  A path is walked part by part through
 * the tables of the contract and through the tree at the same time; what the
 * contract knows and the tree has not is made on the way.  The value is put
 * in at the last part.
 *
 * Every refusal is at the path as the person wrote it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "facts/facts.h"
#include "facts/values.h"

/* A part of a path, up to its dot. */
struct part {
	const char	*p;
	size_t		 n;
	const char	*rest;		/* after the dot; NULL for the last */
	struct json	*claim;		/* of that ref; NULL: none */
};

/* A change under way: its path as one place, and what is to stand there. */
struct edit {
	struct reader	 r;
	struct value	 at;
	struct json	*value;
};

static struct part
part_of(const char *path)
{
	size_t n = strcspn(path, ".");

	return (struct part){ path, n, path[n] == '.' ? path + n + 1 : NULL,
	    NULL };
}

/*
 * part_of_claim(path, list): the same, for the ref of a claim: a ref may
 * hold dots, so the longest known ref that the path begins with is it.
 */
static struct part
part_of_claim(const char *path, const struct json *list)
{
	struct part found = part_of(path);
	const struct json *ref;
	struct json *m;
	size_t n = 0;

	for (m = list->first; m != NULL; m = m->next) {
		ref = value_ref(m);
		if (ref == NULL || ref->n <= n ||
		    strncmp(path, ref->text, ref->n) != 0 ||
		    (path[ref->n] != '\0' && path[ref->n] != '.'))
			continue;
		n = ref->n;
		found = (struct part){ path, n,
		    path[n] == '.' ? path + n + 1 : NULL, m };
	}
	return found;
}

static struct json *
text_new(struct edit *e, const char *text, size_t n)
{
	struct json *v = json_new_text(e->r.arena, text, n);

	return v != NULL ? v : value_no_memory(&e->r);
}

/* What a keyboard gives: UTF-8 without control characters. */
static bool
is_plain(const char *text)
{
	for (const char *p = text; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20)
			return false;
	return utf8_valid(text, strlen(text), NULL);
}

/*
 * edit_value(e, text): ${text} as a JSON value if it is one, else as a
 * string; NULL when it is refused.  A text that begins like an object, a list
 * or a string and is none is a slip of the keyboard, not a word.
 */
static struct json *
edit_value(struct edit *e, const char *text)
{
	struct err why = { .code = TAPR_OK };
	size_t n = strlen(text);
	struct json *v;

	if (n > FACTS_BYTES_MAX)
		return value_refuse(&e->at, "valeur trop longue");
	if (json_parse(text, n, e->r.arena, &v, &why) == TAPR_OK)
		return v;
	if (why.code == TAPR_EIO)
		return value_no_memory(&e->r);
	if (text[0] == '{' || text[0] == '[' || text[0] == '"')
		return value_refuse(&e->at, "la valeur n'est pas du JSON "
		    "(%.60s : %.700s)", why.where, why.text);
	if (!is_plain(text))
		return value_refuse(&e->at, "la valeur n'est pas du texte "
		    "(UTF-8 sans caractère de contrôle) : retapez-la");
	return text_new(e, text, n);
}

/*
 * edit_member(e, object, part, shape): the container of that name in
 * ${object}, made if it is absent or null; at the end of the path, the value
 * is put there and NULL returned, as on a refusal.
 */
static struct json *
edit_member(struct edit *e, struct json *object, const struct part *part,
    enum shape shape)
{
	enum json_type type = shape == SHAPE_CLAIMS || shape == SHAPE_LIST ?
	    JSON_ARRAY : JSON_OBJECT;
	struct json *child = NULL, *v = e->value;

	if (part->rest == NULL) {
		/* Where a string is wanted, a number becomes its text. */
		if (shape == SHAPE_TEXT && v->type == JSON_NUMBER)
			v = text_new(e, v->text, v->n);
	} else if (shape < SHAPE_OBJECT)
		return value_refuse(&e->at, "« %.*s » est une valeur simple : "
		    "rien ne peut la suivre dans un chemin", (int)part->n,
		    part->p);
	else {
		child = json_get(object, part->p, part->n);
		if (child != NULL && child->type == type)
			return child;
		if (child != NULL && child->type != JSON_NULL)
			return value_refuse(&e->at, "« %.*s » devrait être %s "
			    "dans le document, non %s : corrigez-le d'abord",
			    (int)part->n, part->p, json_type_name(type),
			    json_type_name(child->type));
		v = child = json_new(e->r.arena, type);
	}
	if (v == NULL || !json_put(e->r.arena, object, part->p, part->n, v))
		return value_no_memory(&e->r);
	return child;
}

/*
 * edit_put(e, list, old, wrong): the end of a path in a list: the value is
 * added, or takes the place of ${old}; null takes ${old} out.
 */
static struct json *
edit_put(struct edit *e, struct json *list, struct json *old,
    const char *wrong)
{
	struct json *v = e->value;

	if (old != NULL && v->type == JSON_NULL)
		json_remove(list, old);
	else if (v->type != JSON_OBJECT)
		value_refuse(&e->at, "%s", wrong);
	else if (old == NULL)
		json_append(list, v);
	else
		*old = (struct json){ .type = JSON_OBJECT, .n = v->n,
		    .first = v->first, .next = old->next };
	return NULL;
}

static void *
refuse_unknown_claim(struct edit *e, const struct json *list,
    const struct part *part)
{
	char clip[JSON_CLIP_MAX], one[JSON_CLIP_MAX], known[400] = "";
	const struct json *m, *ref;
	bool cut = false;

	for (m = list->first; m != NULL && !cut; m = m->next)
		if ((ref = value_ref(m)) != NULL) {
			cut = strlen(known) > 300;
			value_join(known, sizeof known, ", ", cut ? "…" :
			    json_clip(ref->text, ref->n, one));
		}
	return value_refuse(&e->at, "aucun sinistre de référence « %s » : les "
	    "références sont %s (pour en ajouter un, donnez-le entier : "
	    "claims.REF={\"kind\": …})", json_clip(part->p, part->n, clip),
	    known[0] != '\0' ? known : "absentes");
}

/* The claim of that ref; NULL at the end of the path, as for a member. */
static struct json *
edit_claim(struct edit *e, struct json *list, const struct part *part)
{
	struct json *ref, *v = e->value;

	if (part->claim == NULL &&
	    (part->rest != NULL || v->type != JSON_OBJECT))
		return refuse_unknown_claim(e, list, part);
	if (part->rest != NULL)
		return part->claim;
	if (v->type == JSON_OBJECT) {
		ref = json_get(v, "ref", 3);
		if (ref == NULL && ((ref = text_new(e, part->p, part->n)) ==
		    NULL || !json_put(e->r.arena, v, "ref", 3, ref)))
			return value_no_memory(&e->r);
		if (!json_text_is(ref, part->p, part->n))
			return value_refuse(&e->at, "la référence du sinistre "
			    "(ref) n'est pas celle du chemin : donnez la même, "
			    "ou ne donnez pas ref");
	}
	return edit_put(e, list, part->claim, "un sinistre est un objet { … } "
	    "; null le retire");
}

/* The same for a list found by index; the one after the last adds. */
static struct json *
edit_element(struct edit *e, struct json *list, const struct part *part)
{
	size_t i, digits = strspn(part->p, "0123456789");
	unsigned long index = strtoul(part->p, NULL, 10);
	struct json *m = list->first;
	char clip[JSON_CLIP_MAX];

	if (digits == 0 || digits != part->n || digits > 8 || index > list->n)
		return value_refuse(&e->at, "« %s » n'est pas un rang de cette "
		    "liste : donnez un nombre de 0 à %u (le dernier ajoute un "
		    "élément)", json_clip(part->p, part->n, clip),
		    (unsigned)list->n);
	for (i = 0; i < index; i++)
		m = m->next;
	if (part->rest == NULL)
		return edit_put(e, list, m, "un objet { … } est attendu ; null "
		    "retire un élément");
	if (m != NULL && m->type != JSON_OBJECT)
		return value_refuse(&e->at, "l'élément %lu devrait être un "
		    "objet dans le document : corrigez-le d'abord", index);
	if (m == NULL && (m = json_new(e->r.arena, JSON_OBJECT)) == NULL)
		return value_no_memory(&e->r);
	if (index == list->n)
		json_append(list, m);
	return m;
}

int
facts_set(struct json *doc, const char *path, const char *value,
    struct arena *a, struct err *err)
{
	struct edit e = { .r = { .arena = a, .err = err, .rc = TAPR_OK },
	    .at = { .r = &e.r, .name = path } };
	const struct field *field = &contract_document;
	enum shape shape = field->shape;
	struct part part = { .rest = path };
	const struct fields *in;
	struct json *node = doc;
	char text[ERR_TEXT_MAX];

	/* A name put into the document must be one that it can hold. */
	if (!is_plain(path)) {
		e.at.name = "chemin";
		value_refuse(&e.at, "il n'est pas du texte (UTF-8 sans "
		    "caractère de contrôle) : retapez-le");
	} else if (doc->type != JSON_OBJECT)
		value_refuse(&e.at, "le document n'est pas un objet : rien n'y "
		    "peut être changé");
	else
		e.value = edit_value(&e, value);
	while (e.value != NULL && node != NULL && part.rest != NULL &&
	    e.r.rc == TAPR_OK) {
		part = shape == SHAPE_CLAIMS ?
		    part_of_claim(part.rest, node) : part_of(part.rest);
		if (part.n == 0)
			value_refuse(&e.at, "chemin mal écrit : un nom manque "
			    "(par exemple claims.A1.ip_rate)");
		else if (shape == SHAPE_OBJECT) {
			in = field->in;
			field = contract_find(in, part.p, part.n);
			if (field == NULL) {
				value_refuse(&e.at, "%s", value_unknown(in,
				    part.p, part.n, text));
				break;
			}
			shape = field->shape;
			node = edit_member(&e, node, &part, shape);
		} else if (shape == SHAPE_YEARS) {
			if (value_year(part.p, part.n) == 0)
				value_refuse(&e.at, "une année de quatre "
				    "chiffres est attendue, par exemple "
				    "payroll.2022");
			else
				node = edit_member(&e, node, &part,
				    shape = SHAPE_TEXT);
		} else {
			/* The fields of an element are those of its list. */
			node = shape == SHAPE_CLAIMS ?
			    edit_claim(&e, node, &part) :
			    edit_element(&e, node, &part);
			shape = SHAPE_OBJECT;
		}
	}
	return e.r.rc;
}

struct json *
facts_copy(const struct json *doc, struct arena *a)
{
	return json_copy(doc, a);
}
