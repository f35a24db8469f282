/*
 * synth.c -- a synthetic France.
 *
 * Cell by cell, CTN x NAF: its establishments, their claims, what is written
 * of both; then the next.  Memory is that of the largest cell and of the
 * published tables.  The special account, which has no cell, comes last: its
 * claims go to establishments kept aside on the way.
 */
#include "synth/synth.h"

#include <sys/stat.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#include <direct.h>
#endif

#include "synth/dsn.h"
#include "synth/world.h"

enum { ARENA_MAX = 1 << 28 };

/* ---- folders and files -------------------------------------------------- */

int
world_folder(const char *path, struct err *err)
{
#ifdef _WIN32
	int rc = _mkdir(path);
#else
	int rc = mkdir(path, 0777);
#endif
	struct stat st;

	if (rc == 0)
		return TAPR_OK;
	if (errno == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return TAPR_OK;
	return err_set(err, TAPR_EIO, path, "le dossier ne peut être créé "
	    "(%s) ; donnez à --out un dossier dont le parent existe",
	    err_cause(errno));
}

static int
open_folder(struct world *w, const char *path, struct out ret[FILES],
    struct err *err)
{
	int rc = world_folder(path, err);

	for (int f = 0; f < FILES && rc == TAPR_OK; f++) {
		rc = out_open(&ret[f], path, file_name[f], err);
		if (rc != TAPR_OK)
			break;
		out_text(&ret[f], file_header[f]);
		out_line(&ret[f]);
	}
	w->folders++;
	if (rc == TAPR_OK && w->o->dsn > 0)
		rc = dsn_open(w, w->folders - 1, path, err);
	return rc;
}

/* Which folder each fund is written to, and the files of each folder. */
static int
open_files(struct world *w, struct err *err)
{
	const struct synth_options *o = w->o;
	bool found = false;
	int rc;

	w->out = arena_array(w->arena, FUNDS_MAX, sizeof *w->out);
	w->dsn = arena_array(w->arena, FUNDS_MAX, sizeof *w->dsn);
	if (w->out == NULL || w->dsn == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	for (size_t i = 0; i < w->p->funds; i++) {
		bool named = o->fund != NULL &&
		    strcmp(o->fund, w->p->fund[i].code) == 0;

		found = found || named;
		w->folder_of[i] = o->fund != NULL && !named ? -1 :
		    o->france ? (int)i : 0;
	}
	if (o->fund != NULL && !found)
		return err_set(err, TAPR_EINVAL, "--fund", "pas de caisse "
		    "« %s » : law/funds.csv donne les codes", o->fund);
	if ((rc = world_folder(o->out, err)) != TAPR_OK)
		return rc;
	if (!o->france)
		return open_folder(w, o->out, w->out[0], err);
	for (size_t i = 0; i < w->p->funds && rc == TAPR_OK; i++) {
		const char *path = arena_printf(w->arena, "%s/%s", o->out,
		    w->p->fund[i].code);

		rc = path == NULL ? err_set(err, TAPR_EIO, NULL,
		    "mémoire insuffisante") : open_folder(w, path, w->out[i],
		    err);
	}
	return rc;
}

/* Every file in turn; NULL behind the last. */
static struct out *
file_at(const struct world *w, size_t i)
{
	size_t each = FILES + (w->o->dsn > 0 ? (size_t)DSN_FILES : 0);
	size_t folder = i / each, f = i % each;

	if (folder >= w->folders)
		return NULL;
	return f < FILES ? &w->out[folder][f] : &w->dsn[folder][f - FILES];
}

static int
close_files(struct world *w, struct err *err)
{
	struct out *o;
	int rc = TAPR_OK;

	for (size_t i = 0; w->o->dsn > 0 && i < w->folders; i++)
		dsn_close(w, i);
	for (size_t i = 0; (o = file_at(w, i)) != NULL && rc == TAPR_OK; i++) {
		rc = out_close(o, err);
		w->report->files++;
		w->report->bytes += o->bytes;
	}
	for (size_t i = 0; (o = file_at(w, i)) != NULL && rc == TAPR_OK; i++)
		rc = out_publish(o, err);
	return rc;
}

static int
stopped(const struct world *w, struct err *err)
{
	if (w->o->stop == NULL || *w->o->stop == 0)
		return TAPR_OK;
	return err_set(err, TAPR_EIO, NULL, "interrompu : rien n'est écrit "
	    "dans %s ; relancez la même commande", w->o->out);
}

/* A write that failed is told now, not after minutes. */
static int
healthy(const struct world *w, struct err *err)
{
	const struct out *o;

	for (size_t i = 0; (o = file_at(w, i)) != NULL; i++)
		if (o->failed != 0)
			return err_set(err, TAPR_EIO, o->path, "écriture "
			    "impossible (%s) ; vérifiez la place du disque",
			    err_cause(o->failed));
	return TAPR_OK;
}

/* ---- cells -------------------------------------------------------------- */

/* A sample of the larger establishments, each as likely (Vitter's R). */
static void
keep(struct world *w, const struct estab *e)
{
	struct dice d = dice(w->o->seed, STREAM_CELL, UINT64_C(1) << 40 |
	    e->number);
	size_t at = w->n_kept;

	if (e->head < 1000 || e->closed != 0 || e->band > 4 ||
	    e->taken_over || !estab_lives(e, YEAR_FIRST - 2))
		return;
	if (w->seen_kept++ >= SAMPLE)
		at = (size_t)(dice_bits(&d) % w->seen_kept);
	else
		w->n_kept++;
	if (at >= SAMPLE)
		return;
	w->kept[at].estab = *e;
	w->kept[at].ctn = w->cell.of->ctn;
	memcpy(w->kept[at].naf, w->cell.of->naf, sizeof w->kept[at].naf);
}

static int
add_claims(struct world *w, size_t at, struct err *err)
{
	const struct cell_plan *p = &w->plan.cell[at];
	struct claims *c = &w->claims;
	int rc;

	claims_clear(c);
	rc = claims_add(c, w->o->seed, p->accidents, KIND_ACCIDENT, 0,
	    p->cause, err);
	if (rc == TAPR_OK)
		rc = claims_add(c, w->o->seed, p->commuting, KIND_COMMUTING,
		    0, NULL, err);
	for (size_t i = 0; i < p->diseases && rc == TAPR_OK; i++)
		rc = claims_add(c, w->o->seed,
		    w->plan.disease[p->first_disease + i].counts,
		    KIND_DISEASE, (uint32_t)(p->first_disease + i), NULL, err);
	for (int y = 0; y < YEARS && rc == TAPR_OK; y++)
		rc = claims_add_unpaid(c, w->o->seed,
		    p->accidents[y].v[SHORT] + p->accidents[y].v[LONG],
		    YEAR_FIRST + y, err);
	return rc;
}

static void
write_cell(struct world *w)
{
	const struct cell_of *cell = &w->cell;
	const struct claims *c = &w->claims;
	struct firm f;

	for (size_t i = 0; i < cell->n; i += f.n) {
		f = estab_firm(cell, i);
		write_firm(w, &f);
		for (uint32_t k = 0; k < f.n; k++) {
			const struct estab *e = &cell->estab[i + k];

			write_estab(w, e, k == 0);
			keep(w, e);
			dsn_write(w, e);
			if (e->closed == 0)
				w->report->establishments++;
			else
				w->report->closed++;
		}
		write_flows(w, &f);
		w->next_firm++;
	}
	w->report->firms = w->next_firm;
	for (size_t i = 0; i < c->n; i++) {
		const struct claim *k = &c->claim[c->by_estab[i]];

		write_claim(w, k, &cell->estab[k->estab], cell->of, false);
	}
}

static int
make_cell(struct world *w, size_t at, struct err *err)
{
	const struct cell *of = &w->p->cell[at];
	int rc;

	w->cell.of = of;
	w->cell.plan = &w->plan.cell[at];
	w->cell.index = at;
	rc = estab_make(&w->cell, w->next_estab, w->next_firm,
	    w->cell_code[at], w->codes[world_list(of)], err);
	if (rc == TAPR_OK)
		rc = add_claims(w, at, err);
	if (rc != TAPR_OK || w->cell.n == 0)
		return rc;
	if ((rc = claims_place(&w->claims, &w->cell, err)) != TAPR_OK)
		return rc;
	w->next_estab += w->cell.n;
	write_cell(w);
	return TAPR_OK;
}

static int
by_number(const void *va, const void *vb)
{
	const struct kept *a = va, *b = vb;

	return a->estab.number < b->estab.number ? -1 :
	    a->estab.number > b->estab.number;
}

/*
 * The special account: a cell of all establishments kept aside.  Each claim is
 * then written as of its own CTN and activity, charged to the account.
 */
static int
make_special(struct world *w, struct err *err)
{
	const struct plan *plan = &w->plan;
	const struct cell none = { .ctn = 'A' };
	struct claims *c = &w->claims;
	int rc;

	if (w->n_kept == 0)
		return TAPR_OK;
	qsort(w->kept, w->n_kept, sizeof *w->kept, by_number);
	w->cell.of = &none;
	if ((rc = estab_room(&w->cell, w->n_kept, err)) != TAPR_OK)
		return rc;
	for (size_t i = 0; i < w->n_kept; i++)
		w->cell.estab[i] = w->kept[i].estab;
	claims_clear(c);
	for (size_t i = plan->first_special; i < plan->diseases &&
	    rc == TAPR_OK; i++)
		rc = claims_add(c, w->o->seed, plan->disease[i].counts,
		    KIND_DISEASE, (uint32_t)i, NULL, err);
	if (rc == TAPR_OK)
		rc = claims_place(c, &w->cell, err);
	for (size_t i = 0; i < c->n && rc == TAPR_OK; i++) {
		const struct claim *k = &c->claim[c->by_estab[i]];

		struct cell of = { .ctn = w->kept[k->estab].ctn };

		memcpy(of.naf, w->kept[k->estab].naf, sizeof of.naf);
		write_claim(w, k, &w->cell.estab[k->estab], &of, true);
	}
	return rc;
}

/* About one in three may declare; one in so many of these does. */
static void
space_dsn(struct world *w)
{
	uint64_t written = 0, all = 0, n = 0;

	for (size_t i = 0; i < w->p->funds; i++) {
		all += w->p->fund[i].employees;
		if (w->folder_of[i] >= 0)
			written += w->p->fund[i].employees;
	}
	for (size_t i = 0; i < w->p->cells; i++)
		n += w->plan.cell[i].establishments;
	w->dsn_every = 1;
	if (w->o->dsn > 0 && all > 0)
		w->dsn_every += n * written / all / 3 / w->o->dsn;
}

static int
run(struct world *w, struct err *err)
{
	struct progress *progress = w->o->progress;
	struct out *o;
	int rc = open_files(w, err);

	space_dsn(w);
	progress_start(progress, "France synthétique", w->p->cells);
	for (size_t i = 0; i < w->p->cells && rc == TAPR_OK; i++) {
		progress_at(progress, i);
		rc = make_cell(w, i, err);
		if (rc == TAPR_OK)
			rc = stopped(w, err);
		if (rc == TAPR_OK)
			rc = healthy(w, err);
	}
	if (rc == TAPR_OK)
		rc = make_special(w, err);
	if (rc == TAPR_OK)
		rc = stopped(w, err);
	if (rc == TAPR_OK)
		rc = close_files(w, err);
	progress_end(progress);
	for (size_t i = 0; (o = file_at(w, i)) != NULL; i++)
		out_drop(o);
	return rc;
}

static int
check(const struct synth_options *o, struct err *err)
{
	if (o->share < 1000 || o->share > SHARE_ONE)
		return err_set(err, TAPR_EINVAL, "--share", "la part du pays "
		    "va de 0.001 à 1");
	if (o->year_from < YEAR_FIRST || o->year_to > YEAR_LAST ||
	    o->year_from > o->year_to)
		return err_set(err, TAPR_EINVAL, "--years", "les années vont "
		    "de %d à %d : les statistiques publiées n'en couvrent pas "
		    "d'autres", (int)YEAR_FIRST, (int)YEAR_LAST);
	if (o->dsn > 0 && o->year_to != YEAR_LAST)
		return err_set(err, TAPR_EINVAL, "--dsn", "les DSN sont "
		    "celles de %d : ne bornez pas --years avant",
		    (int)YEAR_LAST);
	if (o->fund != NULL && o->france)
		return err_set(err, TAPR_EINVAL, "--france", "--france écrit "
		    "toutes les caisses : ne donnez pas --fund aussi");
	return TAPR_OK;
}

int
synth_run(const struct synth_options *o, struct synth_report *ret,
    struct err *err)
{
	struct world *w;
	int rc;

	*ret = (struct synth_report){ 0 };
	if ((rc = check(o, err)) != TAPR_OK)
		return rc;
	if ((w = calloc(1, sizeof *w)) == NULL)
		return err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	w->o = o;
	w->report = ret;
	w->cell.seed = o->seed;
	w->kept = malloc(SAMPLE * sizeof *w->kept);
	w->p = malloc(sizeof *w->p);
	if ((w->arena = arena_new(ARENA_MAX)) == NULL || w->kept == NULL ||
	    w->p == NULL)
		rc = err_set(err, TAPR_EIO, NULL, "mémoire insuffisante");
	if (rc == TAPR_OK)
		rc = published_read(o->law_dir, w->arena, w->p, err);
	w->cell.p = w->p;
	if (rc == TAPR_OK)
		rc = plan_make(w->p, o->share, w->arena, &w->plan, err);
	if (rc == TAPR_OK)
		rc = codes_read(w, err);
	if (rc == TAPR_OK)
		rc = run(w, err);
	claims_free(&w->claims);
	estab_free(&w->cell);
	arena_free(w->arena);
	free(w->kept);
	free(w->p);
	free(w);
	return rc;
}
