/*
 * json.c -- strict RFC 8259 reading into a tree.
 *
 * The document is copied once into the arena; strings are then decoded where
 * they stand (json_string.c) and ended by a NUL in the place of their closing
 * quote.  So a document costs one copy and one node a value, and the offset
 * of any key or value in the copy is its offset in the document, which the
 * messages use.
 *
 * Invariants:
 *	1. the byte after the document is a NUL, so that looking at *p never
 *	   needs a test for the end, only what refuses a NUL;
 *	2. a failure fills err once and every caller returns at once;
 *	3. recursion is bounded by JSON_DEPTH_MAX.
 */
#include "facts/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "facts/json_parser.h"

/* The containers open around a value, for the path of a message. */
struct frame {
	const struct frame	*up;
	const struct json	*node;
	size_t			 index;	/* in an array */
	int			 depth;
};

static int
no_memory(struct err *err)
{
	return err_set(err, TAPR_EIO, NULL,
	    "mémoire insuffisante pour lire le document : "
	    "donnez-en un plus petit");
}

/*
 * Nodes are taken from the arena by growing blocks: a small document takes
 * little, a large one does not ask the arena for each value.
 */
static struct json *
node_new(struct json_parser *ps)
{
	if (ps->pool_left == 0) {
		if (ps->pool_size < 1024)
			ps->pool_size = ps->pool_size ? ps->pool_size * 2 : 16;
		ps->pool = arena_array(ps->arena, ps->pool_size,
		    sizeof *ps->pool);
		if (ps->pool == NULL) {
			(void)no_memory(ps->err);
			return NULL;
		}
		ps->pool_left = ps->pool_size;
	}
	ps->pool_left--;
	return ps->pool++;
}

static void
skip_blanks(struct json_parser *ps)
{
	char *p = ps->p;

	while (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t')
		p++;
	ps->p = p;
}

/* --- other values -------------------------------------------------------- */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    is_digit(c) || c == '_';
}

static int
parse_number(struct json_parser *ps, struct json *node)
{
	char *p = ps->p;

	if (*p == '-')
		p++;
	if (!is_digit(*p))
		return json_bad(
		    ps, ps->p, "un chiffre est attendu après « - »");
	if (*p == '0' && is_digit(p[1]))
		return json_bad(ps, ps->p,
		    "nombre qui commence par un zéro inutile : écrivez 7, non "
		    "07 (un code ou un SIRET se met entre guillemets)");
	while (is_digit(*p))
		p++;
	if (*p == '.') {
		p++;
		if (!is_digit(*p))
			return json_bad(ps, p,
			    "un chiffre est attendu après le "
			    "point décimal");
		while (is_digit(*p))
			p++;
	}
	if (*p == 'e' || *p == 'E') {
		p++;
		if (*p == '+' || *p == '-')
			p++;
		if (!is_digit(*p))
			return json_bad(ps, p,
			    "un chiffre est attendu dans "
			    "l'exposant");
		while (is_digit(*p))
			p++;
	}
	if (is_word(*p))
		return json_bad(ps, p,
		    "caractère de trop après un nombre : "
		    "un texte se met entre guillemets");
	node->type = JSON_NUMBER;
	node->text = ps->p;
	node->n = (uint32_t)(p - ps->p);
	ps->p = p;
	return TAPR_OK;
}

static int
parse_literal(struct json_parser *ps, struct json *node)
{
	static const struct {
		const char	*word;
		size_t		 n;
		enum json_type	 type;
	} literal[] = {
		{ "true", 4, JSON_TRUE },
		{ "false", 5, JSON_FALSE },
		{ "null", 4, JSON_NULL },
	};
	size_t i;

	for (i = 0; i < sizeof literal / sizeof literal[0]; i++)
		if (strncmp(ps->p, literal[i].word, literal[i].n) == 0 &&
		    !is_word(ps->p[literal[i].n])) {
			node->type = literal[i].type;
			ps->p += literal[i].n;
			return TAPR_OK;
		}
	return json_bad(ps, ps->p,
	    "mot inconnu : sans guillemets, JSON n'admet que "
	    "true, false et null, en minuscules");
}

/*
 * unexpected(ps, wanted): refuses what stands at ps->p; says more where a
 * known habit explains it.
 */
static int
unexpected(struct json_parser *ps, const char *wanted)
{
	static const struct {
		const char	*start;
		const char	*advice;
	} habit[] = {
		{ "'", "les textes se mettent entre guillemets droits \"" },
		{ "“", "les textes se mettent entre guillemets droits \"" },
		{ "”", "les textes se mettent entre guillemets droits \"" },
		{ "«", "les textes se mettent entre guillemets droits \"" },
		{ "//", "JSON n'admet pas de commentaire" },
		{ "/*", "JSON n'admet pas de commentaire" },
		{ "#", "JSON n'admet pas de commentaire" },
		{ ";", "JSON sépare par des virgules" },
		{ "+", "un nombre s'écrit sans signe +" },
		{ ".", "un nombre s'écrit avec un chiffre devant le point" },
		{ "\xc2\xa0", "remplacez l'espace insécable par une espace" },
		{ "\xef\xbb\xbf", "retirez la marque d'ordre des octets "
		    "(BOM)" },
	};
	size_t i;

	if (ps->p == ps->end)
		return json_bad(ps, ps->p,
		    "le document s'arrête trop tôt : %s "
		    "attendu ; vérifiez qu'il est entier",
		    wanted);
	for (i = 0; i < sizeof habit / sizeof habit[0]; i++)
		if (strncmp(ps->p, habit[i].start, strlen(habit[i].start)) == 0)
			return json_bad(ps, ps->p, "%s attendu : %s", wanted,
			    habit[i].advice);
	if ((unsigned char)*ps->p < 0x20)
		return json_bad(ps, ps->p,
		    "%s attendu, trouvé le caractère de "
		    "contrôle 0x%02x : retirez-le",
		    wanted, (unsigned)(unsigned char)*ps->p);
	if ((unsigned char)*ps->p >= 0x7f)
		return json_bad(ps, ps->p,
		    "%s attendu, trouvé un caractère hors "
		    "d'un texte (octet 0x%02x)",
		    wanted, (unsigned)(unsigned char)*ps->p);
	return json_bad(ps, ps->p, "%s attendu, trouvé « %c »", wanted, *ps->p);
}

/* --- keys given twice ---------------------------------------------------- */

/* A name that no longer fits is left out whole: characters stay whole too. */
static void
path_add(char *buf, size_t size, const char *text, size_t n)
{
	char clip[JSON_CLIP_MAX];
	size_t used = strlen(buf);

	json_clip(text, n, clip);
	if (used + 1 + strlen(clip) < size)
		snprintf(buf + used, size - used, "%s%s", used > 0 ? "." : "",
		    clip);
}

/*
 * An element of a list that has a "ref" is named by it, as in claims.A1.
 */
static void
path_of(const struct frame *f, char *buf, size_t size)
{
	const struct json *ref;
	char index[24];

	if (f->up == NULL) {
		buf[0] = '\0';
		return;
	}
	path_of(f->up, buf, size);
	if (f->up->node->type == JSON_OBJECT) {
		path_add(buf, size, f->node->key, f->node->key_n);
		return;
	}
	ref = f->node->type == JSON_OBJECT ? json_get(f->node, "ref", 3) : NULL;
	if (ref != NULL && ref->type == JSON_STRING && ref->n > 0) {
		path_add(buf, size, ref->text, ref->n);
		return;
	}
	snprintf(index, sizeof index, "%zu", f->up->index);
	path_add(buf, size, index, strlen(index));
}

static bool
same_key(const struct json *a, const struct json *b)
{
	return a->key_n == b->key_n && memcmp(a->key, b->key, a->key_n) == 0;
}

/* By key, then by place: the order is total, so any qsort gives the same. */
static int
by_key(const void *va, const void *vb)
{
	const struct json *a = *(struct json *const *)va;
	const struct json *b = *(struct json *const *)vb;
	size_t n = a->key_n < b->key_n ? a->key_n : b->key_n;
	int c = memcmp(a->key, b->key, n);

	if (c != 0)
		return c;
	if (a->key_n != b->key_n)
		return a->key_n < b->key_n ? -1 : 1;
	return a->key < b->key ? -1 : a->key > b->key;
}

static int
refuse_twice(struct json_parser *ps, const struct frame *f,
    const struct json *again)
{
	char path[ERR_PATH_MAX], where[ERR_PATH_MAX], clip[JSON_CLIP_MAX];

	path_of(f, path, sizeof path);
	path_add(path, sizeof path, again->key, again->key_n);
	return err_set(ps->err, TAPR_EINVAL, path,
	    "« %s » est donné deux fois dans le même objet (la seconde fois "
	    "%s) : gardez-en un seul",
	    json_clip(again->key, again->key_n, clip),
	    json_place(ps->source, ps->n,
	    (size_t)(again->key - ps->start) - 1, where));
}

/* check_keys(ps, f): no member of f->node has the key of another. */
static int
check_keys(struct json_parser *ps, const struct frame *f)
{
	const struct json *a, *b;
	struct json **sorted, *m;
	size_t i, n = f->node->n;

	if (n <= 16) {
		for (a = f->node->first; a != NULL; a = a->next)
			for (b = f->node->first; b != a; b = b->next)
				if (same_key(a, b))
					return refuse_twice(ps, f, a);
		return TAPR_OK;
	}
	if ((sorted = arena_array(ps->arena, n, sizeof *sorted)) == NULL)
		return no_memory(ps->err);
	for (i = 0, m = f->node->first; m != NULL; m = m->next)
		sorted[i++] = m;
	qsort(sorted, n, sizeof *sorted, by_key);
	for (i = 1; i < n; i++)
		if (same_key(sorted[i - 1], sorted[i]))
			return refuse_twice(ps, f, sorted[i]);
	return TAPR_OK;
}

/* --- values -------------------------------------------------------------- */

static int parse_value(struct json_parser *ps, const struct frame *up,
    struct json *node);

static int
parse_array(struct json_parser *ps, struct frame *f, struct json *node)
{
	struct json **tail = &node->first, *child;
	int rc;

	ps->p++;
	skip_blanks(ps);
	if (*ps->p == ']') {
		ps->p++;
		return TAPR_OK;
	}
	for (;;) {
		if (*ps->p == ']')
			return json_bad(
			    ps, ps->p, "virgule de trop avant « ] »");
		if ((child = node_new(ps)) == NULL)
			return TAPR_EIO;
		*tail = child;
		tail = &child->next;
		f->index = node->n++;
		if ((rc = parse_value(ps, f, child)) != TAPR_OK)
			return rc;
		skip_blanks(ps);
		if (*ps->p == ']')
			break;
		if (*ps->p != ',')
			return unexpected(ps, "une virgule ou « ] »");
		ps->p++;
		skip_blanks(ps);
	}
	ps->p++;
	return TAPR_OK;
}

static int
parse_object(struct json_parser *ps, struct frame *f, struct json *node)
{
	struct json **tail = &node->first, *child;
	int rc;

	ps->p++;
	skip_blanks(ps);
	if (*ps->p == '}') {
		ps->p++;
		return TAPR_OK;
	}
	for (;;) {
		if (*ps->p == '}')
			return json_bad(
			    ps, ps->p, "virgule de trop avant « } »");
		if (*ps->p != '"')
			return unexpected(ps, "un nom entre guillemets");
		if (node->n == JSON_MEMBERS_MAX)
			return json_bad(ps, ps->p,
			    "objet de plus de %d membres",
			    (int)JSON_MEMBERS_MAX);
		if ((child = node_new(ps)) == NULL)
			return TAPR_EIO;
		if ((rc = json_read_text(ps, &child->key, &child->key_n)) !=
		    TAPR_OK)
			return rc;
		*tail = child;
		tail = &child->next;
		node->n++;
		skip_blanks(ps);
		if (*ps->p != ':')
			return unexpected(ps, "« : » après le nom");
		ps->p++;
		if ((rc = parse_value(ps, f, child)) != TAPR_OK)
			return rc;
		skip_blanks(ps);
		if (*ps->p == '}')
			break;
		if (*ps->p != ',')
			return unexpected(ps, "une virgule ou « } »");
		ps->p++;
		skip_blanks(ps);
	}
	ps->p++;
	return check_keys(ps, f);
}

/* parse_value(ps, up, node): the value at ps->p, after blanks, into ${node}. */
static int
parse_value(struct json_parser *ps, const struct frame *up, struct json *node)
{
	struct frame f = { .up = up, .node = node,
	    .depth = up != NULL ? up->depth + 1 : 1 };

	skip_blanks(ps);
	switch (*ps->p) {
	case '{':
	case '[':
		if (f.depth > JSON_DEPTH_MAX)
			return json_bad(ps, ps->p,
			    "plus de %d niveaux d'objets et "
			    "de listes les uns dans les autres",
			    (int)JSON_DEPTH_MAX);
		if (*ps->p == '[') {
			node->type = JSON_ARRAY;
			return parse_array(ps, &f, node);
		}
		node->type = JSON_OBJECT;
		return parse_object(ps, &f, node);
	case '"':
		node->type = JSON_STRING;
		return json_read_text(ps, &node->text, &node->n);
	default:
		if (*ps->p == '-' || is_digit(*ps->p))
			return parse_number(ps, node);
		if (is_word(*ps->p))
			return parse_literal(ps, node);
		return unexpected(ps, "une valeur");
	}
}

/*
 * Files saved with a mark or in another encoding are the first thing that
 * goes wrong with a text file of an office computer: each has its message.
 */
static int
check_encoding(struct json_parser *ps)
{
	if (ps->n >= 3 && memcmp(ps->source, "\xef\xbb\xbf", 3) == 0)
		return json_bad(ps, ps->start,
		    "le document commence par une marque "
		    "d'ordre des octets (BOM) : enregistrez-le en UTF-8 sans "
		    "BOM");
	if (ps->n >= 2 && (memcmp(ps->source, "\xff\xfe", 2) == 0 ||
	    memcmp(ps->source, "\xfe\xff", 2) == 0))
		return json_bad(ps, ps->start,
		    "le document est en UTF-16 : "
		    "enregistrez-le en UTF-8");
	return TAPR_OK;
}

int
json_parse(const char *text, size_t n, struct arena *a, struct json **ret,
    struct err *err)
{
	struct json_parser ps = { .source = text, .n = n, .arena = a, .err = err };
	struct json *root;
	int rc;

	if (n >= UINT32_MAX)
		return err_set(err, TAPR_EINVAL, NULL,
		    "document trop grand pour être lu");
	if ((ps.start = arena_copy(a, n > 0 ? text : "", n)) == NULL)
		return no_memory(err);
	ps.p = ps.start;
	ps.end = ps.start + n;
	if ((rc = check_encoding(&ps)) != TAPR_OK)
		return rc;
	skip_blanks(&ps);
	if (ps.p == ps.end)
		return json_bad(&ps, ps.p, "le document est vide");
	if ((root = node_new(&ps)) == NULL)
		return TAPR_EIO;
	if ((rc = parse_value(&ps, NULL, root)) != TAPR_OK)
		return rc;
	skip_blanks(&ps);
	if (ps.p != ps.end)
		return json_bad(&ps, ps.p,
		    "texte de trop après la fin du document "
		    ": un seul document par fichier");
	*ret = root;
	return TAPR_OK;
}
