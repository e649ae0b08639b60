/*
 * A form with a file: what is stored and what is not.  The request is fed by
 * the test; nothing else of the web runs.
 */
#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/secret.h"
#include "tests/tap.h"
#include "tests/temp.h"
#include "web/server/file_upload.h"
#include "web/server/request.h"
#include "web/server/session.h"

#define PART(disposition) \
	"--XX\r\nContent-Disposition: form-data; " disposition "\r\n\r\n"
#define HALF "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define RIGHT HALF HALF /* a mask, and the session's code of zeros under it */
#define TOKEN PART("name=\"csrf\"") RIGHT "\r\n"
#define FILE_PART PART("name=\"file\"; filename=\"C:\\lists\\spring.csv\"")
#define END "\r\n--XX--\r\n"

static char dir[TEMP_MAX];
static struct session session;

/* A body in memory, then 'more' bytes of rows made as they are asked for, then
 * 'end'. */
struct body {
	const char *start, *end;
	size_t at, start_len;
	int64_t more;
	size_t cut; /* 0: whole; else nothing comes after as many bytes */
	pthread_barrier_t *together; /* waited for once, before the end */
};

static size_t
give(void *stream, char *to, size_t len)
{
	struct body *b = stream;
	size_t n = b->start_len - b->at;

	if (b->cut && b->at >= b->cut)
		return 0;
	if (n) {
		n = n < len ? n : len;
		n = n < 1000 ? n : 1000;
		memcpy(to, b->start + b->at, n);
		b->at += n;
		return n;
	}
	if (b->together)
		pthread_barrier_wait(b->together);
	b->together = NULL;
	if (b->more > 0) {
		n = (int64_t)len < b->more ? len : (size_t)b->more;
		memset(to, 'x', n);
		b->more -= (int64_t)n;
		return n;
	}
	n = strlen(b->end);
	n = n < len ? n : len;
	memcpy(to, b->end, n);
	b->end += n;
	return n;
}

struct result {
	struct arena *a;
	struct request q;
	struct uploaded_file file;
	struct fault f;
	int rc;
};

static void
receive(struct result *r, struct body *b, const char *type)
{
	char *envp[] = { NULL, NULL };

	r->a = arena_new();
	if (type)
		envp[0] = arena_printf(r->a, "CONTENT_TYPE=%s", type);
	r->f = (struct fault){ 0 };
	r->q = (struct request){
		.arena = r->a,
		.envp = envp,
		.read = give,
		.stream = b,
		.session = &session,
		.body_len = (int64_t)b->start_len + b->more +
			    (int64_t)strlen(b->end),
	};
	r->rc = file_upload_file(&r->q, dir, &r->file, &r->f);
}

static struct body
body_of(const char *text)
{
	return (struct body){ .start = text,
			      .start_len = strlen(text),
			      .end = "" };
}

static struct result
receive_text(const char *text)
{
	struct body b = body_of(text);
	struct result r;

	receive(&r, &b, "multipart/form-data; boundary=XX");
	return r;
}

/* -1 when the directory cannot be read. */
static int
files(void)
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	int n = 0;

	if (!d)
		return -1;
	while ((entry = readdir(d)))
		n += entry->d_name[0] != '.';
	closedir(d);
	return n;
}

static const char *
content(struct result *r)
{
	char *path = arena_printf(r->a, "%s/%s", dir, r->file.file);
	char text[4096] = "";
	FILE *file = fopen(path, "r");
	size_t n = file ? fread(text, 1, sizeof(text) - 1, file) : 0;

	if (file)
		fclose(file);
	return arena_memdup(r->a, text, n);
}

static void
check_file(void)
{
	struct result r = receive_text(
		TOKEN PART("name=\"back\"") "/dashboard/campaigns\r\n" FILE_PART
					    "phone_number\r\n1\r\n\r\n" PART(
						    "name=\"x\"") "y" END);
	struct result other;
	struct stat st = { 0 };

	ok(r.rc == 0, "a form with a file is taken");
	is_str(r.file.name, "spring.csv", "the file's name has no path");
	is_str(content(&r), "phone_number\r\n1\r\n",
	       "the whole file is stored");
	is_int(r.file.size, 17, "the size of the file is known");
	ok(!stat(arena_printf(r.a, "%s/%s", dir, r.file.file), &st) &&
		   (st.st_mode & 0777) == 0600,
	   "only the owner has access to the stored file");
	is_int((int64_t)strspn(r.file.file, "0123456789abcdef"),
	       RECEIVED_FILE - 1, "the name of the stored file is a number");
	other = receive_text(TOKEN FILE_PART "1" END);
	ok(!other.rc && strcmp(other.file.file, r.file.file) != 0,
	   "the next file has another name");
	file_upload_drop(dir, other.file.file);
	arena_free(other.a);
	is_str(pairs_get(&r.q.form, "back"), "/dashboard/campaigns",
	       "a text before the file is read");
	is_str(pairs_get(&r.q.form, "x"), "y", "a text after the file is read");
	file_upload_drop(dir, r.file.file);
	is_int(files(), 0, "the stored file can be dropped");
	arena_free(r.a);
}

/* clang-format off */
static const struct {
	const char *what, *body;
	enum fault_code code;
	int status; /* 0: that of the code */
	const char *field, *says;
} refused[] = {
	{ "a form without a token is refused", FILE_PART "1" END, FAULT_DENIED, 0, "", "This form is out of date." },
	{ "a wrong token is refused", PART("name=\"csrf\"") "wrong\r\n" FILE_PART "1" END, FAULT_DENIED, 0, "", "This form is out of date." },
	{ "a token behind the file is refused", FILE_PART "1\r\n" TOKEN "--XX--", FAULT_DENIED, 0, "", "This form is out of date." },
	{ "a wrong token without a file is refused", PART("name=\"csrf\"") "wrong" END, FAULT_DENIED, 0, "", "This form is out of date." },
	{ "a form without a file is refused", PART("name=\"csrf\"") RIGHT END, FAULT_INVALID, 0, "file", "Choose a file." },
	{ "a form in which no file was chosen is refused", TOKEN PART("name=\"file\"; filename=\"\"") END, FAULT_INVALID, 0, "file", "Choose a file." },
	{ "a text in place of the file is refused", TOKEN PART("name=\"file\"") "1" END, FAULT_INVALID, 0, "file", "Choose a file." },
	{ "an empty file is refused", TOKEN FILE_PART END, FAULT_INVALID, 0, "file", "The file is empty." },
	{ "a form with two files is refused", TOKEN FILE_PART "1\r\n" FILE_PART "2" END, FAULT_INVALID, 0, "file", "Choose one file, not several." },
	{ "a file in another field is refused", TOKEN PART("name=\"other\"; filename=\"a\"") "1" END, FAULT_INVALID, 400, "", "The request cannot be read." },
	{ "a text with a control character is refused", TOKEN PART("name=\"x\"") "\x01\r\n" FILE_PART "1" END, FAULT_INVALID, 400, "", "The request cannot be read." },
	{ "a text that is not UTF-8 is refused", TOKEN FILE_PART "1\r\n" PART("name=\"x\"") "\xff" END, FAULT_INVALID, 400, "", "The request cannot be read." },
	{ "a form without its last boundary is refused", TOKEN FILE_PART "1,2,3", FAULT_INVALID, 400, "", "The upload was interrupted." },
	{ "a form without a body is refused", "", FAULT_INVALID, 400, "", "The upload was interrupted." },
	{ "a part without a proper header is refused", "--XX\r\nnonsense\r\n\r\n" END, FAULT_INVALID, 400, "", "The form cannot be read." },
};
/* clang-format on */

static void
check_refused(size_t i)
{
	struct result r = receive_text(refused[i].body);

	ok(r.rc == -1 && r.f.code == refused[i].code &&
		   r.q.refused == refused[i].status &&
		   !strcmp(r.f.field, refused[i].field),
	   refused[i].what);
	ok(strstr(r.f.text, refused[i].says), refused[i].says);
	is_int(files(), 0, "nothing is stored");
	arena_free(r.a);
}

/* The client hangs up after each number of bytes. */
static void
check_cut(void)
{
	const char *text = TOKEN FILE_PART "phone_number\r\n1\r\n" END;
	size_t len = strlen(text) - 2, bad = 0;

	for (size_t cut = 1; cut < len; cut++) {
		char *copy = strndup(text, cut);
		struct body b = { .start = copy,
				  .start_len = cut,
				  .cut = cut,
				  .end = text + cut };
		struct result r;

		receive(&r, &b, "multipart/form-data; boundary=XX");
		bad += r.rc != -1 || r.q.refused != 400 || files() != 0 ||
		       strcmp(r.f.text, "The upload was interrupted.") != 0;
		arena_free(r.a);
		free(copy);
	}
	is_int((int64_t)bad, 0,
	       "a form cut off anywhere is refused and not stored");
}

static void
check_requests(void)
{
	struct body b = body_of("a=1");
	struct result r;

	receive(&r, &b, "application/x-www-form-urlencoded");
	ok(r.rc == -1 && r.q.refused == 415,
	   "a form that is not multipart is refused");
	arena_free(r.a);
	b = body_of("a=1");
	receive(&r, &b, NULL);
	ok(r.rc == -1 && r.q.refused == 415,
	   "a request without a content type is refused");
	r.q.body_len = -1;
	ok(file_upload_file(&r.q, dir, &r.file, &r.f) == -1 &&
		   r.q.refused == 411,
	   "a request without a length is refused");
	r.q.body_len = FILE_UPLOAD_MAX + (INT64_C(1) << 20);
	ok(file_upload_file(&r.q, dir, &r.file, &r.f) == -1 &&
		   r.q.refused == 413,
	   "a request of more than 1 GB is refused");
	is_str(r.f.text,
	       "A file may have at most 1 GB. Split it into smaller files.",
	       "the fault names the limit of 1 GB");
	r.q.body_len = 3;
	ok(file_upload_file(&r.q, "/nowhere", &r.file, &r.f) == -1 &&
		   r.f.code == FAULT_BROKEN,
	   "a missing directory is reported as broken");
	arena_free(r.a);
}

static void
check_texts(void)
{
	struct buf b = BUF_INIT;
	struct result r;

	buf_str(&b, TOKEN PART("name=\"x\""));
	for (int i = 0; i < FILE_UPLOAD_TEXT_MAX; i++)
		buf_char(&b, 'x');
	buf_str(&b, "\r\n" FILE_PART "1" END);
	r = receive_text(b.data);
	ok(r.rc == -1 && r.q.refused == 413 && files() == 0,
	   "texts of more than 16 KB are refused");
	arena_free(r.a);
	buf_free(&b);
}

/* That a file is too large shows only when its last bytes come. */
static void
check_large(const char *where)
{
	struct body b = { .start = TOKEN FILE_PART,
			  .start_len = strlen(TOKEN FILE_PART),
			  .more = FILE_UPLOAD_MAX + 1,
			  .end = END };
	struct result r;

	receive(&r, &b, "multipart/form-data; boundary=XX");
	ok(r.rc == -1 && r.q.refused == 413, where);
	is_str(r.f.text,
	       "A file may have at most 1 GB. Split it into smaller files.",
	       "the fault for a large file names the limit of 1 GB");
	is_int(files(), 0, "nothing of a large file is stored");
	arena_free(r.a);
}

/* A file system of 1 MB; without the right to mount one, a limit of 1 MB. */
static bool
make_small(bool small)
{
	struct rlimit limit;

	if (geteuid() == 0)
		return small ? mount("none", dir, "tmpfs", 0, "size=1m") == 0
			     : umount(dir) == 0;
	getrlimit(RLIMIT_FSIZE, &limit);
	limit.rlim_cur = small ? 1 << 20 : limit.rlim_max;
	return setrlimit(RLIMIT_FSIZE, &limit) == 0;
}

static void
check_full(void)
{
	struct body b = { .start = TOKEN FILE_PART,
			  .start_len = strlen(TOKEN FILE_PART),
			  .more = 4 << 20,
			  .end = END };
	struct result r;

	ok(make_small(true), "the disk has room for 1 MB");
	receive(&r, &b, "multipart/form-data; boundary=XX");
	ok(r.rc == -1 && r.q.refused == 507,
	   "a file that does not fit on the disk is refused");
	is_str(r.f.text, "The server has no disk space left for this file.",
	       "the fault says that the disk is full");
	is_int(files(), 0, "nothing of a file that does not fit is stored");
	arena_free(r.a);
	r = receive_text(TOKEN FILE_PART "1" END);
	is_int(r.rc, 0, "a smaller file is stored");
	file_upload_drop(dir, r.file.file);
	arena_free(r.a);
	ok(make_small(false), "the disk has its former size again");
}

struct sender {
	struct body body;
	struct result r;
};

static void *
send_one(void *arg)
{
	struct sender *s = arg;

	receive(&s->r, &s->body, "multipart/form-data; boundary=XX");
	return NULL;
}

static void
check_two(void)
{
	static const char *const texts[] = { TOKEN FILE_PART
					     "first\r\nfile" END,
					     TOKEN FILE_PART
					     "second\r\nfile" END };
	pthread_barrier_t together;
	struct sender s[2];
	pthread_t threads[2];

	pthread_barrier_init(&together, NULL, 2);
	for (int i = 0; i < 2; i++) {
		s[i].body = body_of(texts[i]);
		s[i].body.start_len -= strlen(END);
		s[i].body.end = END;
		s[i].body.together = &together;
		pthread_create(&threads[i], NULL, send_one, &s[i]);
	}
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	ok(!s[0].r.rc && !s[1].r.rc && files() == 2,
	   "two files are received at once");
	is_str(content(&s[0].r), "first\r\nfile",
	       "the first file has its own bytes");
	is_str(content(&s[1].r), "second\r\nfile",
	       "the second file has its own bytes");
	for (int i = 0; i < 2; i++) {
		file_upload_drop(dir, s[i].r.file.file);
		arena_free(s[i].r.a);
	}
	pthread_barrier_destroy(&together);
}

int
main(void)
{
	secret_open();
	signal(SIGXFSZ, SIG_IGN);
	if (!mkdtemp(temp_template(dir, "upload")))
		return 1;
	check_file();
	for (size_t i = 0; i < ARRAY_LEN(refused); i++)
		check_refused(i);
	check_cut();
	check_requests();
	check_texts();
	check_two();
	check_full();
	check_large("a file of more than 1 GB is refused");
	rmdir(dir);
	return tap_done();
}
