/* Made by tools/gen.py from spec/: change those, not this. */
#include "gen/rows.h"

const struct schema_field schema_fields_intstr_IntOrString[] = {
    {STR_INIT("type"), 1, .type = SCHEMA_INT64},
    {STR_INIT("intVal"), 2, .type = SCHEMA_INT32},
    {STR_INIT("strVal"), 3, .type = SCHEMA_STRING},
};
static const uint16_t schema_numbers_intstr_IntOrString[] = {0, 1, 2};
static const uint8_t schema_lookup_intstr_IntOrString[] = {0, 0, 1, 0, 2, 3, 0, 0};
const struct schema_message schema_message_intstr_IntOrString = {
    .package = STR_INIT("io.k8s.apimachinery.pkg.util.intstr"),
    .name = STR_INIT("IntOrString"),
    .form = SCHEMA_FORM_INT_OR_STRING,
    .doc = STR_INIT("A number, or a text such as a name or a percentage."),
    .fields = schema_fields_intstr_IntOrString,
    .n_fields = 3,
    .by_number = schema_numbers_intstr_IntOrString,
    .n_numbered = 3,
    .n_slots = 3,
    .lookup_mask = 7,
    .lookup = schema_lookup_intstr_IntOrString,
};
