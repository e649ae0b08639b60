# report: contacts and attempts of runs, page by page, and their figures
noinst_LIBRARIES += libreport.a
libreport_a_SOURCES = \
	src/report/attempt_lines.c src/report/attempt_lines.h \
	src/report/attempts.c src/report/attempts.h \
	src/report/breakdown.c src/report/breakdown.h \
	src/report/contact_id.c src/report/contact_id.h \
	src/report/contact_lines.c src/report/contact_lines.h \
	src/report/contacts.c src/report/contacts.h \
	src/report/contacts_count.c \
	src/report/contacts_priv.h \
	src/report/minutes.c src/report/minutes.h \
	src/report/not_called.c src/report/not_called.h \
	src/report/number_calls.c src/report/number_calls.h \
	src/report/run_report.c src/report/run_report.h \
	src/report/segments.c src/report/segments.h
