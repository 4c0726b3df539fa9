/* Which library which version of Kubernetes has. */
#include "cellib/inside.h"

extern const struct cel_type *const cellib_check_types[5];

#define NEWEST 99
/* `since`, `until`: the minor versions that have it; `sets`: or any of these asks for it. */
static const struct {
    const struct cel_function *rows;
    const size_t *n;
    uint8_t since, until;
    unsigned sets;
} libraries[] = {
    {url_rows, &n_url_rows, 0, NEWEST, 0},
    {regex_rows, &n_regex_rows, 0, NEWEST, 0},
    {lists_rows, &n_lists_rows, 0, NEWEST, 0},
    {lists_newest_rows, &n_lists_newest_rows, 37, NEWEST, 0},
    {authorizer_rows, &n_authorizer_rows, 27, NEWEST, 0},
    {quantity_rows, &n_quantity_rows, 28, NEWEST, 0},
    {strings_rows, &n_strings_rows, 0, NEWEST, CELLIB_STRINGS_NEWEST},
    {strings_first_rows, &n_strings_first_rows, 29, NEWEST, CELLIB_STRINGS_NEWEST},
    {strings_newest_rows, &n_strings_newest_rows, NEWEST, 0, CELLIB_STRINGS_NEWEST},
    {sets_rows, &n_sets_rows, 29, NEWEST, 0},
    {ip_rows, &n_ip_rows, 30, NEWEST, 0},
    {cidr_rows, &n_cidr_rows, 30, NEWEST, 0},
    {format_rows, &n_format_rows, 31, NEWEST, 0},
    {selector_rows, &n_selector_rows, 31, NEWEST, 0},
    {semver_rows, &n_semver_rows, 33, NEWEST, 0},
    {lists_ext_rows, &n_lists_ext_rows, 34, NEWEST, 0},
    {math_rows, &n_math_rows, NEWEST, 0, CELLIB_MATH},
    {encoders_rows, &n_encoders_rows, NEWEST, 0, CELLIB_ENCODERS},
    {jsonpatch_rows, &n_jsonpatch_rows, NEWEST, 0, CELLIB_JSONPATCH},
};
static const struct {
    unsigned feature;
    uint8_t since;
} features[] = {
    {CEL_FEATURE_HOMOGENEOUS, 0}, {CEL_FEATURE_OPTIONAL, 28},      {CEL_FEATURE_CROSS_NUMERIC, 28},
    {CEL_FEATURE_LITERALS, 29},   {CEL_FEATURE_TWO_VARIABLES, 32}, {CEL_FEATURE_SORT, 34},
};

static struct cel_field patch_fields[] = {
    {.name = STR_INIT("from"), .type = &cel_type_string},
    {.name = STR_INIT("op"), .type = &cel_type_string},
    {.name = STR_INIT("path"), .type = &cel_type_string},
    {.name = STR_INIT("value"), .type = &cel_type_dyn},
};
static const struct cel_type patch_type = {
    .kind = CEL_OBJECT, .name = STR_INIT("JSONPatch"), .fields = patch_fields, .n_fields = ARRAY_LEN(patch_fields), .max_size = CEL_SIZE_UNKNOWN};

static int declare_types(struct cel_env *e, const struct cellib_options *o)
{
    static const struct cel_type *const types[] = {&cellib_quantity_type, &cellib_semver_type, &cellib_url_type,
                                                   &cellib_ip_type,       &cellib_cidr_type,   &cellib_format_type};
    int r = 0;
    for (size_t i = 0; i < ARRAY_LEN(types) && r == 0; i++)
        r = cel_env_opaque(e, types[i]);
    for (size_t i = 0; i < ARRAY_LEN(cellib_check_types) && r == 0; i++)
        r = cel_env_opaque(e, cellib_check_types[i]);
    if (r == 0 && o->sets & CELLIB_JSONPATCH) {
        r = cel_env_type(e, &patch_type);
        r = r < 0 ? r : cel_env_dynamic(e, "Object");
    }
    return r;
}

static unsigned features_of(const struct cellib_options *o, unsigned version)
{
    unsigned on = 0;
    for (size_t i = 0; i < ARRAY_LEN(features); i++)
        if (version >= features[i].since)
            on |= features[i].feature;
    if (o->sets & CELLIB_NO_KUBERNETES)
        on = (on & ~(CEL_FEATURE_HOMOGENEOUS | CEL_FEATURE_LITERALS)) | CEL_FEATURE_PRESENCE_COSTS;
    if (o->sets & CELLIB_BINDINGS)
        on |= CEL_FEATURE_BIND | CEL_FEATURE_BLOCK;
    if (o->sets & CELLIB_MATH)
        on |= CEL_FEATURE_MATH;
    return on;
}

int cellib_env(struct cel_env **out, const struct cellib_options *o)
{
    SCOPED(cel_env) e = NULL;
    unsigned version = o->version ? o->version : NEWEST - 1;
    int r = cel_env_new(&e);
    if (r < 0)
        return r;
    cel_env_features(e, features_of(o, version) | CEL_FEATURE_OPTIONAL); /* rows name the type */
    r = declare_types(e, o);
    for (size_t i = 0; i < ARRAY_LEN(libraries) && r == 0; i++) {
        bool on = (version >= libraries[i].since && version <= libraries[i].until) || o->sets & libraries[i].sets;
        if (libraries[i].rows == authorizer_rows || libraries[i].rows == selector_rows)
            on = on && !o->no_authorizer;
        if (on)
            r = cel_env_functions(e, libraries[i].rows, *libraries[i].n);
    }
    if (r < 0)
        return r;
    cel_env_features(e, features_of(o, version));
    *out = TAKE(e);
    return 0;
}
