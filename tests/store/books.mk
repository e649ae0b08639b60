# the books of the ledger
check_PROGRAMS += tests/store/test_books tests/store/test_books_log
BOOKS_H = tests/store/books_bed.h $(WORLD_H)
tests_store_test_books_SOURCES = tests/store/test_books.c $(BOOKS_H)
tests_store_test_books_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_books_LDADD = $(ROOM_LIBS)
tests_store_test_books_log_SOURCES = tests/store/test_books_log.c $(BOOKS_H)
tests_store_test_books_log_CPPFLAGS = $(WORLD_CPPFLAGS)
tests_store_test_books_log_LDADD = $(ROOM_LIBS)
