/*
 * log.h - writes one line per message to standard error:
 *   2026-11-23T14:20:02.123Z info web[812] req=7f3a user=4 Campaign started.
 *
 * Each line is one write(2), so lines of threads and processes do not mix.
 * Control characters are escaped, so that no input can forge a line.  Secrets
 * are never logged, and phone numbers only through text_mask_phone().
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

struct fault;

enum log_level {
	LOG_LEVEL_ERROR,
	LOG_LEVEL_WARN,
	LOG_LEVEL_INFO,
	LOG_LEVEL_DEBUG
};

/* Sets the program's name ("web") and the least severe level written. */
void log_open(const char *program, enum log_level level);

/* Sets the text before this thread's messages ("req=7f3a"); NULL: none. */
void log_scope(const char *scope);

void log_at(enum log_level level, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
#define log_error(...) log_at(LOG_LEVEL_ERROR, __VA_ARGS__)
#define log_warn(...) log_at(LOG_LEVEL_WARN, __VA_ARGS__)
#define log_info(...) log_at(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_debug(...) log_at(LOG_LEVEL_DEBUG, __VA_ARGS__)

/* Logs "WHAT: text (cause)" at the level that belongs to the fault's code. */
void log_fault(const char *what, const struct fault *f);

/* Logs why a program cannot start, as an error whatever the code. */
void log_cannot_start(const struct fault *f);

#endif
