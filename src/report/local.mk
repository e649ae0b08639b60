# report: contacts and attempts of runs, page by page
noinst_LIBRARIES += libreport.a
libreport_a_SOURCES = \
	src/report/attempts.c src/report/attempts.h \
	src/report/contacts.c src/report/contacts.h
