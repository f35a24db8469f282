/*
 * json.c -- strict RFC 8259 reading into a tree.
 *
 * The document is copied once into the arena; strings are then decoded where
 * they stand (a decoded string is never longer than its source) and ended by
 * a NUL in the place of their closing quote.  So a document costs one copy
 * and one node a value, and the offset of any key or value in the copy is
 * its offset in the document, which the messages use.
 *
 * Invariants:
 *	1. the byte after the document is a NUL, so that looking at *p never
 *	   needs a test for the end, only what refuses a NUL;
 *	2. a failure fills err once and every caller returns at once;
 *	3. recursion is bounded by JSON_DEPTH_MAX.
 */
#include "facts/json.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

struct parser {
	const char	*source;	/* as given; only to count lines */
	size_t		 n;
	char		*start, *p, *end;	/* the copy */
	struct arena	*arena;
	struct json	*pool;		/* nodes taken from the arena ahead */
	size_t		 pool_left, pool_size;
	struct err	*err;
};

/* The containers open around a value, for the path of a message. */
struct frame {
	const struct frame	*up;
	const struct json	*node;
	size_t			 index;	/* in an array */
	int			 depth;
};

/*
 * A column counts characters, not bytes: what an editor shows.
 */
char *
json_place(const char *text, size_t n, size_t at, char *buf)
{
	size_t i, line = 1, column = 1;

	for (i = 0; i < at && i < n; i++) {
		if (text[i] == '\n') {
			line++;
			column = 1;
		} else if (((unsigned char)text[i] & 0xc0) != 0x80)
			column++;
	}
	snprintf(buf, ERR_PATH_MAX, "ligne %zu, colonne %zu", line, column);
	return buf;
}

static int bad(struct parser *ps, const char *at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

static int
bad(struct parser *ps, const char *at, const char *fmt, ...)
{
	char where[ERR_PATH_MAX], text[ERR_TEXT_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	return err_set(ps->err, TAPR_EINVAL,
	    json_place(ps->source, ps->n, (size_t)(at - ps->start), where),
	    "%s", text);
}

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
node_new(struct parser *ps)
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
skip_blanks(struct parser *ps)
{
	char *p = ps->p;

	while (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t')
		p++;
	ps->p = p;
}

/* --- strings ------------------------------------------------------------- */

/* hex4(p, ret): the value of four hexadecimal digits. */
static bool
hex4(const char *p, unsigned *ret)
{
	unsigned v = 0;
	int i;

	for (i = 0; i < 4; i++) {
		char c = p[i];

		v <<= 4;
		if (c >= '0' && c <= '9')
			v |= (unsigned)(c - '0');
		else if (c >= 'a' && c <= 'f')
			v |= (unsigned)(c - 'a') + 10;
		else if (c >= 'A' && c <= 'F')
			v |= (unsigned)(c - 'A') + 10;
		else
			return false;
	}
	*ret = v;
	return true;
}

static char *
utf8_put(char *w, unsigned c)
{
	if (c < 0x80)
		*w++ = (char)c;
	else if (c < 0x800) {
		*w++ = (char)(0xc0 | c >> 6);
		*w++ = (char)(0x80 | (c & 0x3f));
	} else if (c < 0x10000) {
		*w++ = (char)(0xe0 | c >> 12);
		*w++ = (char)(0x80 | (c >> 6 & 0x3f));
		*w++ = (char)(0x80 | (c & 0x3f));
	} else {
		*w++ = (char)(0xf0 | c >> 18);
		*w++ = (char)(0x80 | (c >> 12 & 0x3f));
		*w++ = (char)(0x80 | (c >> 6 & 0x3f));
		*w++ = (char)(0x80 | (c & 0x3f));
	}
	return w;
}

/*
 * parse_unicode(ps, w): \uXXXX at ps->p, one or, for a character beyond
 * U+FFFF, the two halves of a pair.
 */
static int
parse_unicode(struct parser *ps, char **w)
{
	char *at = ps->p;
	unsigned c, low;

	if (!hex4(at + 2, &c))
		return bad(ps, at, "après \\u, quatre chiffres hexadécimaux "
		    "sont attendus, par exemple \\u00e9");
	ps->p += 6;
	if (c >= 0xd800 && c <= 0xdbff) {
		if (ps->p[0] != '\\' || ps->p[1] != 'u' ||
		    !hex4(ps->p + 2, &low) || low < 0xdc00 || low > 0xdfff)
			return bad(ps, at, "demi-caractère isolé \\u%04x : un "
			    "caractère hors du plan de base s'écrit avec ses "
			    "deux moitiés, ou directement en UTF-8", c);
		ps->p += 6;
		c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
	} else if (c >= 0xdc00 && c <= 0xdfff)
		return bad(ps, at, "demi-caractère isolé \\u%04x : il lui "
		    "manque sa première moitié", c);
	else if (c == 0)
		return bad(ps, at, "le caractère nul (\\u0000) n'est pas "
		    "admis dans un texte : retirez-le");
	*w = utf8_put(*w, c);
	return TAPR_OK;
}

static int
parse_escape(struct parser *ps, char **w)
{
	char c;

	switch (ps->p[1]) {
	case '"': c = '"'; break;
	case '\\': c = '\\'; break;
	case '/': c = '/'; break;
	case 'b': c = '\b'; break;
	case 'f': c = '\f'; break;
	case 'n': c = '\n'; break;
	case 'r': c = '\r'; break;
	case 't': c = '\t'; break;
	case 'u': return parse_unicode(ps, w);
	default:
		return bad(ps, ps->p, "échappement inconnu après « \\ » : "
		    "JSON admet \\\" \\\\ \\/ \\b \\f \\n \\r \\t et \\uXXXX");
	}
	ps->p += 2;
	*(*w)++ = c;
	return TAPR_OK;
}

/*
 * plain_run(p, end): the first byte from ${p} on that needs a look: a quote,
 * a backslash, a control character, a byte of a character beyond ASCII, or
 * the end.  Eight bytes at a time: a byte less than n leaves its high bit in
 * (x - nnnn) & ~x (the classic test, exact for "is there any").
 */
static char *
plain_run(char *p, const char *end)
{
	const uint64_t ones = UINT64_MAX / 255, high = ones << 7;
	uint64_t x, quote, slash;

	while (end - p >= 8) {
		memcpy(&x, p, 8);
		quote = x ^ ones * '"';
		slash = x ^ ones * '\\';
		if ((((x - ones * 0x20) & ~x) | ((quote - ones) & ~quote) |
		    ((slash - ones) & ~slash) | x) & high)
			break;
		p += 8;
	}
	while ((unsigned char)*p >= 0x20 && (unsigned char)*p < 0x80 &&
	    *p != '"' && *p != '\\')
		p++;
	return p;
}

/* parse_text(ps, ret, ret_n): the string whose opening quote is at ps->p. */
static int
parse_text(struct parser *ps, const char **ret, uint32_t *ret_n)
{
	char *open = ps->p, *w = ps->p + 1, *run;
	size_t n, at;
	int rc;

	ps->p++;
	for (;;) {
		run = ps->p;
		ps->p = plain_run(run, ps->end);
		n = (size_t)(ps->p - run);
		if (w != run)
			memmove(w, run, n);
		w += n;

		if (*ps->p == '"')
			break;
		if (*ps->p == '\\') {
			if ((rc = parse_escape(ps, &w)) != TAPR_OK)
				return rc;
		} else if ((unsigned char)*ps->p >= 0x80) {
			/* The bytes of characters beyond ASCII are all >= 0x80:
			 * a run of them is checked by itself. */
			run = ps->p;
			while ((unsigned char)*ps->p >= 0x80)
				ps->p++;
			n = (size_t)(ps->p - run);
			if (!utf8_valid(run, n, &at))
				return bad(ps, run + at, "octet 0x%02x qui "
				    "n'est pas de l'UTF-8 : enregistrez le "
				    "fichier en UTF-8",
				    (unsigned)(unsigned char)run[at]);
			if (w != run)
				memmove(w, run, n);
			w += n;
		} else if (ps->p == ps->end)
			return bad(ps, open, "texte sans guillemet fermant");
		else if (*ps->p == '\n' || *ps->p == '\r')
			return bad(ps, ps->p, "fin de ligne dans un texte : "
			    "fermez le guillemet, ou écrivez \\n");
		else
			return bad(ps, ps->p, "caractère de contrôle 0x%02x "
			    "dans un texte : retirez-le, ou écrivez \\u%04x",
			    (unsigned)(unsigned char)*ps->p,
			    (unsigned)(unsigned char)*ps->p);
	}
	*ret = open + 1;
	*ret_n = (uint32_t)(w - (open + 1));
	*w = '\0';
	ps->p++;
	return TAPR_OK;
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
parse_number(struct parser *ps, struct json *node)
{
	char *p = ps->p;

	if (*p == '-')
		p++;
	if (!is_digit(*p))
		return bad(ps, ps->p, "un chiffre est attendu après « - »");
	if (*p == '0' && is_digit(p[1]))
		return bad(ps, ps->p,
		    "nombre qui commence par un zéro inutile : écrivez 7, non "
		    "07 (un code ou un SIRET se met entre guillemets)");
	while (is_digit(*p))
		p++;
	if (*p == '.') {
		p++;
		if (!is_digit(*p))
			return bad(ps, p, "un chiffre est attendu après le "
			    "point décimal");
		while (is_digit(*p))
			p++;
	}
	if (*p == 'e' || *p == 'E') {
		p++;
		if (*p == '+' || *p == '-')
			p++;
		if (!is_digit(*p))
			return bad(ps, p, "un chiffre est attendu dans "
			    "l'exposant");
		while (is_digit(*p))
			p++;
	}
	if (is_word(*p))
		return bad(ps, p, "caractère de trop après un nombre : "
		    "un texte se met entre guillemets");
	node->type = JSON_NUMBER;
	node->text = ps->p;
	node->n = (uint32_t)(p - ps->p);
	ps->p = p;
	return TAPR_OK;
}

static int
parse_literal(struct parser *ps, struct json *node)
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
	return bad(ps, ps->p, "mot inconnu : sans guillemets, JSON n'admet que "
	    "true, false et null, en minuscules");
}

/*
 * unexpected(ps, wanted): refuses what stands at ps->p; says more where a
 * known habit explains it.
 */
static int
unexpected(struct parser *ps, const char *wanted)
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
		return bad(ps, ps->p, "le document s'arrête trop tôt : %s "
		    "attendu ; vérifiez qu'il est entier", wanted);
	for (i = 0; i < sizeof habit / sizeof habit[0]; i++)
		if (strncmp(ps->p, habit[i].start, strlen(habit[i].start)) == 0)
			return bad(ps, ps->p, "%s attendu : %s", wanted,
			    habit[i].advice);
	if ((unsigned char)*ps->p < 0x20)
		return bad(ps, ps->p, "%s attendu, trouvé le caractère de "
		    "contrôle 0x%02x : retirez-le", wanted,
		    (unsigned)(unsigned char)*ps->p);
	if ((unsigned char)*ps->p >= 0x7f)
		return bad(ps, ps->p, "%s attendu, trouvé un caractère hors "
		    "d'un texte (octet 0x%02x)", wanted,
		    (unsigned)(unsigned char)*ps->p);
	return bad(ps, ps->p, "%s attendu, trouvé « %c »", wanted, *ps->p);
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
refuse_twice(struct parser *ps, const struct frame *f,
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
check_keys(struct parser *ps, const struct frame *f)
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

static int parse_value(struct parser *ps, const struct frame *up,
    struct json *node);

static int
parse_array(struct parser *ps, struct frame *f, struct json *node)
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
			return bad(ps, ps->p, "virgule de trop avant « ] »");
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
parse_object(struct parser *ps, struct frame *f, struct json *node)
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
			return bad(ps, ps->p, "virgule de trop avant « } »");
		if (*ps->p != '"')
			return unexpected(ps, "un nom entre guillemets");
		if (node->n == JSON_MEMBERS_MAX)
			return bad(ps, ps->p, "objet de plus de %d membres",
			    (int)JSON_MEMBERS_MAX);
		if ((child = node_new(ps)) == NULL)
			return TAPR_EIO;
		if ((rc = parse_text(ps, &child->key, &child->key_n)) !=
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
parse_value(struct parser *ps, const struct frame *up, struct json *node)
{
	struct frame f = { .up = up, .node = node,
	    .depth = up != NULL ? up->depth + 1 : 1 };

	skip_blanks(ps);
	switch (*ps->p) {
	case '{':
	case '[':
		if (f.depth > JSON_DEPTH_MAX)
			return bad(ps, ps->p, "plus de %d niveaux d'objets et "
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
		return parse_text(ps, &node->text, &node->n);
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
check_encoding(struct parser *ps)
{
	if (ps->n >= 3 && memcmp(ps->source, "\xef\xbb\xbf", 3) == 0)
		return bad(ps, ps->start, "le document commence par une marque "
		    "d'ordre des octets (BOM) : enregistrez-le en UTF-8 sans "
		    "BOM");
	if (ps->n >= 2 && (memcmp(ps->source, "\xff\xfe", 2) == 0 ||
	    memcmp(ps->source, "\xfe\xff", 2) == 0))
		return bad(ps, ps->start, "le document est en UTF-16 : "
		    "enregistrez-le en UTF-8");
	return TAPR_OK;
}

int
json_parse(const char *text, size_t n, struct arena *a, struct json **ret,
    struct err *err)
{
	struct parser ps = { .source = text, .n = n, .arena = a, .err = err };
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
		return bad(&ps, ps.p, "le document est vide");
	if ((root = node_new(&ps)) == NULL)
		return TAPR_EIO;
	if ((rc = parse_value(&ps, NULL, root)) != TAPR_OK)
		return rc;
	skip_blanks(&ps);
	if (ps.p != ps.end)
		return bad(&ps, ps.p, "texte de trop après la fin du document "
		    ": un seul document par fichier");
	*ret = root;
	return TAPR_OK;
}

/* --- the tree ------------------------------------------------------------ */

bool
json_key_is(const struct json *member, const char *key, size_t n)
{
	return member->key_n == n && memcmp(member->key, key, n) == 0;
}

bool
json_text_is(const struct json *string, const char *text, size_t n)
{
	return string->type == JSON_STRING && string->n == n &&
	    memcmp(string->text, text, n) == 0;
}

struct json *
json_get(const struct json *object, const char *key, size_t n)
{
	struct json *m;

	assert(object->type == JSON_OBJECT);
	for (m = object->first; m != NULL; m = m->next)
		if (json_key_is(m, key, n))
			return m;
	return NULL;
}

struct json *
json_new(struct arena *a, enum json_type type)
{
	struct json *v;

	if ((v = arena_alloc(a, sizeof *v)) != NULL)
		v->type = type;
	return v;
}

struct json *
json_new_text(struct arena *a, const char *text, size_t n)
{
	struct json *v;

	assert(n < UINT32_MAX);
	if ((v = json_new(a, JSON_STRING)) == NULL ||
	    (v->text = arena_copy(a, text, n)) == NULL)
		return NULL;
	v->n = (uint32_t)n;
	return v;
}

struct json *
json_copy(const struct json *value, struct arena *a)
{
	struct json **tail, *copy;
	const struct json *m;

	if ((copy = json_new(a, value->type)) == NULL)
		return NULL;
	copy->n = value->n;
	if (value->key != NULL) {
		copy->key_n = value->key_n;
		copy->key = arena_copy(a, value->key, value->key_n);
		if (copy->key == NULL)
			return NULL;
	}
	if (value->type == JSON_STRING || value->type == JSON_NUMBER) {
		copy->text = arena_copy(a, value->text, value->n);
		return copy->text != NULL ? copy : NULL;
	}
	if (value->type != JSON_ARRAY && value->type != JSON_OBJECT)
		return copy;
	tail = &copy->first;
	for (m = value->first; m != NULL; m = m->next) {
		if ((*tail = json_copy(m, a)) == NULL)
			return NULL;
		tail = &(*tail)->next;
	}
	return copy;
}

void
json_append(struct json *parent, struct json *child)
{
	struct json **tail = &parent->first;

	assert(parent->type == JSON_ARRAY || parent->type == JSON_OBJECT);
	while (*tail != NULL)
		tail = &(*tail)->next;
	*tail = child;
	child->next = NULL;
	parent->n++;
}

void
json_remove(struct json *parent, struct json *child)
{
	struct json **at = &parent->first;

	while (*at != NULL && *at != child)
		at = &(*at)->next;
	assert(*at == child);
	*at = child->next;
	parent->n--;
}

bool
json_put(struct arena *a, struct json *object, const char *key, size_t n,
    struct json *value)
{
	struct json **at;

	assert(object->type == JSON_OBJECT && n < UINT32_MAX);
	if ((value->key = arena_copy(a, key, n)) == NULL)
		return false;
	value->key_n = (uint32_t)n;
	for (at = &object->first; *at != NULL; at = &(*at)->next)
		if (json_key_is(*at, key, n)) {
			value->next = (*at)->next;
			*at = value;
			return true;
		}
	*at = value;
	value->next = NULL;
	object->n++;
	return true;
}

/* --- messages ------------------------------------------------------------ */

/*
 * A text of 13 or 15 digits may be a NIR, which no message holds; it may also
 * be the number of a claim, which the reader of the message must recognise.
 * So its first four digits are shown.
 */
static void
hide_nir(char *text)
{
	size_t i, digits = 0;

	for (i = 0; text[i] != '\0'; i++)
		if (is_digit(text[i]))
			digits++;
	if (digits != 13 && digits != 15)
		return;
	for (digits = i = 0; text[i] != '\0'; i++)
		if (is_digit(text[i]) && ++digits > 4)
			text[i] = '*';
}

char *
json_clip(const char *text, size_t n, char *buf)
{
	static const char more[] = "…";
	const size_t room = JSON_CLIP_MAX - sizeof more;
	size_t i, cut = n;

	if (n > room) {
		/* Not in the middle of a character. */
		for (cut = room; cut > 0 &&
		    ((unsigned char)text[cut] & 0xc0) == 0x80; cut--)
			continue;
	}
	for (i = 0; i < cut; i++) {
		unsigned char c = (unsigned char)text[i];

		buf[i] = text[i];
		/* C0 and DEL; C1, which is 0xc2 and 0x80 to 0x9f, as a « ? »
		 * for each of its bytes: a terminal obeys those too. */
		if (c < 0x20 || c == 0x7f)
			buf[i] = '?';
		else if (c >= 0x80 && c <= 0x9f && i > 0 &&
		    (unsigned char)text[i - 1] == 0xc2)
			buf[i - 1] = buf[i] = '?';
	}
	buf[cut] = '\0';
	hide_nir(buf);
	if (cut < n)
		memcpy(buf + cut, more, sizeof more);
	return buf;
}

const char *
json_type_name(enum json_type type)
{
	switch (type) {
	case JSON_NULL: return "null";
	case JSON_FALSE: return "false";
	case JSON_TRUE: return "true";
	case JSON_NUMBER: return "un nombre";
	case JSON_STRING: return "un texte";
	case JSON_ARRAY: return "une liste";
	case JSON_OBJECT: return "un objet";
	}
	return "une valeur";
}
