#include <duktape.h>
#include <stdlib.h>
#include <string.h>

/* Duktape throws with longjmp, which must not pass through Swift: what can throw is done here, inside duk_safe_call. */

/* How many bytes a heap holds, and how many it was given in all since `spent` was set to 0; and the limits of both.
   A script that loops makes strings and objects, so that the second limit ends it, at the same step on every machine. */
typedef struct {
    size_t held, spent;
    size_t held_limit, spent_limit;
} script_budget;

typedef struct {
    const char *text;
    size_t length;
    int flag;
} script_input;

/* Each block has its size in front of it, padded to keep alignment. */
enum { script_header = 16 };

static inline int script_may_take(script_budget *budget, size_t more, size_t size) {
    if (size > budget->spent_limit - budget->spent || more > budget->held_limit - budget->held) return 0;
    budget->spent += size;
    return 1;
}

static inline void *script_realloc(void *udata, void *pointer, duk_size_t size) {
    script_budget *budget = (script_budget *)udata;
    char *block = pointer ? (char *)pointer - script_header : NULL;
    size_t old = 0;
    if (block) memcpy(&old, block, sizeof old);
    if (size == 0) {
        budget->held -= old;
        free(block);
        return NULL;
    }
    if (!script_may_take(budget, size > old ? size - old : 0, size)) return NULL;
    char *moved = (char *)realloc(block, size + script_header);
    if (!moved) return NULL;
    size_t now = size;
    memcpy(moved, &now, sizeof now);
    budget->held = budget->held - old + now;
    return moved + script_header;
}

static inline void *script_alloc(void *udata, duk_size_t size) {
    return size ? script_realloc(udata, NULL, size) : NULL;
}

static inline void script_free(void *udata, void *pointer) {
    if (pointer) script_realloc(udata, pointer, 0);
}

static inline duk_context *script_heap(script_budget *budget) {
    return duk_create_heap(script_alloc, script_realloc, script_free, budget, NULL);
}

static inline duk_ret_t script_run_body(duk_context *context, void *udata) {
    script_input *input = (script_input *)udata;
    duk_push_string(context, "script");
    duk_compile_lstring_filename(context, 0, input->text, input->length);
    duk_call(context, 0);
    return 0;
}

/* Runs a program; 0 where it ran to its end. */
static inline int script_run(duk_context *context, script_input input) {
    duk_int_t code = duk_safe_call(context, script_run_body, &input, 0, 1);
    duk_pop(context);
    return code;
}

static inline duk_ret_t script_call_body(duk_context *context, void *udata) {
    script_input *input = (script_input *)udata;
    duk_get_global_string(context, "typeset");
    duk_push_lstring(context, input->text, input->length);
    duk_push_boolean(context, input->flag);
    duk_call(context, 2);
    duk_require_string(context, -1);
    return 1;
}

/* Calls the global function `typeset` with a text and a truth value. The result, NULL where it failed, lives until
   script_end_call, which must follow. */
static inline const char *script_call(duk_context *context, script_input input, size_t *length) {
    duk_int_t code = duk_safe_call(context, script_call_body, &input, 0, 1);
    return code == DUK_EXEC_SUCCESS ? duk_get_lstring(context, -1, length) : NULL;
}

static inline void script_end_call(duk_context *context) { duk_pop(context); }
