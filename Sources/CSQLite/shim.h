#include <sqlite3.h>
#include <time.h>

/* What an analysis's query may do: select, read columns, call functions. Everything else is refused while it is prepared. */
static inline int reader_authorizer(
    void *context, int action, const char *first, const char *second, const char *database, const char *trigger) {
    (void)context; (void)first; (void)database; (void)trigger;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE: return SQLITE_OK;
    case SQLITE_FUNCTION: return second && sqlite3_stricmp(second, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
    default: return SQLITE_DENY;
    }
}

/* A function's result, copied. */
static inline void reader_result_text(sqlite3_context *context, const char *text) {
    sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

/* A text for a statement's place, copied. */
static inline int reader_bind_text(sqlite3_stmt *statement, int place, const char *text) {
    return sqlite3_bind_text(statement, place, text, -1, SQLITE_TRANSIENT);
}

static inline int reader_is_late(void *deadline) { return time(NULL) >= *(time_t *)deadline; }

/* Opens a database that is only read, and never written beside. */
static inline int reader_open(const char *uri, sqlite3 **database) {
    return sqlite3_open_v2(uri, database, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
}

/* Shuts everything that a query does not need, once this program's own setup ran. */
static inline void reader_fence(sqlite3 *database, time_t *deadline) {
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(database, SQLITE_LIMIT_LENGTH, 64 << 20);
    sqlite3_set_authorizer(database, reader_authorizer, NULL);
    sqlite3_progress_handler(database, 10000, reader_is_late, deadline);
}
