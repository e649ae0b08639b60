/*
 * verify.h - do the books balance?  "outdial check": a table of checks that
 * give a sentence for every place where they do not.
 *
 * The rows that belong to a run are counted in one snapshot a run, so the
 * answer is the same at any moment of it, whatever goes on meanwhile; those
 * of the whole installation in one more.  Nothing is locked or changed, and no
 * statement reads more than some thousand rows of a run or list.
 *
 * To add a check: its statement in src/sql/books.def, a line in the table of
 * verify.c, and books that it finds spoilt in tests/store/test_books.c.
 */
#ifndef LEDGER_VERIFY_H
#define LEDGER_VERIFY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct fault;

#define BOOKS_MOST 200 /* violations that are kept; all are counted */
#define BOOKS_LONGEST_S 7200

/* What a check looks at with one statement. */
enum books_scope {
	BOOKS_BALANCE, /* no statement: sums over a run, compared in verify.c */
	BOOKS_RUN,     /* a run */
	BOOKS_PIECE,   /* some thousand contacts of a segment of a run */
	BOOKS_ALL,     /* the installation */
	BOOKS_LIST     /* some thousand contacts of a list; only if deep */
};

struct books_check {
	int no; /* several lines may share one */
	const char *name, *means;
	enum books_scope scope;
	int what; /* a statement; BOOKS_BALANCE: which sums */
};
extern const struct books_check books_checks[];
extern const size_t books_check_count;

struct books_violation {
	int no;
	const char *name;
	int64_t run_id; /* 0: of the installation */
	const char *text;
};

struct books_report {
	int64_t runs;  /* counted */
	int64_t found; /* violations in all */
	struct books_violation *list;
	size_t count; /* of these in the list, at most BOOKS_MOST */
	/* Of the carrier's log: calls placed, ids seen twice. */
	int64_t places, doubles;
};

struct books_opts {
	int64_t run_id; /* 0: all runs and the installation */
	bool deep;
	int64_t longest_s;   /* no call lives longer; 0: BOOKS_LONGEST_S */
	const char *sim_log; /* log of a simulated carrier; NULL: none */
};

/*
 * Counts everything again.  0 when it could be done: the books balance when
 * out->found is 0.  -1 with *f set when it could not.  The list is 'a's.
 */
int books_check(struct db *db, const struct books_opts *opts, struct arena *a,
		struct books_report *out, struct fault *f);

/*
 * Check 10, adding to *out: in the log of a simulated carrier no id was placed
 * twice, and each is in live_call or attempt.  Needs the same memory however
 * long the log is; a line without its end is being written and is left out.
 * FAULT_ABSENT when there is no such file.
 */
int books_check_log(struct db *db, const char *path, struct arena *a,
		    struct books_report *out, struct fault *f);

/* Notes one violation, for the two above. */
void books_note(struct books_report *out, struct arena *a, int no,
		const char *name, int64_t run_id, const char *text);

#endif
