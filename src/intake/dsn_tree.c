/*
 * dsn_tree.c -- following the structure of an envoi, line by line.
 *
 * Blocks carry no end and no number: that S21.G00.51 comes again under a new
 * S21.G00.50 is only told by the order of the lines.  So the open blocks are
 * a stack, and a line of a block either goes on in the top of it, or closes
 * down to the parent of its block and opens a new one there.
 */
#include <string.h>

#include "intake/dsn_tree.h"

enum { CONTRACT = 2140 };

void
dsn_tree_start(struct dsn_tree *t, const struct dsn_norm *norm)
{

	t->norm = norm;
	t->depth = 0;
	t->last = 0;
	t->is_left = true;
	memset(t->count, 0, sizeof t->count);
	memset(t->held, 0, sizeof t->held);
}

static enum dsn_severity
severity(bool used)
{

	return used ? DSN_BLOCKING : DSN_SIGNAL;
}

/* The rubriques of the top block are complete. */
static void
leave(struct dsn_tree *t)
{
	const struct dsn_level *top = &t->level[t->depth - 1];
	const struct dsn_block *b = &t->norm->block[top->block];

	if (t->is_left)
		return;
	t->is_left = true;
	if ((top->seen & b->mandatory) != b->mandatory)
		dsn_note_fault(t->notes, DSN_FAULT_ABSENT, b->code, 0,
		    DSN_BLOCKING, top->line);
	t->left(t->ctx, b->code);
}

/* The blocks below one that closes: are those the norm wants there? */
static void
check_children(struct dsn_tree *t, const struct dsn_level *top)
{
	const struct dsn_block *c;
	uint8_t i;

	for (i = t->norm->block[top->block].first_child; i != DSN_NO_BLOCK;
	    i = c->next) {
		c = &t->norm->block[i];
		if (t->count[i] < c->min)
			dsn_note_fault(t->notes, DSN_FAULT_FEW, c->code, 0,
			    severity(c->used), top->line);
		t->count[i] = 0;
	}
}

static void
pop(struct dsn_tree *t)
{
	const struct dsn_level *top = &t->level[t->depth - 1];
	unsigned code = t->norm->block[top->block].code;
	uint8_t i;

	leave(t);
	if (t->whole)
		check_children(t, top);
	else
		for (i = t->norm->block[top->block].first_child;
		    i != DSN_NO_BLOCK; i = t->norm->block[i].next)
			t->count[i] = 0;
	t->closed(t->ctx, code);
	t->depth--;
}

void
dsn_tree_end(struct dsn_tree *t)
{

	while (t->depth > 0)
		pop(t);
}

/* The level of an open block, -1 when it is not open. */
static int
level_of(const struct dsn_tree *t, unsigned block)
{
	int i;

	for (i = t->depth - 1; i >= 0; i--)
		if (t->level[i].block == block)
			return i;
	return -1;
}

/*
 * Children come in the order of the norm.  Files in the wild differ in the
 * blocks of an establishment, which harms nothing; but a contract behind the
 * payments of its individual would come too late for them.
 */
static void
check_order(struct dsn_tree *t, struct dsn_level *parent, unsigned block,
    long no)
{
	const struct dsn_block *b = &t->norm->block[block];

	if (parent->latest != DSN_NO_BLOCK && block < parent->latest)
		dsn_note_fault(t->notes, DSN_FAULT_ORDER, b->code, 0,
		    severity(b->code == CONTRACT), no);
	parent->latest = (uint8_t)block;
}

/* A new occurrence of ${block}; false when it cannot stand here. */
static bool
open_block(struct dsn_tree *t, unsigned block, long no)
{
	const struct dsn_block *b = &t->norm->block[block];
	int parent = -1;

	if (b->parent != DSN_NO_BLOCK) {
		parent = level_of(t, b->parent);
		if (parent < 0 || parent + 2 > DSN_DEPTH_MAX) {
			dsn_note_fault(t->notes, DSN_FAULT_PARENT, b->code, 0,
			    DSN_BLOCKING, no);
			return false;
		}
	}
	if (t->depth > 0)
		leave(t);
	while (t->depth > parent + 1)
		pop(t);
	if (parent >= 0)
		check_order(t, &t->level[parent], block, no);
	t->count[block]++;
	if (b->max != 0 && t->count[block] > b->max)
		dsn_note_fault(t->notes, DSN_FAULT_MANY, b->code, 0,
		    severity(b->used), no);
	t->level[t->depth++] = (struct dsn_level){ .block = (uint8_t)block,
	    .latest = DSN_NO_BLOCK, .line = no };
	t->is_left = false;
	t->last = 0;
	t->held[0] = t->held[1] = 0;
	return true;
}

static void
check_form(struct dsn_tree *t, const struct dsn_field *f,
    const struct dsn_line *line, long no)
{
	static const enum dsn_fault fault[] = {
		[DSN_FORM_LENGTH] = DSN_FAULT_LENGTH,
		[DSN_FORM_CLASS] = DSN_FAULT_CLASS,
		[DSN_FORM_VALUE] = DSN_FAULT_VALUE,
	};
	enum dsn_form form = dsn_form(f, line->value);

	if (form != DSN_FORM_OK)
		dsn_note_fault(t->notes, fault[form], line->code,
		    line->number, severity(f->used), no);
	else if (line->number < DSN_HELD) {
		t->held[line->number / 64] |= (uint64_t)1 << line->number % 64;
		t->value[line->number] = line->value;
		t->at[line->number] = no;
	}
}

void
dsn_tree_line(struct dsn_tree *t, const struct dsn_line *line, long no)
{
	const struct dsn_field *f;
	unsigned block;

	if (dsn_line_added(line))
		return;
	if ((block = t->norm->block_of[line->code]) == DSN_NO_BLOCK) {
		dsn_note_fault(t->notes, DSN_FAULT_UNKNOWN, line->code,
		    line->number, DSN_SIGNAL, no);
		return;
	}
	if ((t->depth == 0 || t->level[t->depth - 1].block != block ||
	    t->is_left || line->number <= t->last) &&
	    !open_block(t, block, no))
		return;
	t->last = line->number;
	if ((f = dsn_norm_field(t->norm, block, line->number)) == NULL) {
		dsn_note_fault(t->notes, DSN_FAULT_UNKNOWN, line->code,
		    line->number, DSN_SIGNAL, no);
		return;
	}
	t->level[t->depth - 1].seen |= f->bit;
	check_form(t, f, line, no);
}
